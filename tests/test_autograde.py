"""Stock `nbgrader autograde`, from the course folder, gives what a submission deserves."""

import csv
import os
import re
from html.parser import HTMLParser

import course
import nbformat
import pytest
from conftest import half_solved, without_checks
from test_notebooks import validate
from tiny_lesson import TINY, tiny_solution

from grading.execute import LEFT_OUT

each_lesson = pytest.mark.parametrize("lesson", course.lesson_names())


# --- the lessons ----------------------------------------------------------------------------------


def most(lesson):
    return sum(e.points for e in course.exercises(course.solution(lesson)).values())


@each_lesson
def test_the_solution_gets_full_marks_for_all_its_noise_and_lost_checks(lesson, graded):
    run = graded(lesson)
    answers = list(filter(course.is_answer, run.course.executed("solution", lesson).cells))
    assert answers and all("noise on stderr" in str(cell.outputs) for cell in answers)
    assert run.course.score("solution", lesson) == most(lesson)


@each_lesson
def test_the_untouched_lesson_gets_nothing(lesson, graded):
    grades = graded(lesson).course.grades("untouched", lesson)
    assert {name: g.auto for name, g in grades.items() if g.auto != 0} == {}
    assert not any(g.waits for g in grades.values())


@each_lesson
def test_half_right_gets_the_half(lesson, graded):
    deserved = {
        name: exercise.points if name in half_solved(lesson) else 0
        for name, exercise in course.exercises(course.solution(lesson)).items()
    }
    assert 0 < sum(deserved.values()) < most(lesson)
    got = dict.fromkeys(deserved, 0)
    for name, grade in graded(lesson).course.grades("half", lesson).items():
        if name.startswith("test_"):
            got[course.exercise_of(name, deserved)] += grade.auto
    assert got == deserved


@each_lesson
def test_deleting_the_checks_does_not_help(lesson, graded):
    grades = graded(lesson).course.grades("deleter", lesson)
    assert {name: g.auto for name, g in grades.items() if g.auto != 0} == {}
    assert not any(g.waits for g in grades.values())


@each_lesson
def test_only_the_written_answer_waits_for_a_person(lesson, graded):
    written = {course.grade_id(c) for c in course.solution(lesson).cells if course.is_written(c)}
    grades = graded(lesson).course.grades("solution", lesson)
    assert {name for name, grade in grades.items() if grade.waits} == written


@each_lesson
def test_feedback_shows_scores_and_messages_and_no_hidden_check(lesson, graded):
    run = graded(lesson)
    page = run.course.notebook("feedback", lesson, "half").with_suffix(".html")
    text = visible_text(page.read_text(encoding="utf-8"))
    score = run.course.score("half", lesson)
    assert re.search(rf"{lesson} \(Score: {score:.1f} / ", text)
    assert "NotImplementedError" in text
    assert "BEGIN HIDDEN TESTS" not in text
    for cell in filter(course.is_check, course.solution(lesson).cells):
        for line in course.split(cell.source, "HIDDEN TESTS")[1].splitlines():
            assert not line.strip() or line.strip() not in text, course.grade_id(cell)


