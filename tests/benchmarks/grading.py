"""How many submissions of lesson 1 are graded in a minute.

    python -m tests.benchmarks grading [--quick]

The submissions are copies of the solution, graded afresh in every turn in a copy of the course.
`COMMANDS` takes turns; where the course has no `grading`, stock nbgrader runs alone.
"""

import importlib.util
import shlex
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import nbformat

from helpers.paths import REPOSITORY

from . import timing

LESSON = "01_larger_than_memory"
STOCK, OURS = "nbgrader autograde", "python -m grading"
COMMANDS = {
    STOCK: f"{{python}} -m {STOCK} {{lesson}} --force",
    OURS: "{python} -m grading {lesson} --force",
}


def course_with_submissions(folder, num_submissions):
    """Makes a copy of the course in which so many students have handed in lesson 1."""
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    solution = REPOSITORY / "solutions" / LESSON
    shutil.copytree(solution, folder / "solutions" / LESSON)
    run(f"{{python}} -m nbgrader generate_assignment {LESSON}", folder)
    nb = nbformat.read(solution / f"{LESSON}.ipynb", as_version=4)
    for i in range(num_submissions):
        place = folder / "submitted" / f"student{i}" / LESSON
        place.mkdir(parents=True)
        nbformat.write(nb, place / f"{LESSON}.ipynb")


def run(command, folder):
    """Runs a command in a folder; one that fails is an error, with what it said."""
    words = shlex.split(command.format(python=shlex.quote(sys.executable), lesson=LESSON))
    result = subprocess.run(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if result.returncode:
        raise RuntimeError(f"{command} failed:\n{result.stdout}")


def comparisons(quick):
    """Yields one `timing.Comparison`."""
    num_submissions, rounds = (1, 1) if quick else (3, 2)
    commands, missing = dict(COMMANDS), {}
    if importlib.util.find_spec("grading") is None:
        del commands[OURS]
        missing[OURS] = "No module named 'grading'"
    with tempfile.TemporaryDirectory() as folder:
        course_with_submissions(Path(folder), num_submissions)
        runs = {name: partial(run, command, folder) for name, command in commands.items()}
        seconds = timing.alternate(runs, rounds, label="grading", warm_up=False)
    yield timing.Comparison(
        f"Grading lesson 1: {num_submissions} submission(s) a run",
        {name: 60 * num_submissions / values for name, values in seconds.items()},
        "submissions/min",
        references=(STOCK,),
        missing=missing,
    )
