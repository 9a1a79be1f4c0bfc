"""One submission's process, seen from outside: started, given cells, watched, and taken down."""

import base64
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time

import psutil

from grading import bwrap
from grading.inside import frames

LARGEST = 32 << 20  # bytes in one message, as of a picture
WATCH = 0.25  # seconds between two looks at memory and processes
AT_ONCE = 1000  # messages, before the clock is looked at


class Ended(Exception):
    """The process is gone or had to be ended; the message says why."""


def nothing(output):
    """What is shown is not wanted."""


class Zygote:
    """Starts sandboxed processes that have everything imported.

    Args:
        preload: list of module names.
        limits: dict, see `SandboxedExecute.limits`.
        data: list of Path, folders of prepared data.
    """

    def __init__(self, preload, limits, data=()):
        bwrap.require()
        self.limits = limits
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [*bwrap.outer(data), sys.executable, "-P", "-m", "grading.inside.zygote"]
        command += [str(there.fileno()), json.dumps(preload), json.dumps(limits)]
        with there:
            self.process = subprocess.Popen(
                command, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL
            )
        self.control, self.reader = here, frames.Reader(here, 1 << 16)
        self._answer(300)

    def start(self, serve, files, judge_socket, shared):
        """Starts a process in a fresh sandbox.

        Args:
            serve: `module:function` that it runs with the descriptors of two sockets.
            files: dict of relative path to bytes, written into its working folder.
            judge_socket: the second socket, between the judge and the answers.
            shared: `[name, writable]` of a folder, seen as `/shared`.

        Returns:
            A `Box`.
        """
        here, there = socket.socketpair()
        with there:
            request = json.dumps({"do": "spawn", "serve": serve, "shared": shared}).encode()
            fds = [there.fileno(), judge_socket.fileno()]
            socket.send_fds(self.control, [request], fds)
            pid = self._answer(60)["pid"]
        return Box(here, files, pid, self.limits, zygote=self)

    def end(self, pid):
        self.control.send(json.dumps({"do": "end", "pid": pid}).encode())
        return self._answer(60)["status"]

    def _answer(self, seconds):
        try:
            answer = self.reader.read(seconds)
        except EOFError:
            answer = None
        if answer is None:
            self.close()
            raise RuntimeError("the process that starts the sandboxes has ended")
        if "error" in answer:
            raise RuntimeError(f"no sandbox could be made. {answer['error']}")
        return answer

    def close(self):
        """Ends all sandboxes."""
        self.control.close()
        self.process.kill()
        self.process.wait()


class Box:
    """One running process and the socket to it."""

    def __init__(self, sock, files, pid, limits, zygote):
        self.sock, self.pid, self.limits, self.zygote = sock, pid, limits, zygote
        self.reader, self.looked, self.closed = frames.Reader(sock, LARGEST), 0.0, False
        self.done = None
        try:
            self.space = os.readlink(f"/proc/{pid}/ns/pid")
            self.tell({name: base64.b64encode(data).decode() for name, data in files.items()})
            if self.wait(60) is None:
                raise Ended("could not be started")
        except BaseException:
            self.close()
            raise

    def ask(self, request, seconds, show=nothing):
        """Lets the process do one thing.

        Args:
            request: what JSON can write.
            seconds: float, after which it is interrupted, and ended if that does not help.
            show: function that takes each output, a dict of unknown form.

        Returns:
            The last message, a dict of unknown form; None if it had to be interrupted.

        Raises:
            Ended: when the process is no more.
        """
        self.tell(request)
        return self.wait(seconds, show) or self.interrupt(seconds, show)

    def tell(self, request):
        self.done = None
        try:
            frames.send(self.sock, request)
        except OSError:
            raise Ended("ended its Python process" + self.cause()) from None

    def wait(self, seconds, show=nothing):
        """The message that says it is done; None when the time is over."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self.poll(show):
                return self.done
            select.select([self.sock], [], [], min(left, WATCH))
        return None

    def interrupt(self, seconds, show=nothing):
        """Ends what the process is doing, and the process itself if that does not help."""
        os.kill(self.pid, signal.SIGINT)
        if self.wait(self.limits["grace"], show) is None:
            raise Ended(f"ran a cell longer than {seconds:.0f} s that could not be interrupted")

    def poll(self, show=nothing):
        """Takes what the process has said by now. Returns the message that says it is done."""
        self.watch()
        for _ in range(AT_ONCE):
            try:
                message = self.reader.read(0)
            except EOFError:
                raise Ended("ended its Python process" + self.cause()) from None
            except (frames.TooLarge, ValueError) as error:
                raise Ended(f"sent what cannot be read: {error}") from None
            if message is None:
                break
            if isinstance(message, dict) and "done" in message:
                self.done = message
            elif isinstance(message, dict):
                show(message.get("output"))
        return self.done

    def watch(self):
        """Ends a process that takes more memory or processes than it may, with all it started.

        The kernel limits each process; together they are limited here. Memory that processes share
        is counted once.
        """
        if time.monotonic() - self.looked < WATCH:
            return
        members = self.members()
        if len(members) > self.limits["processes"]:
            raise Ended(f"started more than {self.limits['processes']} processes")
        if sum(rss(p) for p in members) > self.limits["memory"]:
            if sum(shared_once(p) for p in members) > self.limits["memory"]:
                raise Ended(f"took more than {self.limits['memory'] >> 20} MiB of memory")
        self.looked = time.monotonic()

    def members(self):
        """All processes in the sandbox, whoever is their parent."""
        found = []
        for pid in psutil.pids():
            try:
                if os.readlink(f"/proc/{pid}/ns/pid") == self.space:
                    found.append(psutil.Process(pid))
            except (OSError, psutil.Error):
                pass  # ended in between, or of another user
        return found

    def cause(self):
        """How the process ended, for the message."""
        status = self.close()
        if status is None or status == 0:
            return ""
        if status > 128:
            return f" by {signal.Signals(status - 128).name}"
        return f" with status {status}"

    def close(self):
        """Ends the process and all that it started. Returns its status, None if it was ended."""
        if self.closed:
            return None
        self.closed = True
        self.sock.close()
        return self.zygote.end(self.pid)


def rss(process):
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def shared_once(process):
    try:
        return process.memory_full_info().pss
    except (psutil.Error, AttributeError, PermissionError):
        return rss(process)