def visible_text(html):
    """What a reader sees: the text of a page without styles and scripts."""
    seen, skipping = [], []

    class Text(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag in ("style", "script"):
                skipping.append(tag)

        def handle_endtag(self, tag):
            if skipping and tag == skipping[-1]:
                skipping.pop()

        def handle_data(self, data):
            if not skipping:
                seen.append(data)

    Text().feed(html)
    return "".join(seen)


@each_lesson
def test_scores_export_to_csv(lesson, graded, tmp_path):
    run = graded(lesson)
    path = tmp_path / "grades.csv"
    run.course.nbgrader("export", f"--to={path}")
    with path.open(newline="", encoding="utf-8") as file:
        rows = {r["student_id"]: r for r in csv.DictReader(file) if r["assignment"] == lesson}
    assert {student: float(row["score"]) for student, row in rows.items()} == {
        student: run.course.score(student, lesson) for student in rows
    }
    assert float(rows["solution"]["score"]) == most(lesson)
    assert len(rows) == 4


# --- what goes wrong, on a course of one small notebook -------------------------------------------


def answered(nb, source):
    """A submission: `nb` with this code in the answer cell."""
    nb.cells[3].source = source
    return nb


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Submissions that go wrong, each in its way, between two honest ones, graded in one go."""
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "written" / TINY).mkdir(parents=True)
    nbformat.write(tiny_solution(), folder / "written" / TINY / f"{TINY}.ipynb")
    copy = course.CourseCopy(folder / "course", folder / "written")
    # An instructor's shell that has not activated the environment: no alembic, no jupyter.
    bare = {**os.environ, "PATH": os.defpath}
    copy.nbgrader("generate_assignment", "--assignment=*", env=bare)
    lesson = copy.notebook("lessons", TINY)
    for student, source in {
        "a_honest": "double = lambda x: x * 2",
        "b_dies": "def double(x):\n    os._exit(1)",
        "c_loops": "def double(x):\n    while True:\n        pass",
        "d_visible_only": "def double(x):\n    return x << 1",
        "e_syntax_error": "def double(x) return 2 * x",
        "g_profile": "def double(x):\n    assert os.environ['COURSE_PROFILE'] == 'offline'\n"
        "    return 2 * x",
        "h_noisy": "import sys, warnings\ndef double(x):\n    print('noise', file=sys.stderr)\n"
        "    warnings.warn('noise')\n    os.write(2, b'noise')\n    return 2 * x",
        "i_uses_a_demonstration": "def double(x):\n    return min(times) * x",
        "z_honest": "def double(x):\n    return x + x",
    }.items():
        copy.submit(student, TINY, answered(course.read(lesson), source))
    copy.submit("f_deletes", TINY, without_checks(answered(course.read(lesson), "double = 2")))
    bare["COURSE_PROFILE"] = "real"
    copy.log = copy.nbgrader("autograde", TINY, "--Execute.timeout=3", check=False, env=bare).stdout
    return copy


@pytest.mark.parametrize(
    ("student", "deserved"),
    [
        ("a_honest", 3),
        ("b_dies", 0),
        ("c_loops", 0),
        ("d_visible_only", 1),
        ("e_syntax_error", 0),
        ("f_deletes", 0),
        ("g_profile", 3),
        ("h_noisy", 3),
        ("i_uses_a_demonstration", 3),
        ("z_honest", 3),
    ],
)
def test_a_tiny_submission_gets_what_it_deserves(tiny, student, deserved):
    assert tiny.score(student, TINY) == deserved, tiny.log


def test_a_demonstration_is_run_only_for_an_answer_that_uses_it(tiny):
    shown = {
        student: tiny.executed(student, TINY).cells[2].outputs[0].text
        for student in ("a_honest", "i_uses_a_demonstration")
    }
    assert shown == {"a_honest": LEFT_OUT, "i_uses_a_demonstration": "{2: 'twice'}\n"}


def test_a_kernel_that_dies_is_named_and_waits_for_nobody(tiny):
    assert tiny.log.count("The notebook ended") == 1
    assert "There was an error processing" not in tiny.log
    assert not tiny.grades("b_dies", TINY)["test_double_string"].waits


def test_feedback_names_the_students_line_and_no_hidden_line(tiny):
    tiny.nbgrader("generate_feedback", TINY)
    page = tiny.notebook("feedback", TINY, "d_visible_only").with_suffix(".html")
    text = visible_text(page.read_text(encoding="utf-8"))
    assert "TypeError" in text and "return x << 1" in text
    assert "secret" not in text


def test_validate_shows_the_visible_checks_only(tiny, tmp_path, monkeypatch):
    path = tmp_path / f"{TINY}.ipynb"
    lesson = tiny.notebook("lessons", TINY)
    nbformat.write(answered(course.read(lesson), "def double(x):\n    return x << 1"), path)
    assert validate(path, monkeypatch) == {}
    nbformat.write(course.read(lesson), path)
    failed = validate(path, monkeypatch)["failed"]
    assert [f["source"] for f in failed] == ["assert double(2) == 4", "assert double(0) == 0"]
    assert all("NotImplementedError" in f["raw_error"] for f in failed)


def test_validate_takes_warnings_for_warnings(tiny, tmp_path, monkeypatch):
    path = tmp_path / f"{TINY}.ipynb"
    source = "import warnings\ndef double(x):\n    warnings.warn('twice')\n    return 2 * x"
    nbformat.write(answered(course.read(tiny.notebook("lessons", TINY)), source), path)
    assert validate(path, monkeypatch) == {}


def test_points_are_counted_by_exercise():
    found = course.exercises(tiny_solution())
    assert {name: exercise.points for name, exercise in found.items()} == {"double": 3}


def test_a_check_belongs_to_the_longest_name_that_fits():
    assert course.exercise_of("test_affine_matrix_zoom", ["affine", "affine_matrix"]) == (
        "affine_matrix"
    )
    assert course.exercise_of("test_affinely", ["affine"]) is None
