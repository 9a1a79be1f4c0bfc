"""Grading in parallel, interrupted, without a sandbox, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import time

import course
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from tiny_lesson import TINY, tiny_solution

from grading import bwrap, data, feedback, lesson, locks, repair, screen
from grading.inside import frames
from grading.outputs import Outputs

sandboxed = pytest.mark.skipif(bool(bwrap.why_not()), reason=f"no sandbox: {bwrap.why_not()[:200]}")
QUICK = ["--SandboxedExecute.preload=numpy", "--Execute.timeout=60"]


def tiny_course(folder, answers):
    """A course of the tiny lesson, with one submission for each answer."""
    (folder / "written" / TINY).mkdir(parents=True)
    nbformat.write(tiny_solution(), folder / "written" / TINY / f"{TINY}.ipynb")
    copy = course.CourseCopy(folder / "course", folder / "written")
    copy.release()
    for student, source in answers.items():
        nb = course.read(copy.notebook("lessons", TINY))
        nb.cells[3].source = source
        copy.submit(student, TINY, nb)
    return copy


def start(copy, *options, **more):
    command = [sys.executable, "-m", "grading", TINY, *QUICK, *options]
    return subprocess.Popen(
        command,
        cwd=copy.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def graded(copy, student):
    return copy.notebook("autograded", TINY, student).exists()


def counts(copy):
    """Students, submissions and grades in the gradebook."""
    with Gradebook(f"sqlite:///{copy.folder / 'gradebook.db'}") as gradebook:
        found = gradebook.assignment_submissions(TINY)
        return len(gradebook.students), len(found), sum(len(s.notebooks[0].grades) for s in found)


def test_several_workers_lose_no_grade_and_double_none(tmp_path):
    right = {f"right_{n}": "def double(x):\n    return 2 * x" for n in range(6)}
    wrong = {f"wrong_{n}": "def double(x):\n    return x << 1" for n in range(6)}
    copy = tiny_course(tmp_path, {**right, **wrong})
    process = start(copy, "--workers=3")
    said, errors = process.communicate(timeout=600)
    assert process.returncode == 0, said + errors
    assert "12 graded, 0 without a score" in said
    assert "12/12" in errors  # the progress bar
    assert {s: copy.score(s, TINY) for s in right} == dict.fromkeys(right, 3)
    assert {s: copy.score(s, TINY) for s in wrong} == dict.fromkeys(wrong, 1)
    assert counts(copy) == (12, 12, 24)


@sandboxed
def test_grading_that_was_killed_goes_on(tmp_path):
    answers = {
        f"s{n}": "import time\ntime.sleep(1)\ndef double(x):\n    return 2 * x" for n in range(6)
    }
    copy = tiny_course(tmp_path, answers)
    process = start(copy, "--workers=2", start_new_session=True)
    while not any(graded(copy, student) for student in answers):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = [student for student in answers if graded(copy, student)]
    written = {s: copy.notebook("autograded", TINY, s).stat().st_mtime_ns for s in done}
    assert 0 < len(done) < 6
    for student in done:  # what is in place is whole
        assert copy.score(student, TINY) == 3
        assert all("NotRun" not in str(c) for c in copy.executed(student, TINY).cells)
    said, errors = start(copy, "--workers=2").communicate(timeout=600)
    assert f"{6 - len(done)} graded, 0 without a score, {len(done)} had a result" in said, errors
    assert {s: copy.score(s, TINY) for s in answers} == dict.fromkeys(answers, 3)
    assert counts(copy) == (6, 6, 12)
    for student, when in written.items():
        assert copy.notebook("autograded", TINY, student).stat().st_mtime_ns == when


def test_an_earlier_result_stays_when_grading_again_fails(tmp_path):
    copy = tiny_course(tmp_path, {"a": "def double(x):\n    return 2 * x"})
    copy.nbgrader("autograde", TINY, *QUICK)
    copy.notebook("submitted", TINY, "a").write_text("no notebook")
    failed = copy.nbgrader("autograde", TINY, "--force", *QUICK, check=False)
    assert failed.returncode == 1
    assert "There was an error processing assignment '99_tiny' for student 'a'" in failed.stdout
    assert graded(copy, "a") and copy.score("a", TINY) == 3


def test_a_submission_is_graded_by_one_process_at_a_time(tmp_path):
    with locks.locked(tmp_path, "a/b+c") as stage:
        assert list(tmp_path.glob("*/*")) == [] and stage.parent == tmp_path
        with pytest.raises(locks.Busy, match="another process"), locks.locked(tmp_path, "a/b+c"):
            pass
        with locks.locked(tmp_path, "a"):
            pass
    assert not stage.exists()


def test_without_bubblewrap_grading_stops_and_says_what_to_do(tmp_path):
    copy = tiny_course(tmp_path, {"a": "def double(x):\n    return 2 * x"})
    nowhere = {**os.environ, "PATH": str(tmp_path)}
    config = copy.folder / "nbgrader_config.py"
    config.write_text(config.read_text().replace("SandboxedExecute.sandbox = False", ""))
    stopped = copy.nbgrader("autograde", TINY, check=False, env=nowhere)
    assert stopped.returncode == 1 and not graded(copy, "a")
    for words in ("apt install bubblewrap", "container", "c.SandboxedExecute.sandbox = False"):
        assert words in stopped.stdout
    process = start(copy, env=nowhere)
    assert "apt install bubblewrap" in process.communicate(timeout=100)[1]
    assert process.returncode == 1


def test_grading_without_a_sandbox_is_said_loudly(tmp_path):
    answers = {"a": "def double(x):\n    return 2 * x", "b": "def double(x):\n    os._exit(1)"}
    copy = tiny_course(tmp_path, answers)
    done = copy.nbgrader("autograde", TINY, "--SandboxedExecute.sandbox=False", *QUICK)
    assert "GRADING WITHOUT A SANDBOX" in done.stdout
    assert copy.score("a", TINY) == 3 and copy.score("b", TINY) == 0


# --- parts ----------------------------------------------------------------------------------------


def test_outputs_are_bounded_and_say_that_they_were_cut():
    outputs = Outputs(1000)
    for _ in range(100):
        outputs.show({"output_type": "stream", "text": "x" * 100})
    assert len(outputs.items) == 1 and len(outputs.items[0].text) < 1200
    assert "cut after 1,000 characters" in outputs.items[0].text


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {"output_type": "comm"},
        {"output_type": "stream", "text": {"a": 1}},
        {"output_type": "error", "ename": 1, "evalue": None, "traceback": "text"},
        {"output_type": "error", "traceback": [1, None]},
        {"output_type": "display_data", "data": {"text/plain": ["x"], "text/javascript": "x"}},
        {"output_type": "execute_result", "data": 3, "execution_count": "x"},
        {"output_type": "display_data", "data": {}, "update": True, "display_id": []},
    ],
)
def test_what_a_process_says_becomes_a_valid_notebook_whatever_it_is(said):
    outputs = Outputs(1000)
    outputs.show(said)
    nb = new_notebook(cells=[new_code_cell("x", outputs=outputs.items)])
    nbformat.validate(nb)
    assert "javascript" not in json.dumps(nb)


def test_updated_and_cleared_outputs_show_as_in_a_notebook():
    outputs = Outputs(1000)
    outputs.show({"output_type": "display_data", "data": {"text/plain": "1"}, "display_id": "a"})
    outputs.show(
        {
            "output_type": "display_data",
            "data": {"text/plain": "2"},
            "display_id": "a",
            "update": True,
        }
    )
    assert [o.data["text/plain"] for o in outputs.items] == ["2"]
    outputs.show({"output_type": "clear_output", "wait": True})
    assert len(outputs.items) == 1
    outputs.show({"output_type": "stream", "text": "new"})
    assert [o.text for o in outputs.items] == ["new"]


def test_messages_above_the_limit_are_refused_before_they_are_read():
    import socket

    here, there = socket.socketpair()
    there.sendall(frames.LENGTH.pack(1000))
    with pytest.raises(frames.TooLarge, match="1,000 bytes; at most 100"):
        frames.Reader(here, most=100).read(1)
    here.close()
    there.close()


def test_feedback_blanks_hidden_lines_in_colour_and_sanitizes_html():
    hidden = "### BEGIN HIDDEN TESTS\nassert double(7) == 14\n### END HIDDEN TESTS"
    cell = new_code_cell(hidden)
    cell.outputs = [
        new_output(
            "error", ename="E", evalue="e", traceback=["\x1b[31massert\x1b[0m double(7) == 14"]
        ),
        new_output("stream", text="before\nassert double(7) == 14\nafter"),
        new_output(
            "display_data",
            data={"text/html": "<table><tr><td>1</td></tr></table><script>x()</script>"},
        ),
    ]
    nb = new_notebook(cells=[cell])
    nb, _ = feedback.HideTests().preprocess(nb, {})
    nb, _ = feedback.SafeOutputs().preprocess(nb, {})
    assert "double(7)" not in str(cell.outputs)
    assert cell.outputs[1].text == "before\n...\nafter"
    assert "<td>1</td>" in cell.outputs[2].data["text/html"]
    assert "<script" not in cell.outputs[2].data["text/html"]


def test_a_lessons_imports_and_answers_are_told_apart():
    nb = tiny_solution()
    assert (
        lesson.imports("import os\nx = 1\nfrom a import b as c")
        == "import os\nfrom a import b as c\n"
    )
    assert lesson.bound("def f(): pass\nclass G: pass\nh, i = 1, 2") == {"f", "G", "h", "i"}
    assert lesson.bound(nb.cells[3].source) == {"double"}


def test_data_that_a_lesson_loads_is_found_in_its_source():
    source = (
        "df = datasets.load_tiles(count=3, size=16)\nother.load_tiles(1)\ndatasets.load_tiles(n)"
    )
    nb = new_notebook(cells=[new_code_cell(source), new_code_cell("%matplotlib inline")])
    assert data.calls(nb) == ["datasets.load_tiles(count=3, size=16)"]


SHOWN = ["import cv2 as cv", "df = load()", "df['y'] = 0", "len(double(2))", "import json\nz = 1"]


@pytest.mark.parametrize(
    ("answer", "run"),
    [
        ("def double(x):\n    return cv.add(x, x)", set()),
        ("def double(df):\n    df = [df for df in df]\n    return df", set()),
        ("def double(x):\n    return len(df) * x", {1, 2}),  # one binds it, the other changes it
        ("def double(x):\n    return json.loads(x)", {4}),
        ("def double(x) return 2 * df", {1, 2}),
        ("%timeit df", {1, 2}),
        ("def double(x):\n    return globals()['d' + 'f'] * x", {1, 2, 3, 4}),
        ("import __main__ as here", {1, 2, 3, 4}),
        ("def double(x):\n    return get_ipython().user_ns['df'] * x", {1, 2, 3, 4}),
        (f"{'-' * 10**5}df", {1, 2}),  # more than Python can parse
    ],
)
def test_a_demonstration_is_left_out_unless_what_is_run_uses_a_name_of_it(tmp_path, answer, run):
    nb = tiny_solution()
    nb.cells[2:3] = map(new_code_cell, SHOWN)
    nbformat.write(nb, tmp_path / "lesson.ipynb")
    tiny = lesson.Lesson(tmp_path / "lesson.ipynb")
    assert set(tiny.demonstrations) == set(SHOWN[1:])
    left_out = tiny.left_out(["import os", *SHOWN, answer, "assert double(2) == 4"])
    assert set(SHOWN[1:]) - left_out == {SHOWN[i] for i in run}


def test_a_demonstration_that_was_changed_is_run_with_what_it_uses(tmp_path):
    nb = tiny_solution()
    nb.cells[2:3] = map(new_code_cell, ["a = 1", "b = a", "c = 3"])
    nbformat.write(nb, tmp_path / "lesson.ipynb")
    tiny = lesson.Lesson(tmp_path / "lesson.ipynb")
    assert tiny.left_out(["a = 1", "b = a + 1", "c = 3", "def double(x): pass"]) == {
        "b = a",
        "c = 3",
    }


@pytest.mark.parametrize("name", course.lesson_names())
def test_no_check_and_no_answer_of_the_course_uses_a_demonstration(name):
    # So they cost an instructor nothing.
    sources = [c.source for c in course.solution(name).cells if c.cell_type == "code"]
    whole = lesson.Lesson(course.SOLUTIONS / name / f"{name}.ipynb")
    assert whole.left_out(sources) == set(whole.demonstrations) != set()


def test_clean_notebooks_keep_text_and_names_only():
    nb = tiny_solution()
    nb.cells[1].metadata["tags"] = ["raises-exception"]
    nb.metadata["widgets"] = {"state": 1}
    notes = []
    fresh = screen.clean(json.dumps(nb).encode(), notes)
    assert [c.source for c in fresh.cells] == [c.source for c in nb.cells]
    assert {k for c in fresh.cells for k in c.metadata} == {"nbgrader"}
    assert fresh.cells[3].metadata["nbgrader"] == {"grade_id": "double"}
    assert "widgets" not in fresh.metadata and notes == []


def test_an_answer_without_metadata_is_known_by_what_it_defines():
    assert repair.defined("def f():\n    pass\nclass G:\n    pass") == {"f", "G"}
    assert repair.defined("def f(:") == set()
