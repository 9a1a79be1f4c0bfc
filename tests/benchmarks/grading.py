"""How many submissions of lesson 1 are graded in a minute.

    python -m tests.benchmarks grading [--quick]

The submissions are copies of the solution, graded afresh in every turn in a copy of the course;
with `--quick` one that holds the graded cells only. `COMMANDS` take turns; where the course has no
`grading`, stock nbgrader runs alone.
"""

import importlib.util
import subprocess
import sys
import tempfile
from functools import partial

from tests import course

from . import timing

LESSON = "01_larger_than_memory"
STOCK, OURS = "nbgrader autograde", "python -m grading"
COMMANDS = {
    STOCK: ["-m", "nbgrader", "autograde", LESSON, "--force"],
    OURS: ["-m", "grading", LESSON, "--force"],
}


def run(arguments, folder):
    """Runs Python in a folder; a command that fails is an error, with what it said."""
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(f"{arguments} failed:\n{result.stdout}")


def comparisons(quick):
    """Yields one `timing.Comparison`."""
    num_submissions, rounds = (1, 1) if quick else (2, 2)
    commands, missing = dict(COMMANDS), {}
    if importlib.util.find_spec("grading") is None:
        del commands[OURS]
        missing[OURS] = "No module named 'grading'"
    with tempfile.TemporaryDirectory() as folder:
        copy = course.CourseCopy(folder)
        copy.nbgrader("generate_assignment", LESSON)
        nb = course.solution(LESSON)
        for i in range(num_submissions):
            copy.submit(f"student{i}", LESSON, course.graded_cells_only(nb) if quick else nb)
        runs = {name: partial(run, arguments, folder) for name, arguments in commands.items()}
        seconds = timing.alternate(runs, rounds, label="grading", warm_up=False)
    what = "its graded cells only, " if quick else ""
    yield timing.Comparison(
        f"Grading lesson 1: {what}{num_submissions} submission(s) a run",
        {name: 60 * num_submissions / values for name, values in seconds.items()},
        "submissions/min",
        references=(STOCK,),
        missing=missing,
    )
