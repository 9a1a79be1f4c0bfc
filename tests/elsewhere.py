"""Judges answers as grading does: each in a process of its own, the checks in this one.

A server imports TensorFlow once and forks a process for each answer, which runs it and then answers
what the checks ask. `python tests/elsewhere.py` judges all of tests/answers and prints the table of
`make answers`.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grading.judge import PipeChannel, judge_for, leave, run_check

TESTS = Path(__file__).parent


class Elsewhere:
    """Starts the server; `with Elsewhere() as elsewhere` ends it."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "socket")
        command = [sys.executable, __file__, "--serve", self.path]
        self.server = subprocess.Popen(command, cwd=TESTS, start_new_session=True)
        while not os.path.exists(self.path):
            assert self.server.poll() is None, "the server did not start"
            time.sleep(0.05)
        return self

    def __exit__(self, *_):
        os.killpg(self.server.pid, signal.SIGKILL)  # with answers that loop for ever
        self.server.wait()
        self.folder.cleanup()

    @contextlib.contextmanager
    def answer(self, sources):
        """A channel to a new process that has run `sources`, a list of `(source, name)`."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.path)
            channel = PipeChannel(connection.fileno(), connection.fileno())
            channel.send(json.dumps(list(sources)).encode())
            try:
                yield channel
            finally:
                leave(channel)

    def judge(self, answer, nb=None, limit=300.0):
        """A `judging.Verdict`, as that of `judging.judge`."""
        nb = nb or course.solution(answer.exercise.lesson)
        names, earned, messages = {"__name__": "__main__"}, 0, []
        judging.run(nb.cells[1].source, "<imports>", names)
        names = {name: value for name, value in names.items() if name == "checks"}
        judge = None
        with self.answer(judging.sources(answer, nb)) as channel:
            for check in answer.exercise.checks:
                judge = judge_for(channel, check.source, names, judge)
                outcome = run_check(channel, check.source, names, limit, judge=judge)
                earned += course.points(check) * outcome.passed
                if not outcome.passed:
                    messages.append(outcome.text)
        return judging.Verdict(earned, messages)


# --- the server -----------------------------------------------------------------------------------


def serve(path):
    import keras  # noqa: F401  (what every answer imports)
    import tensorflow  # noqa: F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the processes of answers
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path + ".new")
    listening.listen(8)
    os.rename(path + ".new", path)
    while True:
        connection, _ = listening.accept()
        if os.fork() == 0:
            try:
                run_answer(connection)
            finally:
                os._exit(0)
        connection.close()


def run_answer(connection):
    from grading.judge import student

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    channel = PipeChannel(connection.fileno(), connection.fileno())
    names = {"__name__": "__main__"}
    with contextlib.suppress(BaseException):  # its checks then run without it
        for source, name in json.loads(channel.recv()):
            exec(compile(source, name, "exec", dont_inherit=True), names)
    student.serve(channel, names)


if __name__ == "__main__" and "--serve" in sys.argv:
    serve(sys.argv[-1])

import conftest  # noqa: E402, F401  (sets the environment: offline, a data folder of its own)
import course  # noqa: E402
import judging  # noqa: E402


def main():
    with Elsewhere() as elsewhere:
        rows = (judging.judge_all(e, elsewhere.judge) for e in course.all_exercises())
        return judging.print_table(rows)


if __name__ == "__main__":
    sys.exit(main())
