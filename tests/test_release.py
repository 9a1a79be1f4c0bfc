"""`lessons/` is what `make release` makes of `solutions/`, byte for byte, and tells no secret."""

import course
import pytest

each_lesson = pytest.mark.parametrize("lesson", course.lesson_names())


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def test_lessons_are_up_to_date(released_course):
    fresh, committed = files(released_course.folder / "lessons"), files(course.LESSONS)
    assert sorted(fresh) == sorted(committed), "run `make release` and commit lessons/"
    changed = [name for name in fresh if fresh[name] != committed[name]]
    assert not changed, "lessons/ is made, not edited: change solutions/, then `make release`"


def test_releasing_again_changes_no_byte(released_course):
    before = files(released_course.folder / "lessons")
    released_course.release("--no-db")
    assert files(released_course.folder / "lessons") == before


@each_lesson
def test_solutions_and_hidden_checks_are_absent(lesson):
    text = (course.LESSONS / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")
    for region in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
        assert f"BEGIN {region}" not in text and f"END {region}" not in text
    released = {cell.id: cell.source for cell in course.released(lesson).cells}
    for cell in course.solution(lesson).cells:
        for region in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME"):
            _, secret = course.split(cell.source, region)
            if secret.strip():
                assert secret not in released[cell.id]


@each_lesson
def test_every_answer_is_a_stub(lesson):
    for name, exercise in course.exercises(course.released(lesson)).items():
        assert "raise NotImplementedError" in exercise.answer.source, name


@each_lesson
def test_checks_are_locked(lesson):
    for cell in course.released(lesson).cells:
        if course.is_check(cell) or course.is_readonly(cell):
            assert cell.metadata["editable"] is False and cell.metadata["deletable"] is False
