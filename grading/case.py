"""One submission being graded: the process of its answers, and the process of the judge."""

import contextlib
import itertools
import select
import socket
import time

from grading.box import WATCH, Ended
from grading.outputs import failure

numbers = itertools.count(1)


class JudgeEnded(Exception):
    """The judge's process is no more."""


class Case:
    """Two sandboxed processes with one socket between them.

    Cells run in the one. Checks run in the other, which asks the first for what they use, so that
    no answer can read or change a check. Scores come from the judge alone.

    Args:
        zygote: `grading.box.Zygote`.
        files: dict of relative path to bytes, beside the notebook.
        lesson: `grading.lesson.Lesson`.
    """

    def __init__(self, zygote, files, lesson):
        self.zygote, self.lesson, self.judge, self.lost = zygote, lesson, None, ""
        self.folder = str(next(numbers))
        self.judges_end, end = socket.socketpair()
        with end:
            self.student = zygote.start(
                "grading.inside.shell:serve", files, end, [self.folder, False]
            )

    def run(self, source, seconds, show):
        """Runs a cell. Returns an error output where it took too long, otherwise None.

        Raises:
            Ended: when the student's process is no more.
        """
        if self.student.ask({"source": source}, seconds, show) is None:
            return failure("CellTimeoutError", f"The cell ran longer than {seconds:.0f} s.")
        return None

    def check(self, source, seconds, show):
        """Runs a check. Shows what it said; returns an error output where it failed."""

        def printed(output):  # of the answer, while the check asks it
            if isinstance(output, dict) and output.get("output_type") == "stream":
                show(output)

        passed, text = False, self.lost
        if not self.lost:
            try:
                passed, text = self._verdict(source, seconds, printed)
            except JudgeEnded as error:
                self.lost = text = f"The check could not be completed: the judge {error}."
            if self.student.wait(self.student.limits["grace"], printed) is None:
                self.student.interrupt(seconds, printed)
        if passed:
            show({"output_type": "stream", "text": f"{text}\n" if text else ""})
            return None
        return failure("CheckFailed", text, [text])

    def _verdict(self, source, seconds, printed):
        """Whether a check passed, and what the judge says."""
        with self._judging() as judge:
            self.student.tell({"answer": True})
            judge.tell({"check": source, "seconds": seconds})
            # The judge keeps to the time by itself; this is for one that an answer has stopped.
            until = time.monotonic() + seconds + 2 * judge.limits["grace"]
            while time.monotonic() < until:
                verdict = judge.poll()
                if verdict:
                    return verdict["passed"] is True, str(verdict["text"])
                self.student.poll(printed)
                select.select([judge.sock, self.student.sock], [], [], WATCH)
            judge.close()
            raise Ended(f"took longer than {seconds:.0f} s")

    def define(self, source):
        """Runs a locked cell that gives no points on the judge's side, too."""
        if not self.lost:
            with contextlib.suppress(JudgeEnded), self._judging() as judge:
                judge.ask({"lesson": source, "answers": self.lesson.answers}, 600)

    @contextlib.contextmanager
    def _judging(self):
        """The judge's box; its end is told apart from that of the student's."""
        if self.judge is None:
            self.judge = self.zygote.start(
                "grading.inside.checker:serve", {}, self.judges_end, [self.folder, True]
            )
            self.judges_end.close()
            self.define(self.lesson.imports)
        try:
            yield self.judge
        except Ended as error:
            if not self.judge.closed:
                raise
            raise JudgeEnded(str(error)) from None

    def close(self):
        self.judges_end.close()
        for box in (self.student, self.judge):
            if box is not None:
                box.close()
