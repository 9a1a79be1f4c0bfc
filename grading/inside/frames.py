"""Messages over a socket as data: four bytes of length, then JSON. Nothing is ever unpickled."""

import json
import select
import struct
import time

LENGTH = struct.Struct(">I")


class TooLarge(Exception):
    """The other side sent a message above the limit."""


def send(sock, message):
    """Sends one message that `json` can write."""
    data = json.dumps(message).encode("utf-8", "replace")
    sock.sendall(LENGTH.pack(len(data)) + data)


class Reader:
    """Reads messages from a socket whose other side is not trusted.

    Args:
        sock: a connected socket; stays in blocking mode.
        most: int, bytes that a message may have.
    """

    def __init__(self, sock, most):
        self.sock, self.most, self.buffer = sock, most, bytearray()

    def read(self, seconds=None):
        """Reads the next message.

        Args:
            seconds: float or None, how long to wait for it.

        Returns:
            What JSON says; nothing is known about its form. None when the time is over.

        Raises:
            EOFError: when the other side is gone.
            TooLarge: when a message is announced that is longer than `most`.
            ValueError: when it is not JSON, or nested too deeply to be read.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while (data := self._next()) is None:
            left = None if end is None else max(0, end - time.monotonic())
            if not select.select([self.sock], [], [], left)[0]:
                return None
            try:
                received = self.sock.recv(1 << 18)
            except OSError:
                received = b""
            if not received:
                raise EOFError("the other side is gone")
            self.buffer += received
        try:
            return json.loads(data)
        except RecursionError:
            raise ValueError("nested too deeply") from None

    def _next(self):
        if len(self.buffer) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack_from(self.buffer)
        if length > self.most:
            raise TooLarge(f"a message of {length:,} bytes; at most {self.most:,} are taken")
        end = LENGTH.size + length
        if len(self.buffer) < end:
            return None
        data = bytes(self.buffer[LENGTH.size : end])
        del self.buffer[:end]
        return data
