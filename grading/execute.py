"""Runs a submitted notebook in a sandbox, in place of nbgrader's Execute."""

import ast
import atexit
import json
import math
import os
import stat
import time
from functools import cache
from pathlib import Path

from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, List, Unicode

from grading import data
from grading.box import Ended, Zygote
from grading.case import Case
from grading.lesson import Lesson
from grading.outputs import Outputs, failure

MiB = 2**20
LEFT_OUT = "Not run when graded: no check uses what this cell shows.\n"


class SandboxedExecute(Execute):
    """Every submission in a process of its own that can reach nothing else.

    `timeout`, the seconds for one cell, is that of nbgrader's Execute. A process that dies or
    blocks costs the cells that come after; the checks before it keep their points.
    """

    sandbox = Bool(
        True, help="False runs submissions as you, on your files; only for code that you trust."
    ).tag(config=True)
    notebook_timeout = Integer(1800, help="Seconds for all cells together.").tag(config=True)
    grace = Integer(5, help="Seconds after an interrupt before a process is ended.").tag(
        config=True
    )
    memory = Integer(4096 * MiB, help="Bytes that a submission's processes may take together.").tag(
        config=True
    )
    disk = Integer(512 * MiB, help="Bytes in each of its temporary folders, and in one file.").tag(
        config=True
    )
    processes = Integer(256, help="Processes and threads that may run at once.").tag(config=True)
    open_files = Integer(1024, help="Files that may be open at once.").tag(config=True)
    most_output = Integer(2 * MiB, help="Characters kept of what one cell shows.").tag(config=True)
    largest_file = Integer(20 * MiB, help="Bytes of the files that a submission may bring.").tag(
        config=True
    )
    leave_out = Bool(
        True, help="False runs the lesson's own cells too that no check and no answer needs."
    ).tag(config=True)
    preload = List(
        Unicode(),
        ["tensorflow", "keras", "pandas", "cv2", "matplotlib.pyplot", "scipy.ndimage", "helpers"],
        help="Modules that are imported once, before submissions are forked.",
    ).tag(config=True)

    def preprocess(self, nb, resources, km=None):
        report = resources["grading"] = {}
        for cell in nb.cells:  # `skip-execution` and `raises-exception` would cheat
            cell.metadata.pop("tags", None)
        self.stop = time.monotonic() + self.notebook_timeout
        report["ended"] = (self._in_sandbox if self.sandbox else self._as_yourself)(nb, resources)
        return nb, resources

    # --- in a sandbox -----------------------------------------------------------------------------

    def _in_sandbox(self, nb, resources):
        """Runs all cells. Returns why it stopped before the end, or an empty string."""
        lesson = Lesson(resources["nbgrader"].get("source"))
        prepared(lesson.path)
        folder = resources.get("metadata", {}).get("path") or "."
        cells = [c for c in nb.cells if c.cell_type == "code" and c.source.strip()]
        left_out = lesson.left_out([c.source for c in cells]) if self.leave_out else set()
        case, ended, count, begin = None, "", 0, None
        try:
            files = files_in(folder, self.largest_file)
            case = Case(zygote(self.preload, self.limits()), files, lesson)
            begin = time.monotonic()
        except Ended as error:
            ended = str(error)
        try:
            for cell in cells:
                if cell.source in left_out:
                    cell.outputs = [new_output("stream", text=LEFT_OUT)]
                    continue
                count += 1
                cell.execution_count = count
                if not ended and time.monotonic() > self.stop:
                    ended = f"ran longer than {self.notebook_timeout} s in all"
                if ended:
                    cell.outputs = [failure("NotRun", f"Not run: the notebook {ended}.")]
                    continue
                ended = self._run(case, cell)
                if ended:
                    self.log.warning("The notebook %s", ended)
        finally:
            if case is not None:
                resources["grading"]["cells"] = time.monotonic() - begin
                case.close()
        return ended

    def _run(self, case, cell):
        """Runs one cell. Returns why the notebook cannot go on, or an empty string."""
        outputs, ended = Outputs(self.most_output), ""
        seconds = max(1, min(self.timeout or math.inf, self.stop - time.monotonic()))
        check = utils.is_grade(cell) and utils.is_locked(cell)
        try:
            run = case.check if check else case.run
            problem = run(cell.source, seconds, outputs.show)
            if utils.is_locked(cell) and not check:
                case.define(cell.source)
        except Ended as error:
            ended = str(error)
            problem = failure("Ended", f"The notebook {ended}.")
        cell.outputs = outputs.items + ([problem] if problem else [])
        return ended

    def limits(self):
        """What the sandbox enforces, as plain data."""
        names = ("memory", "disk", "processes", "open_files", "grace")
        return {name: getattr(self, name) for name in names}

    # --- without one ------------------------------------------------------------------------------

    def _as_yourself(self, nb, resources):
        """nbgrader's own way, except that a kernel that dies or blocks costs its own cells only."""
        self.ended = ""
        try:
            super().preprocess(nb, resources)
        except Exception as error:
            self.ended = self.ended or f"{type(error).__name__}: {first_line(error)}"
            self.log.warning("The notebook ended: %s", self.ended)
        return self.ended

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code" or not cell.source.strip():
            return cell, resources
        if not self.ended and time.monotonic() > self.stop:
            self.ended = f"ran longer than {self.notebook_timeout} s in all"
        if not self.ended:
            try:
                cell, resources = super().preprocess_cell(cell, resources, index)
            except Exception as error:
                self.ended = f"ended: {type(error).__name__}"
                self.log.warning("The notebook %s", self.ended)
        if self.ended:
            cell.outputs = [failure("NotRun", f"Not run: the notebook {self.ended}.")]
        elif utils.is_grade(cell):
            cell.outputs = graded(cell)
        return cell, resources


def graded(cell):
    """The outputs of a check as nbgrader is to read them.

    It stops at the first result, even before an error, and takes a number in it for points. So
    errors come first, and a result counts only where the check ends in an expression.
    """
    errors = [o for o in cell.outputs if o.output_type == "error"]
    others = [o for o in cell.outputs if o.output_type != "error"]
    results = [o for o in others if o.output_type == "execute_result"]
    try:
        last = ast.parse(cell.source).body[-1:]
    except (SyntaxError, ValueError):
        last = []
    if errors or len(results) > 1 or (results and not isinstance(last[0], ast.Expr)):
        others = [o for o in others if o.output_type != "execute_result"]
    return errors + others


def files_in(folder, most):
    """The files beside a notebook, for its sandbox: `{relative path: bytes}`, links left out."""
    found, size = {}, 0
    for top, _, names in os.walk(folder):
        for name in names:
            path = Path(top, name)
            if path.suffix == ".ipynb" or not stat.S_ISREG(path.lstat().st_mode):
                continue
            size += path.stat().st_size
            if size > most:
                raise Ended(f"comes with more than {most >> 20} MiB of files")
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def first_line(error):
    return (str(error).strip().splitlines() or [""])[0][:300]


prepared = cache(data.prepare)  # once for as long as this process grades

_zygotes = {}


def zygote(preload, limits):
    """The process that forks submissions; one for as long as this process grades."""
    folders = data.folders()
    key = json.dumps([preload, limits, list(map(str, folders))])
    if key not in _zygotes or _zygotes[key].process.poll() is not None:
        _zygotes[key] = Zygote(list(preload), limits, folders)
        atexit.register(_zygotes[key].close)
    return _zygotes[key]
