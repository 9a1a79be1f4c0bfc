"""Reads right and wrong answers to the exercises and judges them as a notebook would, in process.

An answer is a file `tests/answers/<lesson>/<grade_id>/right_*.py` or `wrong_*.py` that stands in
for the answer cell. Its docstring begins with the style (right) or the one misconception (wrong).
A wrong answer goes on with the points it deserves and with words that the message of a failing
check must hold:

    '''The last batch is dropped.

    points: 3
    hint: last batch
    '''

    def batch_generator(...): ...

`make answers` runs this file and prints a table.
"""

import ast
import contextlib
import functools
import gc
import io
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import course

ANSWERS = Path(__file__).parent / "answers"


@dataclass
class Answer:
    """One answer to one exercise, with what its author claims."""

    exercise: course.Exercise
    name: str
    source: str
    path: str
    style: str
    points: float
    hints: list = field(default_factory=list)

    @property
    def right(self):
        return self.name.startswith(("right_", "reference"))

    def __str__(self):
        return f"{self.exercise}-{self.name}"


@dataclass
class Verdict:
    points: float
    messages: list  # of the checks that failed, in order


def read_answer(path, exercise):
    """Reads an answer file.

    Raises:
        ValueError: If the docstring does not say what the answer claims.
    """
    source = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    style, *rest = docstring.split("\n")
    claims = defaultdict(list)
    for line in filter(None, map(str.strip, rest)):
        match = re.fullmatch(r"(points|hint): *(.+)", line)
        if not match:
            raise ValueError(f"{path}: expected `points: N` or `hint: words`. Received: {line!r}")
        claims[match[1]].append(match[2])
    if not style:
        raise ValueError(f"{path}: the docstring must begin with the style or the misconception")
    if path.name.startswith("right_"):
        if claims:
            raise ValueError(f"{path}: a right answer claims nothing. Received: {dict(claims)}")
        return Answer(exercise, path.stem, source, str(path), style, exercise.points)
    if not path.name.startswith("wrong_"):
        raise ValueError(f"{path}: the name must begin with right_ or wrong_")
    if len(claims["points"]) != 1 or not claims["hint"]:
        raise ValueError(f"{path}: a wrong answer names `points:` once and at least one `hint:`")
    deserved = float(claims["points"][0])
    if not 0 <= deserved < exercise.points:
        raise ValueError(f"{path}: points must be in [0, {exercise.points}). Received: {deserved}")
    return Answer(exercise, path.stem, source, str(path), style, deserved, claims["hint"])


def answers_to(exercise, folder=ANSWERS):
    """The reference, the untouched stub, and every file in the folder of the exercise."""
    region = r"### BEGIN SOLUTION.*?### END SOLUTION"
    stub = re.sub(region, "raise NotImplementedError", exercise.answer.source, flags=re.DOTALL)
    found = [
        Answer(
            exercise, "reference", exercise.answer.source, "<reference>", "ours", exercise.points
        ),
        Answer(exercise, "untouched", stub, "<stub>", "nothing", 0, ["NotImplementedError"]),
    ]
    files = sorted((folder / exercise.lesson / exercise.name).glob("*.py"))
    return found + [read_answer(path, exercise) for path in files]


@contextlib.contextmanager
def files_in_memory(folder="/dev/shm", room=2**30):
    """The checks write many small files that live for a second: Linux has a place for them."""
    before = tempfile.tempdir
    if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > room:
        tempfile.tempdir = folder
    try:
        yield
    finally:
        tempfile.tempdir = before


@files_in_memory()
def judge(answer, nb=None, enough=lambda verdict: False):
    """Runs the import cell, the read-only cells, the answer, and the checks of its exercise.

    An answer may build on earlier exercises, so these are answered by the reference.

    Args:
        answer: `Answer` to judge.
        nb: Notebook with the exercise, the solution of its lesson by default.
        enough: function of a `Verdict`, called before each check; where it is true, the checks
            that are left count as passed.

    Returns:
        `Verdict` with the points as nbgrader would give them: all of a check that raises nothing.
    """
    nb = nb or course.solution(answer.exercise.lesson)
    names, verdict = {"__name__": "__main__"}, Verdict(answer.exercise.points, [])
    try:
        for source, name in sources(answer, nb):
            run(source, name, names)
    except Exception as error:  # an answer may raise anything; its checks then run without it
        verdict.messages.append(describe(error))
    for check in answer.exercise.checks:
        if enough(verdict):
            break
        try:
            run(check.source, f"<{course.grade_id(check)}>", names)
        except Exception as error:
            verdict.messages.append(describe(error))
            verdict.points -= course.points(check)
    return verdict


