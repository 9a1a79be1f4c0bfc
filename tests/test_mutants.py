"""Mutants are small changes inside a solution; they are killed, survive, or are ended."""

import course
import mutants
import pytest
from tiny_lesson import TINY, tiny_solution


@pytest.fixture
def double():
    nb = tiny_solution()
    return course.exercises(nb, TINY)["double"], nb


def mutated(*lines):
    body = "\n".join(f"    {line}" for line in ("### BEGIN SOLUTION", *lines, "### END SOLUTION"))
    found = [mutant.source.split("\n") for mutant in mutants.mutants(f"def f(x, y=1):\n{body}")]
    return ["; ".join(map(str.strip, lines[1:])) for lines in found]


# --- the mutations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("return x[7]", ["return x[8]", "return x[6]", "pass"]),
        ("return x < 0.5", ["return x <= 0.5", "return x >= 0.5", "return x < 0.75"]),
        ("return x + y * 2", ["return x - y * 2", "return x + y / 2", "return x + (y + 2)"]),
        ("return 0 <= x < y", ["return 0 < x < y", "return 0 <= x <= y"]),
        ("return x and y", ["return x or y"]),
        ("return not x", ["return x"]),
        ("return x if y else -y", ["return -y if y else x", "return x if y else y"]),
        ("return x.copy()", ["return x"]),
        ("return x.mean(axis=0)", ["return x.mean(axis=1)", "return x.mean()"]),
        ("return max(x, y)", ["return max(y, x)", "return x"]),
        ("return (x, y)", ["return (y, x)"]),
        ("return x[:y]", ["return x[:]"]),
        ("return x.astype('float32')", ["return x.astype('float64')"]),
        ("x.trainable = True", ["x.trainable = False", "pass"]),
        ("x += y", ["pass"]),
    ],
)
def test_a_line_is_changed_in_these_ways(line, instead):
    assert set(instead) <= set(mutated(line))


def test_conditions_are_negated_and_loops_left_early_or_late():
    found = mutated("for i in x:", "    if i > y:", "        break")
    assert "pass" in found and "for i in x:; if not i > y:; break" in found
    assert "for i in x:; if i > y:; continue" in found


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("y = 1\nreturn x[10]", "y = 1\nreturn x[11]", "return x[[10 => 11]]"),
        ("x = f(y, axis=0)", "x = f(y)", "x = f(y[, axis=0 => ])"),
        ("y = 1\nreturn x.max()", "y = 1\npass", "[return x.max() => pass]"),
        (
            "x = " + 40 * "y + " + "0.2 + 1",
            "x = " + 40 * "y + " + "0.3 + 1",
            "y + [0.2 => 0.3] + 1",
        ),
    ],
)
def test_a_change_is_shown_with_some_of_its_line(before, after, words):
    shown = mutants.changed_lines(before, after)
    assert shown.endswith(words) and len(shown) < 90


def test_mutants_differ_from_the_solution_and_from_each_other():
    source = tiny_solution().cells[3].source
    found = [mutant.source for mutant in mutants.mutants(source)]
    assert len(found) == len(set(found)) > 4
    assert all("2 * x" not in text for text in found)


def test_what_is_given_to_students_and_the_words_of_errors_stay():
    source = 'def f(x=1):\n    """At most 5."""\n    ### BEGIN SOLUTION\n    if x > 5:\n'
    source += '        raise ValueError(f"At most {5}")\n    ### END SOLUTION\n    return 7\n'
    found = [mutant.change for mutant in mutants.mutants(source)]
    assert found and all("At most" not in c or c.startswith("[if x > 5") for c in found)


# --- the verdicts ---------------------------------------------------------------------------------

ADDS = "def double(x):\n    return 2 + x"


def test_a_mutant_survives_the_visible_check_and_a_hidden_one_kills_it(double):
    exercise, nb = double
    assert not mutants.survives(exercise, ADDS, nb)
    exercise.checks = exercise.checks[:1]
    assert mutants.survives(exercise, ADDS, nb)


def test_a_mutant_that_does_not_end_is_ended_and_the_next_is_judged(double):
    exercise, nb = double
    judge = mutants.Judge(exercise, nb, seconds=2)
    try:
        assert judge("def double(x):\n    while True:\n        pass") == "ended"
        assert judge("import os\nos._exit(1)") == "ended"
        assert judge(ADDS) == "killed"
        assert judge(exercise.answer.source) == "survived"
    finally:
        judge.stop()


def test_a_reference_that_fails_is_named(double):
    exercise, nb = double
    exercise.answer.source = ADDS
    judge = mutants.Judge(exercise, nb)
    with pytest.raises(AssertionError, match="99_tiny-double: the reference itself fails"):
        judge(ADDS)
    judge.stop()


def test_survivors_are_counted_and_those_that_are_listed_told_apart(capsys):
    outcomes = [(mutants.Mutant(name, ""), "survived") for name in "abc"]
    outcomes += [(mutants.Mutant("d", ""), "killed"), (mutants.Mutant("e", ""), "ended")]
    reasons = {"a": "equivalent: the same", "b": "left: rare", "d": "left: rarer"}
    assert mutants.report("x", outcomes, reasons) == (4, 2, 1)
    printed = capsys.readouterr().out
    assert "x: 5 mutants, 2 killed (1 by time)" in printed
    assert "SURVIVED\n        c" in printed and "did not survive\n        d" in printed


# --- the list -------------------------------------------------------------------------------------


def test_only_mutants_that_there_are_are_listed():
    known = {
        str(e): {m.change for m in mutants.mutants(e.answer.source)} for e in course.all_exercises()
    }
    unknown = {e: set(found) - known.get(e, set()) for e, found in mutants.listed().items()}
    assert not any(unknown.values()), unknown


def test_a_listed_mutant_needs_a_reason(tmp_path):
    path = tmp_path / "listed.toml"
    path.write_text('[lesson-exercise]\n"no matter" = ["a => b"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="begins with `equivalent: ` or `left: `. Received: 'no m"):
        mutants.listed(path)


def test_an_exercise_judged_by_its_result_is_tried_when_named_and_its_survivors_are_right(
    monkeypatch, capsys
):
    tried = []

    def try_all(exercise):
        tried.append(exercise.name)
        return [(mutants.Mutant("a", ""), "survived"), (mutants.Mutant("b", ""), "killed")]

    monkeypatch.setattr(mutants, "try_all", try_all)
    mutants.main([])
    assert len(tried) == len(course.all_exercises()) - 1 and "your_classifier" not in tried
    assert mutants.main(["your_classifier"]) == 0 and tried[-1] == "your_classifier"
    assert "it reaches the accuracy" in capsys.readouterr().out
