"""Runs the cells of one notebook and sends what they show, as notebook outputs.

IPython's own shell, with the three places where it shows something replaced by messages. Whoever
reads the messages must not trust them: the code of the student runs in the same process.
"""

import base64
import io
import os
import signal
import socket
import sys
import threading
import time

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from grading.inside import frames
from grading.judge import PipeChannel, student

PORTION = 1 << 20  # characters in one message


class Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs):
        flush()
        self.shell.tell(
            output_type="display_data",
            data=as_text(data),
            metadata=metadata or {},
            display_id=(transient or {}).get("display_id"),
            update=bool(update),
        )

    def clear_output(self, wait=False):
        flush()
        self.shell.tell(output_type="clear_output", wait=bool(wait))


class Hook(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        flush()
        self.shell.tell(
            output_type="execute_result",
            data=as_text(format_dict),
            metadata=md_dict or {},
            execution_count=self.prompt_count,
        )


class Shell(InteractiveShell):
    """IPython as a kernel has it, without sockets, history on disk or input."""

    display_pub_class = Publisher
    displayhook_class = Hook
    tell = None

    def _showtraceback(self, etype, evalue, stb):
        flush()
        self.tell(
            output_type="error", ename=str(etype.__name__), evalue=safe_str(evalue), traceback=stb
        )

    def enable_gui(self, gui=None):
        pass  # pictures are inline; there is no window to serve

    def ask_exit(self):
        pass  # quit() ends nothing in a notebook that is graded


class Stream(io.TextIOBase):
    """Standard output and error: text that is sent in portions."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, tell, name):
        self.tell, self.label, self.parts, self.size = tell, name, [], 0
        self.lock, self.sent = threading.RLock(), time.monotonic()

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self.lock:
            self.parts.append(text)
            self.size += len(text)
            if self.size > 8192 or time.monotonic() - self.sent > 0.2:
                self.flush()
        return len(text)

    def flush(self):
        with self.lock:
            text = "".join(self.parts)
            for start in range(0, len(text), PORTION):
                part = text[start : start + PORTION]
                self.tell(output_type="stream", name=self.label, text=part)
            self.parts, self.size, self.sent = [], 0, time.monotonic()


def as_text(data):
    """A bundle of MIME types as a notebook holds it: pictures in base64."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


def flush():
    """Sends what was printed so far, so that outputs keep their order."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass  # replaced by the student


def safe_str(value):
    try:
        return str(value)
    except BaseException:
        return f"<{type(value).__name__} that cannot be shown>"


def make_shell(tell):
    """A fresh shell whose outputs go to `tell(**output)`."""
    config = Config()
    config.HistoryManager.enabled = False
    # A traceback names the student's line and the message, without pages of source around them.
    config.InteractiveShell.xmode = "Plain"
    Shell.tell = staticmethod(tell)
    shell = Shell.instance(config=config, user_ns={"__name__": "__main__"})
    return shell


def serve(fd, judge_fd):
    """Takes files, then cells, until the other side closes.

    Args:
        fd: of the socket to whoever grades.
        judge_fd: of the socket to the judge, whose questions are answered while a check runs.
    """
    sock, channel = socket.socket(fileno=fd), PipeChannel(judge_fd, judge_fd)
    reader = frames.Reader(sock, most=256 << 20)
    lock = threading.RLock()

    def tell(**output):
        with lock:
            try:
                frames.send(sock, {"output": output})
            except (TypeError, ValueError):  # an object of the student that JSON cannot write
                frames.send(sock, {"output": {"output_type": "unreadable"}})

    for name, content in reader.read().items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        with open(name, "wb") as file:
            file.write(base64.b64decode(content))
    # At the end of the path: a file of the submission can be imported and shadows nothing.
    sys.path.append(os.getcwd())
    streams = Stream(tell, "stdout"), Stream(tell, "stderr")
    sys.stdout, sys.stderr = streams
    shell = make_shell(tell)
    server = student.Server(channel, shell.user_ns)
    frames.send(sock, {"done": True})
    while True:
        try:
            request = reader.read()
        except EOFError:
            return
        sys.stdout, sys.stderr = streams
        if "source" in request:
            run(shell, request["source"])
        else:
            answer(server)
        frames.send(sock, {"done": True})


def answer(server):
    """Answers the judge about what the notebook has defined, until it leaves."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server.serve()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        flush()


def run(shell, source):
    """Runs one cell. An interrupt that comes too late hits nothing."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        shell.run_cell(source, store_history=True)
    except BaseException as error:
        name, value = type(error).__name__, safe_str(error)
        shell.tell(output_type="error", ename=name, evalue=value, traceback=[f"{name}: {value}"])
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        flush()
