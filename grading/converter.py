"""nbgrader's Autograde, with every submission read with care, graded apart and put in place whole.

`install` puts it in the place of nbgrader's own class, so that `nbgrader autograde`, the formgrader
and `python -m grading` all grade this way: nbgrader has no hook before it opens a submission.
"""

import contextlib
import glob
import os
import re
import shutil
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException

from grading import bwrap, repair
from grading.execute import SandboxedExecute, first_line
from grading.locks import Busy, locked
from grading.screen import Submission, Unreadable

STAGE = ".grading"  # in the course folder; results move from it into place

UNSAFE = (
    "GRADING WITHOUT A SANDBOX: the code of every submission runs as you and can read, change and "
    "delete all that you can. SandboxedExecute.sandbox is False."
)


@dataclass
class Result:
    """What became of one submission.

    `reason` says why it has no score, or why it ended early; `cells` are the seconds that its cells
    and checks took, which is the floor of `seconds`.
    """

    student: str
    graded: bool = False
    skipped: bool = False
    reason: str = ""
    notes: list = field(default_factory=list)
    seconds: float = 0.0
    cells: float = 0.0


class SandboxedAutograde(Autograde):
    """Grades submissions one by one; none can cost another its grade.

    Nothing in `submitted/` is changed. A result appears in `autograded/` when its scores are in the
    gradebook, not before; so grading that was killed is taken up by running it again.
    """

    def start(self):
        self.results = []
        if SandboxedExecute(parent=self).sandbox:
            try:
                bwrap.require()
            except bwrap.NoSandbox as error:
                self.log.error("%s", error)
                raise NbGraderException(str(error)) from None
        else:
            self.log.warning(UNSAFE)
        super().start()

    def init_notebooks(self):
        """Finds the folders that students handed in, whatever is in them."""
        pattern = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        self.assignments = {folder: [] for folder in glob.glob(pattern)}
        if not self.assignments:
            super().init_notebooks()  # says what was looked for, and what may have been meant

    def convert_notebooks(self):
        shape = self._format_source("(?P<assignment>.*)", "(?P<student>.*)", escape=True)
        for folder in sorted(self.assignments):
            found = re.fullmatch(shape, folder)
            if found is None:
                self.results.append(Result(folder, reason="its path is not as expected"))
            else:
                self.results.append(self.grade(folder, found["assignment"], found["student"]))
        failed = [r for r in self.results if not r.graded and not r.skipped]
        for result in failed:
            self.log.error(
                "There was an error processing assignment '%s' for student '%s': %s",
                self.coursedir.assignment_id,
                result.student,
                result.reason,
            )
        if failed:
            raise NbGraderException(f"{len(failed)} submissions have no score; see above.")

    def grade(self, folder, assignment, student):
        """Grades one submission. Returns a `Result`; whatever goes wrong is its `reason`."""
        result, begin = Result(student), time.monotonic()
        try:
            with locked(Path(self.coursedir.root, STAGE), f"{student}+{assignment}") as stage:
                if not self.is_due(folder, assignment, student):
                    self.log.info("Skipping existing assignment: %s", folder)
                    result.skipped = True
                    return result
                self._grade(Path(folder), assignment, student, stage, result)
                result.graded = True
        except (Unreadable, Busy) as error:
            result.reason = str(error)
        except Exception as error:
            self.log.error("%s", traceback.format_exc())
            result.reason = f"{type(error).__name__}: {first_line(error)}"
        for note in result.notes:
            self.log.warning("%s: %s", student, note)
        result.seconds = time.monotonic() - begin
        return result

    def is_due(self, folder, assignment, student):
        """Whether there is no result, or a newer hand-in, or all are graded again."""
        there = Path(self._format_dest(assignment, student))
        if self.force or not there.exists():
            return True
        with contextlib.suppress(Exception):  # a time that cannot be read is named when graded
            path = Path(folder, "timestamp.txt")
            if path.is_file() and not path.is_symlink():
                return self.coursedir.get_existing_timestamp(
                    folder
                ) > self.coursedir.get_existing_timestamp(str(there))
        return False

    def _grade(self, folder, assignment, student, stage, result):
        names = self._names(assignment)
        submission = Submission(folder, names, SandboxedExecute(parent=self).largest_file)
        result.notes += submission.notes
        rooms = {name: f"{STAGE}/{stage.name}/{name}" for name in ("submitted", "autograded")}
        clean = Path(self.coursedir.root, rooms["submitted"], student, assignment)
        self._write(clean, submission, assignment, result)
        there = self._format_dest(assignment, student)
        with elsewhere(self.coursedir, **rooms):
            self.notebooks = sorted(glob.glob(self._named(clean)))
            self.result = result
            self.run_pre_convert_hook()
            self.init_assignment(assignment, student)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(assignment, student)
            self.run_post_convert_hook()
            made = self._format_dest(assignment, student)
        put_in_place(Path(made), Path(there), whole=self.coursedir.notebook_id == "*")

    def _names(self, assignment):
        try:
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                return [nb.name for nb in gradebook.find_assignment(assignment).notebooks]
        except MissingEntry:
            raise Unreadable(
                f"{assignment} is not in the gradebook; run `nbgrader generate_assignment` first"
            ) from None

    def _named(self, folder):
        return os.path.join(glob.escape(str(folder)), self.coursedir.notebook_id + ".ipynb")

    def _write(self, clean, submission, assignment, result):
        for name, data in submission.files.items():
            path = clean / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        clean.mkdir(parents=True, exist_ok=True)
        for name, nb in submission.notebooks.items():
            with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                known = repair.known_cells(gradebook.find_notebook(name, assignment))
            original = self._original(assignment, name)
            original = nbformat.read(original, as_version=4) if original else None
            result.notes += repair.repair(nb, known, original)
            nbformat.write(nb, clean / f"{name}.ipynb")

    def _original(self, assignment, notebook):
        """The path of a notebook in `solutions/`, or None."""
        folder = self.coursedir.format_path(self.coursedir.source_directory, ".", assignment)
        path = Path(folder, f"{notebook}.ipynb")
        return path if path.is_file() else None

    def init_single_notebook_resources(self, notebook_filename):
        resources = super().init_single_notebook_resources(notebook_filename)
        about = resources["nbgrader"]
        about["source"] = self._original(about["assignment"], about["notebook"])
        return resources

    def write_single_notebook(self, output, resources):
        report = resources.get("grading", {})
        self.result.cells += report.get("cells", 0.0)
        if report.get("ended"):
            self.result.reason = f"{resources['nbgrader']['notebook']} {report['ended']}"
        super().write_single_notebook(output, resources)


@contextlib.contextmanager
def elsewhere(coursedir, submitted, autograded):
    """Lets nbgrader read and write in other folders for a while."""
    before = coursedir.submitted_directory, coursedir.autograded_directory
    coursedir.submitted_directory, coursedir.autograded_directory = submitted, autograded
    try:
        yield
    finally:
        coursedir.submitted_directory, coursedir.autograded_directory = before


def put_in_place(made, there, whole):
    """Moves a finished result to where nbgrader looks for it; an earlier one stays until then."""
    there.parent.mkdir(parents=True, exist_ok=True)
    if not whole and there.exists():
        for path in [p for p in made.rglob("*") if p.is_file()]:
            target = there / path.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
        return
    earlier = made.parent / "earlier"
    if there.exists():
        os.replace(there, earlier)
    os.replace(made, there)
    shutil.rmtree(earlier, ignore_errors=True)


def install():
    """Lets every nbgrader command and the formgrader of this process grade in sandboxes."""
    for module in (nbgrader.converters, nbgrader.apps.api, nbgrader.apps.autogradeapp):
        module.Autograde = SandboxedAutograde
