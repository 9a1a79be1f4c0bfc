"""Runs a submitted notebook in a sandbox, in place of nbgrader's Execute."""

import ast
import atexit
import json
import os
import stat
import time
from functools import cache
from pathlib import Path

from nbgrader import utils
from nbgrader.preprocessors import Execute
from traitlets import Bool, Integer, List, Unicode

from grading import data, same_for_all
from grading.box import Ended, Zygote
from grading.outputs import Outputs, failure

MiB = 2**20


class SandboxedExecute(Execute):
    """Every submission in a process of its own that can reach nothing else.

    `timeout`, the seconds for one cell, is that of nbgrader's Execute. A process that dies or
    blocks costs the cells that come after; the checks before it keep their points.
    """

    sandbox = Bool(
        True, help="False runs submissions as you, on your files; only for code that you trust."
    ).tag(config=True)
    notebook_timeout = Integer(600, help="Seconds for all cells together.").tag(config=True)
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
    output = Integer(2 * MiB, help="Characters kept of what one cell shows.").tag(config=True)
    largest_file = Integer(20 * MiB, help="Bytes of the files that a submission may bring.").tag(
        config=True
    )
    preload = List(
        Unicode(),
        ["tensorflow", "keras", "pandas", "cv2", "matplotlib.pyplot", "scipy.ndimage"],
        help="Modules that are imported once, before submissions are forked.",
    ).tag(config=True)

    def preprocess(self, nb, resources, km=None):
        report = resources.setdefault("grading", {})
        for cell in nb.cells:  # `skip-execution` and `raises-exception` would cheat
            cell.metadata.pop("tags", None)
        begin = time.monotonic()
        runner = self._in_sandbox if self.sandbox else self._as_yourself
        self.stop = begin + self.notebook_timeout
        report["ended"] = runner(nb, resources)
        report["seconds"] = time.monotonic() - begin
        return nb, resources

    # --- in a sandbox -----------------------------------------------------------------------------

    def _in_sandbox(self, nb, resources):
        """Runs all cells. Returns why it stopped before the end, or an empty string."""
        source = resources["nbgrader"].get("source")
        skipped = same_for_all.sources(source)
        prepared(source)
        folder = resources.get("metadata", {}).get("path") or "."
        box, ended, count = None, "", 0
        try:
            box = zygote(self.preload, self.limits()).start(files_in(folder, self.largest_file))
        except Ended as error:
            ended = str(error)
        try:
            for cell in nb.cells:
                if cell.cell_type != "code" or not cell.source.strip():
                    continue
                if cell.source in skipped and not utils.is_grade(cell):
                    cell.outputs = [same_for_all.note()]
                    continue
                count += 1
                cell.execution_count = count
                if not ended and time.monotonic() > self.stop:
                    ended = f"ran longer than {self.notebook_timeout} s in all"
                if ended:
                    cell.outputs = [failure("NotRun", f"Not run: the notebook {ended}.")]
                    continue
                ended = self._run(box, cell)
                if ended:
                    self.log.warning("The notebook %s", ended)
        finally:
            if box is not None:
                box.close()
        return ended

    def _run(self, box, cell):
        outputs, ended = Outputs(self.output), ""
        seconds = min(self.timeout or self.notebook_timeout, self.stop - time.monotonic())
        try:
            in_time = box.run(cell.source, max(1, seconds), outputs.show)
        except Ended as error:
            ended, in_time = str(error), True
            outputs.items.append(failure("Ended", f"The notebook {ended}."))
        if not in_time:
            outputs.items.append(failure("CellTimeoutError", f"Longer than {seconds:.0f} s."))
        cell.outputs = outputs.items
        if utils.is_grade(cell):
            cell.outputs = graded(cell)
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
    from helpers.paths import data_dir

    key = json.dumps([preload, limits])
    if key not in _zygotes or _zygotes[key].process.poll() is not None:
        _zygotes[key] = Zygote(list(preload), limits, data_dir())
        atexit.register(_zygotes[key].close)
    return _zygotes[key]
