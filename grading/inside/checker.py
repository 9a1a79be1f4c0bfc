"""The judge's process: runs the check cells of one notebook on the answers of another process.

It has its own sandbox, sees no gradebook, and gets the text of one check at a time. An answer that
means to crash or exhaust the judge ends the grading of its own notebook only.
"""

import contextlib
import io
import os
import socket

from grading.inside import frames
from grading.inside.zygote import SHARED
from grading.judge import PipeChannel, judge_for, leave, run_check


def serve(fd, judge_fd):
    """Takes the lesson's own code and its checks, until the other side closes.

    Args:
        fd: of the socket to whoever grades.
        judge_fd: of the socket to the process of the answers.
    """
    sock, channel = socket.socket(fileno=fd), PipeChannel(judge_fd, judge_fd)
    reader, names = frames.Reader(sock, most=64 << 20), {"__name__": "checks"}
    judge = None
    reader.read()  # no files
    frames.send(sock, {"done": True})
    while True:
        try:
            request = reader.read()
        except EOFError:
            return
        if "lesson" in request:
            error = define(request["lesson"], names)
            for name in request["answers"]:  # asked of the other process, always
                names.pop(name, None)
            frames.send(sock, {"done": True, "error": error})
            continue
        judge = judge_for(channel, request["check"], names, judge)
        outcome = run_check(channel, request["check"], names, request["seconds"], SHARED, judge)
        leave(channel)
        empty(SHARED)
        frames.send(sock, {"done": True, "passed": outcome.passed is True, "text": outcome.text})


def define(source, names):
    """Runs the lesson's own code, such as its imports. Returns its error, or an empty string."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            exec(compile(source, "<lesson>", "exec", dont_inherit=True), names)
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return ""


def empty(folder):
    for top, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(top, name))
        for name in folders:
            os.rmdir(os.path.join(top, name))