def sources(answer, nb):
    """`(source, name)` of the cells that run before the checks of an answer, and of the answer."""
    yield nb.cells[1].source, "<imports>"
    for cell in nb.cells:
        if course.grade_id(cell) == answer.exercise.name:
            break
        if course.is_answer(cell) or course.is_readonly(cell):
            yield cell.source, f"<{course.grade_id(cell)}>"
    yield answer.source, answer.path


def run(source, name, names):
    exec(compile(source, name, "exec", dont_inherit=True), names)


def describe(error):
    return "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])


def complaints(answer, verdict):
    """What does not hold of an answer's claims, in words; empty where all is well."""
    found = []
    if verdict.points != answer.points:
        found.append(f"{verdict.points} points instead of {answer.points}")
    text = " ".join("\n".join(verdict.messages).split()).lower()
    found += [f"no message has {h!r}" for h in answer.hints if h.lower() not in text]
    return found


@functools.cache
def settle():
    """Makes many small trainings quicker: once in a process, after the imports of the first."""
    gc.collect()
    gc.freeze()  # the million objects of the imports, out of every later search for garbage
    gc.set_threshold(20_000, 20, 20)  # a traced step makes many objects and little garbage
    leave_graphs_as_they_are()
    keras, tf = sys.modules["keras"], sys.modules["tensorflow"]
    keras.Variable.__init__ = outside_graphs(tf, keras.Variable.__init__)


@functools.cache
def leave_graphs_as_they_are():
    """To optimize graphs that run a few times only takes longer than it saves.

    Best before the first operation of TensorFlow: after it, what datasets do is still optimized.
    """
    import tensorflow as tf

    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


def outside_graphs(tf, create):
    """Makes variables outside of graphs, as if before.

    A step that makes some while it is traced, as the first of an optimizer does, is traced twice.
    """

    def unlifted(make, **kwargs):
        return make(**{**kwargs, "experimental_enable_variable_lifting": False})

    @functools.wraps(create)
    def run(*args, **kwargs):
        with tf.init_scope(), tf.variable_creator_scope(unlifted):
            create(*args, **kwargs)

    return run


def clear():
    """Answers train and draw: nothing of one may be left for the next."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    if "keras" in sys.modules:
        settle()
        # Garbage is left to Python: to search for it after each answer takes a seventh of the time.
        sys.modules["keras"].utils.clear_session(free_memory=False)


# --- the table ------------------------------------------------------------------------------------

HEADER = ("exercise", "right accepted", "wrong caught", "hints right")


def judge_all(exercise, judge=judge, folder=ANSWERS):
    """Judges all answers to an exercise.

    Returns:
        `(row, wrong)`: a row of the table, and a line for each answer that does not get what it
        deserves.
    """
    count, wrong = defaultdict(int), []
    for answer in answers_to(exercise, folder):
        with contextlib.redirect_stdout(io.StringIO()):
            verdict = judge(answer)
        clear()
        kind = "right" if answer.right else "wrong"
        found = complaints(answer, verdict)
        count[kind] += 1
        count[f"{kind} held"] += verdict.points == answer.points
        count["hints"] += not answer.right and not any("no message" in f for f in found)
        wrong += [f"{answer}: {'; '.join(found)}"] if found else []
    row = (
        str(exercise),
        f"{count['right held']} of {count['right']}",
        f"{count['wrong held']} of {count['wrong']}",
        f"{count['hints']} of {count['wrong']}",
    )
    return row, wrong


def print_table(judged):
    """Prints the rows of `judge_all` as they come; returns 1 where a line follows them."""
    first = max(len(str(exercise)) for exercise in course.all_exercises())
    widths, lines = [first, *map(len, HEADER[1:])], []

    def show(row):
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip(), flush=True)

    show(HEADER)
    for row, wrong in judged:
        show(row)
        lines += wrong
    for line in lines:
        print(line)
    return bool(lines)


def begin():
    """Begins a process that judges: what its answers write and warn of is not of the table."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    leave_graphs_as_they_are()


def main():
    with ProcessPoolExecutor(
        os.cpu_count(), multiprocessing.get_context("spawn"), begin
    ) as processes:
        return print_table(processes.map(judge_all, course.all_exercises()))


if __name__ == "__main__":
    import conftest  # noqa: F401  (sets the environment: offline, a data folder of its own)

    sys.exit(main())
