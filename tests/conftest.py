"""What all tests share: no network, a data folder of their own, one graded copy of the course."""

import os
import sys
import tempfile
from types import SimpleNamespace

import matplotlib
import pytest

# Before TensorFlow is imported, and for every kernel that a test starts.
_private = tempfile.TemporaryDirectory(prefix="course-tests-")
os.environ["COURSE_PROFILE"] = "offline"
if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker has it from the process that started it
    os.environ["COURSE_DATA_DIR"] = os.path.join(_private.name, "data")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# The settings of whoever runs the tests must not change what a kernel or nbgrader does.
os.environ["IPYTHONDIR"] = os.path.join(_private.name, "ipython")
os.environ["JUPYTER_CONFIG_DIR"] = os.path.join(_private.name, "jupyter")
matplotlib.use("agg")  # in this process only: kernels keep their inline pictures

# jsonschema would compile grammars of web addresses as it is imported, for seconds in each process;
# without them it checks one format less, which no test needs.
sys.modules["rfc3987_syntax"] = None

import course  # noqa: E402  (reads the environment set above)
import nbclient  # noqa: E402

from grading import bwrap  # noqa: E402


def pytest_xdist_auto_num_workers():
    """One more than cores: some wait for kernels and sandboxes, whose memory allows for four."""
    return min((os.cpu_count() or 1) + 1, 4)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items):
    """Tests that share graded submissions go to one process, which grades them once.

    They come first: at the end, all other processes would wait for the longest.
    """
    for item in items:
        for shared in {"graded", "executed"} & set(item.fixturenames):
            name = f"{shared} {item.callspec.params['lesson']}"
            item.add_marker(pytest.mark.xdist_group(name))
        if "tiny" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("tiny"))
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_collection_finish(session):
    grouped = [item for item in session.items if item.get_closest_marker("xdist_group")]
    if hasattr(session.config, "workerinput") and not all("@" in i.nodeid for i in grouped):
        raise pytest.UsageError("pytest-xdist does not group the tests: each worker grades it all")


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """`executed(lesson)` runs the solution as Jupyter does: all cells, in a kernel."""
    done = {}

    def execute(lesson):
        if lesson not in done:
            nb = done[lesson] = course.solution(lesson)
            where = {"metadata": {"path": str(tmp_path_factory.mktemp(lesson))}}
            nbclient.NotebookClient(nb, timeout=600, allow_errors=True, resources=where).execute()
        return done[lesson]

    return execute


@pytest.fixture(scope="session")
def released_course(tmp_path_factory):
    """A copy of the course, released by `nbgrader generate_assignment` with a gradebook."""
    copy = course.CourseCopy(tmp_path_factory.mktemp("course"))
    copy.release()
    return copy


@pytest.fixture(scope="session")
def graded(released_course):
    """`graded(lesson)` hands in four submissions and grades them in one stock `nbgrader autograde`.

    Running a lesson is the slow part of these tests, so each lesson is run once as a whole with the
    solution and once untouched; the other submissions hold their graded cells only.
    """
    done = {}

    def grade(lesson):
        if lesson not in done:
            for student, nb in submissions(lesson).items():
                released_course.submit(student, lesson, nb)
            log = released_course.nbgrader("autograde", lesson).stdout
            released_course.nbgrader("generate_feedback", lesson)
            done[lesson] = SimpleNamespace(lesson=lesson, log=log, course=released_course)
        return done[lesson]

    return grade


def submissions(lesson):
    """What the four students hand in, by name."""
    return {
        "solution": without_checks(noisy(course.solution(lesson))),
        "untouched": course.released(lesson),
        "half": half(lesson),
        "deleter": without_checks(course.graded_cells_only(course.released(lesson))),
    }


NOISE = """
import os, sys, warnings
from IPython import InteractiveShell

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "0"


def noise(*args):
    print("noise on stderr", file=sys.stderr)
    warnings.warn("a noisy warning")
    os.write(2, b"noise of native code\\n")


InteractiveShell.instance().events.register("pre_run_cell", noise)
"""  # `get_ipython` would have grading run the demonstrations, too


def noisy(nb):
    """Every cell from the import cell on writes to stderr, as do TensorFlow's native logs."""
    nb.cells[1].source = NOISE + nb.cells[1].source
    return nb


def half(lesson):
    """The first exercises solved, the others left as they were."""
    nb, solved = course.graded_cells_only(course.released(lesson)), half_solved(lesson)
    answers = course.exercises(course.solution(lesson))
    for cell in nb.cells:
        if course.grade_id(cell) in solved:
            cell.source = answers[course.grade_id(cell)].answer.source
    return nb


def half_solved(lesson):
    """The exercises of the first half; later ones may build on them."""
    names = list(course.exercises(course.solution(lesson)))
    return names[: len(names) // 2]


def without_checks(nb):
    nb.cells = [c for c in nb.cells if not course.is_check(c)]
    return nb


def pytest_report_header():
    lessons = ", ".join(course.lesson_names()) or "none yet"
    sandbox = "NONE, submissions run unsandboxed" if bwrap.why_not() else "bubblewrap"
    return f"Python {sys.version.split()[0]}, lessons: {lessons}, sandbox: {sandbox}"
