"""How many submissions of lesson 1 are graded in a minute: stock nbgrader and the course's grading.

    python -m tests.benchmarks grading [--quick]

All grade copies of the reference solution with the same settings in a fresh course: stock nbgrader
one, the others two, which workers share. Every contestant pays for its own start:

- stock: `nbgrader autograde` as nbgrader brings it, with no sandbox, one kernel after the other;
- parallel: `python -m grading`, in a sandbox, with a worker for each core;
- parallel, all cells: the same with the cells that only show something.

With `--quick` the first two grade one submission that holds the graded cells only.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial

from grading import bwrap, data
from tests import course

from . import timing

LESSON = "01_larger_than_memory"
STOCK = "stock nbgrader autograde"
CONTESTANTS = {
    STOCK: ["nbgrader", "autograde", LESSON],
    "parallel": ["grading", LESSON],
    "parallel, all cells": ["grading", LESSON, "--SandboxedExecute.leave_out=False"],
}


def make_stock(copy):
    """Takes the course's own grading out of the settings of a copy of it."""
    path = copy.folder / "nbgrader_config.py"
    settings = path.read_text(encoding="utf-8").replace("converter.install()", "")
    path.write_text(settings + "\nc.Autograde.pop('autograde_preprocessors')\n", encoding="utf-8")


def per_minute(name, num_submissions, nb, released):
    """Grades copies of a notebook in a copy of a released course; returns how many a minute.

    Raises:
        RuntimeError: where a submission got too few points.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(released.folder, folder, dirs_exist_ok=True)
        copy = course.CourseCopy(folder)
        if name == STOCK:
            make_stock(copy)
        students = [f"student{i}" for i in range(num_submissions)]
        for student in students:
            copy.submit(student, LESSON, nb)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", *CONTESTANTS[name]],
            cwd=copy.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        minutes = (time.perf_counter() - start) / 60
        most = sum(e.points for e in course.exercises(course.solution(LESSON)).values())
        scores = {student: copy.score(student, LESSON) for student in students}
    if done.returncode or set(scores.values()) != {most}:
        raise RuntimeError(f"{name} gave {scores}, {most} are right:\n{done.stdout[-3000:]}")
    return num_submissions / minutes


def comparisons(quick):
    """Yields one `timing.Comparison`."""
    nb, names, missing = course.solution(LESSON), list(CONTESTANTS), {}
    if reason := bwrap.why_not():
        names, missing = names[:1], dict.fromkeys(names[1:], reason)
    if quick:
        names, nb = names[:2], course.graded_cells_only(nb)
    counts = {name: 1 if quick or name == STOCK else 2 for name in names}
    data.prepare(course.SOLUTIONS / LESSON / f"{LESSON}.ipynb")  # or the first would pay for all
    what = "graded cells of one submission" if quick else "one submission, two in parallel"
    with tempfile.TemporaryDirectory() as folder:
        released = course.CourseCopy(folder)
        released.nbgrader("generate_assignment", LESSON)
        runs = {name: partial(per_minute, name, counts[name], nb, released) for name in names}
        figures = timing.turns(runs, 1, label="grading", warm_up=False)
    yield timing.Comparison(
        f"Grading lesson 1: {what}",
        figures,
        "submissions/min",
        references=(STOCK,),
        missing=missing,
    )
