"""Counts submissions graded per minute: stock nbgrader and this course's grading.

    python -m tests.benchmarks.grading [--count 4] [--rounds 1] [--lesson NAME]

All grade the reference solution of a lesson, with the same settings, each in a fresh course:

- stock: `nbgrader autograde` as nbgrader brings it, with no sandbox, one kernel after the other;
- sandboxed: the same command with this course's grading;
- parallel: `python -m grading` with a worker for each core;
- parallel, all cells: the same with the cells that show the same for everybody.

Every contestant pays for its own start. Below the table is the floor: the time that the cells and
checks of one submission take in a process that is ready, and what grading adds to it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import course  # noqa: E402

from . import timing  # noqa: E402

STOCK = "\nc.Autograde.pop('autograde_preprocessors')\n"


def prepare(folder, lesson, count, stock):
    """A released course with `count` submissions of the reference solution."""
    copy = course.CourseCopy(folder)
    if stock:
        path = copy.folder / "nbgrader_config.py"
        path.write_text(path.read_text().replace("converter.install()", "") + STOCK)
    copy.release()
    for number in range(count):
        copy.submit(f"student_{number}", lesson, course.solution(lesson))
    return copy


def grade(copy, lesson, parallel, options):
    """Grades all; returns `(seconds, output)`. Raises where a submission got too little."""
    command = ["grading", lesson] if parallel else ["nbgrader", "autograde", lesson]
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *command, *options],
        cwd=copy.folder,
        env={**os.environ, "COURSE_PROFILE": "offline", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - begin
    most = sum(e.points for e in course.exercises(course.solution(lesson)).values())
    students = [path.name for path in (copy.folder / "submitted").iterdir()]
    scores = {student: copy.score(student, lesson) for student in students}
    assert done.returncode == 0 and set(scores.values()) == {most}, (scores, done.stderr[-2000:])
    return seconds, done.stdout


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--lesson", default="01_larger_than_memory")
    args = parser.parse_args(argv)
    contestants = {
        "stock": (False, []),
        "sandboxed": (False, []),
        "parallel": (True, []),
        "parallel, all cells": (True, ["--SandboxedExecute.leave_out=False"]),
    }
    print(f"{timing.machine()}; {args.count} submissions of {args.lesson}\n")
    seconds, floor = {name: [] for name in contestants}, ""
    rng = np.random.default_rng(0)
    for _ in range(args.rounds):
        for name in rng.permutation(list(contestants)):
            parallel, options = contestants[name]
            with tempfile.TemporaryDirectory() as folder:
                copy = prepare(folder, args.lesson, args.count, name == "stock")
                took, said = grade(copy, args.lesson, parallel, options)
            seconds[name].append(took)
            found = re.search(r"[\d.]+ s for the median submission.*", said)
            floor = found[0] if name == "parallel" else floor
    table = {name: np.array(values) / 60 for name, values in seconds.items()}
    print(timing.table(table, args.count, ["stock"], unit="submissions/minute"))
    print(f"\nparallel: {floor}")


if __name__ == "__main__":
    main()
