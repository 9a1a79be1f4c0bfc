"""Grades the submissions of a lesson with several processes into one gradebook."""

import glob
import json
import queue
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
from nbgrader.apps.autogradeapp import AutogradeApp
from tqdm import tqdm

from grading import bwrap
from grading.converter import STAGE, UNSAFE, Result
from grading.execute import SandboxedExecute


class Worker:
    """A `grading.worker` process; it grades one student at a time."""

    def __init__(self, lesson, force, log, options):
        command = [sys.executable, "-m", "grading.worker", lesson, "force" if force else "due"]
        self.process = subprocess.Popen(
            [*command, str(log), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def grade(self, student):
        """Returns a `Result`, or None when the process has ended."""
        try:
            self.process.stdin.write(json.dumps(student) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        return Result(**json.loads(line)) if line else None

    def close(self):
        """Lets it end by itself: it takes its sandboxes down first."""
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        return self.process.returncode


def default_workers(memory):
    """One for each core, as far as there are `memory` bytes for each."""
    cores = psutil.cpu_count(logical=True) or 1
    return max(1, min(cores, int(psutil.virtual_memory().total // memory)))


def grade_all(lesson, students, workers, force=False, options=(), bar=None):
    """Grades each student once.

    Args:
        lesson: str, the assignment.
        students: list of str.
        workers: int.
        force: bool, grade again what has a result.
        options: nbgrader's command line options, such as `--Execute.timeout=900`.
        bar: a tqdm bar that counts, or None.

    Returns:
        list of `Result`, in the order of `students`.
    """
    room = Path(STAGE)
    room.mkdir(exist_ok=True)
    todo, results = queue.SimpleQueue(), {}
    for student in students:
        todo.put(student)

    def work(number):
        log = (room / f"worker-{number}.log").absolute()
        worker = None
        while True:
            try:
                student = todo.get_nowait()
            except queue.Empty:
                break
            worker = worker or Worker(lesson, force, log, options)
            result = worker.grade(student)
            if result is None:
                status = worker.close()
                worker = None
                result = Result(student, reason=f"grading ended with status {status}; see {log}")
            results[student] = result
            if bar is not None:
                bar.update()
        if worker:
            worker.close()

    threads = [threading.Thread(target=work, args=(n + 1,), daemon=True) for n in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[student] for student in students]


def summary(results, seconds):
    """What to tell the instructor: how many, how long, and each submission that needs a look."""
    graded = [r for r in results if r.graded]
    failed = [r for r in results if not r.graded and not r.skipped]
    lines = [
        f"{len(graded)} graded, {len(failed)} without a score, "
        f"{sum(r.skipped for r in results)} had a result already; {seconds:.0f} s"
    ]
    if graded:
        whole = statistics.median(r.seconds for r in graded)
        cells = statistics.median(r.cells for r in graded)
        lines[0] += f", {whole:.1f} s for the median submission, {cells:.1f} s of it for its cells"
    for result in results:
        if not result.graded and not result.skipped:
            lines.append(f"  NO SCORE  {result.student}: {result.reason}")
        elif result.reason:
            lines.append(f"  ended early  {result.student}: {result.reason}")
        lines += [f"  mended  {result.student}: {note}" for note in result.notes]
    return "\n".join(lines)


def run(lesson, workers=None, force=False, options=()):
    """Grades a lesson in the course folder, with a progress bar. Returns the results.

    Raises:
        SystemExit: where there is nothing to grade, or no sandbox; the message says which.
    """
    app = AutogradeApp()
    app.initialize([lesson, *options])
    settings = SandboxedExecute(config=app.config)
    if settings.sandbox and bwrap.why_not():
        raise SystemExit(bwrap.why_not())
    if not settings.sandbox:
        print(UNSAFE, file=sys.stderr)
    pattern = app.coursedir.format_path(app.coursedir.submitted_directory, "*", lesson)
    students = sorted(Path(path).parent.name for path in glob.glob(pattern))
    if not students:
        raise SystemExit(f"No submissions in {pattern}.")
    workers = min(workers or default_workers(settings.memory), len(students))
    begin = time.monotonic()
    with tqdm(total=len(students), desc=lesson, unit="submission") as bar:
        results = grade_all(lesson, students, workers, force, options, bar)
    print(summary(results, time.monotonic() - begin))
    return results
