"""The checks accept every right answer in tests/answers, and name what is wrong with the others."""

import re

import course
import keras
import numpy as np
import pytest
from judging import (
    ANSWERS,
    Answer,
    answers_to,
    clear,
    complaints,
    judge,
    judge_all,
    leave_graphs_as_they_are,
    print_table,
    read_answer,
    settle,
)
from tiny_lesson import TINY, tiny_solution

leave_graphs_as_they_are()


def all_answers():
    """All but the references: `test_notebooks` runs every solution, with all of its checks."""
    answers = [answer for e in course.all_exercises() for answer in answers_to(e)]
    return [answer for answer in answers if answer.name != "reference"]


# --- the answers ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def clean():
    yield
    clear()


def in_groups(answers):
    """Those to `your_classifier` go to one process, which draws the images and builds the base."""
    group = pytest.mark.xdist_group("your_classifier")
    return [
        pytest.param(answer, marks=[group] if answer.exercise.name == "your_classifier" else [])
        for answer in answers
    ]


@pytest.mark.parametrize("answer", in_groups(all_answers()), ids=str)
def test_an_answer_gets_what_it_deserves(answer):
    """A wrong one is judged until it has lost what it should; `make answers` judges all of it."""

    def enough(verdict):
        return not answer.right and not complaints(answer, verdict)

    verdict = judge(answer, enough=enough)
    report = "\n".join([f"{answer.path}: {answer.style}", *verdict.messages])
    assert complaints(answer, verdict) == [], report


def test_every_exercise_has_at_least_four_right_answers_and_eight_wrong_ones():
    too_few = {}
    for exercise in course.all_exercises():
        files = [a for a in answers_to(exercise) if a.name not in ("reference", "untouched")]
        right = sum(answer.right for answer in files)
        if right < 4 or len(files) - right < 8:
            too_few[str(exercise)] = f"{right} right, {len(files) - right} wrong"
    assert too_few == {}


def test_every_answer_file_belongs_to_an_exercise():
    known = {(e.lesson, e.name) for e in course.all_exercises()}
    files = [p.relative_to(ANSWERS) for p in ANSWERS.rglob("*.py")]
    assert [str(f) for f in files if len(f.parts) != 3 or f.parts[:2] not in known] == []


# --- the judge itself -----------------------------------------------------------------------------

DOUBLE = "def double(x):\n    return {}"


@pytest.fixture
def tiny():
    nb = tiny_solution()
    exercise = course.exercises(nb, TINY)["double"]

    def verdict(source, **kwargs):
        return judge(Answer(exercise, "right_", source, "<test>", "", 3), nb, **kwargs)

    return exercise, verdict


@pytest.mark.parametrize(
    ("source", "points", "message"),
    [
        (DOUBLE.format("x + x"), 3, None),
        (DOUBLE.format("2 * abs(x)"), 1, "TypeError"),
        (DOUBLE.format("x * 3"), 0, "AssertionError: try a string"),
        ("raise KeyError('before the checks')", 0, "before the checks"),
        ("def double(x) return x", 0, "SyntaxError"),
    ],
)
def test_the_judge_counts_points_and_keeps_messages(tiny, source, points, message):
    _, verdict = tiny
    found = verdict(source)
    assert found.points == points
    assert (message in "\n".join(found.messages)) if message else (found.messages == [])


def test_the_judge_stops_where_that_is_enough(tiny):
    _, verdict = tiny
    found = verdict(DOUBLE.format("x * 3"), enough=lambda verdict: verdict.messages)
    assert len(found.messages) == 1 and 0 < found.points < 3


def test_the_judge_runs_an_answer_as_a_notebook_would(tiny):
    _, verdict = tiny
    found = verdict(DOUBLE.format("2 * x") + "\nassert double.__module__ == '__main__' and os")
    assert found.points == 3 and found.messages == []


def test_the_judge_has_a_step_traced_once():
    traced = []

    class Model(keras.Sequential):
        def train_step(self, data):
            traced.append(data)
            return super().train_step(data)

    settle()
    model = Model([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    model.fit(np.zeros((4, 2)), np.zeros(4), epochs=2, batch_size=2, verbose=0)
    assert len(traced) == 1


@pytest.mark.parametrize(
    ("name", "docstring", "words"),
    [
        ("wrong_a.py", "", "must begin with the style"),
        ("wrong_a.py", "Adds.\n\nhint: product", "points:` once"),
        ("wrong_a.py", "Adds.\n\npoints: 1", "at least one `hint:`"),
        ("wrong_a.py", "Adds.\n\npoints: 3\nhint: product", "points must be in"),
        ("wrong_a.py", "Adds.\n\nNot a claim", "expected `points: N`"),
        ("right_a.py", "Adds.\n\npoints: 3", "a right answer claims nothing"),
        ("other_a.py", "Adds.\n\npoints: 1\nhint: product", "must begin with right_ or wrong_"),
    ],
)
def test_a_file_that_claims_nothing_clear_is_refused(tiny, tmp_path, name, docstring, words):
    path = tmp_path / name
    path.write_text(f'"""{docstring}"""\n', encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(words)):
        read_answer(path, tiny[0])


def test_claims_are_held_against_the_verdict(tiny, tmp_path):
    path = tmp_path / "wrong_triples.py"
    claims = '"""Triples.\n\npoints: 1\nhint: try a STRING\nhint: twice\n"""\n'
    path.write_text(claims + DOUBLE.format("x * 3"), encoding="utf-8")
    answer = read_answer(path, tiny[0])
    assert complaints(answer, tiny[1](answer.source)) == [
        "0 points instead of 1.0",
        "no message has 'twice'",
    ]


def test_the_table_counts_what_holds_and_names_what_does_not(tiny, tmp_path, capsys):
    exercise, verdict = tiny
    folder = tmp_path / exercise.lesson / exercise.name
    folder.mkdir(parents=True)
    claims = '"""Triples.\n\npoints: 0\nhint: {}\n"""\n' + DOUBLE.format("x * 3")
    (folder / "right_product.py").write_text('"""A product."""\n' + DOUBLE.format("x * 2"))
    (folder / "right_square.py").write_text('"""A square."""\n' + DOUBLE.format("x ** 2"))
    (folder / "wrong_triples.py").write_text(claims.format("try a string"))
    (folder / "wrong_hint.py").write_text(claims.format("twice"))

    row, wrong = judge_all(exercise, lambda answer: verdict(answer.source), tmp_path)
    assert row == (str(exercise), "2 of 3", "3 of 3", "2 of 3")  # with reference and untouched
    assert [line.split(": ")[0] for line in wrong] == [
        f"{exercise}-right_square",
        f"{exercise}-wrong_hint",
    ]
    assert print_table([(row, wrong)]) == 1 and print_table([(row, [])]) == 0
    assert capsys.readouterr().out.count("\n") == 2 + 2 + 2
