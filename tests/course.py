"""The course as its tests see it: lessons, exercises, cells, and a copy to release and grade in."""

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbgrader import utils
from nbgrader.api import Gradebook

from grading import bwrap

ROOT = Path(__file__).resolve().parents[1]
SOLUTIONS = ROOT / "solutions"
LESSONS = ROOT / "lessons"


def lesson_names():
    """Every folder in solutions, in order: a new lesson is tested with no edit here."""
    return sorted(p.name for p in SOLUTIONS.glob("*") if p.is_dir() and not p.name.startswith("."))


@cache
def _text(path):
    return path.read_text(encoding="utf-8")


def read(path):
    """A fresh notebook node, free to be changed."""
    return nbformat.reads(_text(Path(path)), as_version=4)


def solution(lesson):
    return read(SOLUTIONS / lesson / f"{lesson}.ipynb")


def released(lesson):
    return read(LESSONS / lesson / f"{lesson}.ipynb")


# --- cells ----------------------------------------------------------------------------------------


def grade_id(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_answer(cell):
    """A cell that students fill with code."""
    return cell.cell_type == "code" and utils.is_solution(cell)


def is_check(cell):
    """A locked cell that gives points."""
    return utils.is_grade(cell) and not utils.is_solution(cell)


def is_written(cell):
    """An answer in words, graded by a person."""
    return utils.is_grade(cell) and utils.is_solution(cell)


def is_readonly(cell):
    """A locked code cell that gives no points, such as data that the checks share."""
    return cell.cell_type == "code" and utils.is_locked(cell) and not utils.is_grade(cell)


def is_graded(cell):
    return grade_id(cell) is not None


def points(cell):
    return cell.metadata["nbgrader"]["points"]


def split(source, region):
    """The lines of `source` outside and inside `### BEGIN region` … `### END region`."""
    outside, inside, within = [], [], False
    for line in source.split("\n"):
        if f"BEGIN {region}" in line:
            within = True
        elif f"END {region}" in line:
            within = False
        else:
            (inside if within else outside).append(line)
    return "\n".join(outside), "\n".join(inside)


@dataclass
class Exercise:
    """One answer cell and the checks that belong to it, in the order of the notebook."""

    lesson: str
    name: str
    answer: object
    checks: list

    @property
    def points(self):
        return sum(points(check) for check in self.checks)

    def __str__(self):
        return f"{self.lesson}-{self.name}"


def exercises(nb, lesson=""):
    """The exercises of a notebook: a check belongs to the longest answer name that starts it."""
    found = {grade_id(c): Exercise(lesson, grade_id(c), c, []) for c in nb.cells if is_answer(c)}
    for cell in filter(is_check, nb.cells):
        name = exercise_of(grade_id(cell), found)
        if name:
            found[name].checks.append(cell)
    return found


def exercise_of(check_id, names):
    """`test_affine_identity` belongs to `affine`; None where it belongs to no exercise."""
    fits = [n for n in names if re.match(rf"test_{re.escape(n)}(_|$)", check_id)]
    return max(fits, key=len, default=None)


def all_exercises():
    return [e for name in lesson_names() for e in exercises(solution(name), name).values()]


def defines(source):
    """`{name: signature}` of the functions and classes of a cell, without annotations."""
    found = {}
    for node in ast.parse(source).body:
        function = node
        if isinstance(node, ast.ClassDef):
            inits = [n for n in node.body if getattr(n, "name", "") == "__init__"]
            function = inits[0] if inits else None
        if isinstance(function, ast.FunctionDef):
            for part in ast.walk(function.args):
                if isinstance(part, ast.arg):
                    part.annotation = None
            found[node.name] = f"{node.name}({ast.unparse(function.args)})"
    return found


# --- a copy of the course to release and grade in -------------------------------------------------


class CourseCopy:
    """A course folder with the project's nbgrader settings, where stock nbgrader may write."""

    def __init__(self, folder, solutions=SOLUTIONS):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
        if bwrap.why_not():  # such as on macOS; the header of the tests says so
            config += "\nc.SandboxedExecute.sandbox = False\n"
        (self.folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
        shutil.copytree(solutions, self.folder / "solutions", dirs_exist_ok=True)

    def nbgrader(self, *args, check=True, env=None, timeout=3600):
        """Runs a stock nbgrader command in the course folder, as an instructor would."""
        result = subprocess.run(
            [sys.executable, "-m", "nbgrader", *args],
            cwd=self.folder,
            env=env,
            timeout=timeout,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert not check or result.returncode == 0, f"nbgrader {args} failed:\n{result.stdout}"
        return result

    def release(self, *args):
        return self.nbgrader("generate_assignment", "--assignment=*", "--force", *args)

    def notebook(self, room, lesson, student=""):
        return self.folder / room / student / lesson / f"{lesson}.ipynb"

    def submit(self, student, lesson, nb):
        path = self.notebook("submitted", lesson, student)
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(nb, path)

    def executed(self, student, lesson):
        return nbformat.read(self.notebook("autograded", lesson, student), as_version=4)

    def grades(self, student, lesson):
        """`{grade_id: Grade}` of one submission as the gradebook holds it."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            submitted = gradebook.find_submission_notebook(lesson, lesson, student)
            return {
                g.name: Grade(g.auto_score, g.max_score, g.needs_manual_grade)
                for g in submitted.grades
            }

    def score(self, student, lesson):
        """The points that the checks gave. None, which waits for a person, is not a score."""
        grades = self.grades(student, lesson)
        return sum(g.auto for name, g in grades.items() if name.startswith("test_"))


@dataclass
class Grade:
    auto: float | None
    most: float
    waits: bool


def graded_cells_only(nb):
    """The notebook as a student may hand it in too: without the cells that only show something."""
    nb.cells = [c for i, c in enumerate(nb.cells) if i <= 1 or is_graded(c)]
    return nb
