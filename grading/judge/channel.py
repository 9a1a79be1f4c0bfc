"""A channel of messages over two file descriptors, which both sides of a judge may use."""

import os
import select
import struct
import threading
import time

LENGTH = struct.Struct(">Q")
MOST_BYTES = 128 << 20  # of one message: far more than any batch of a lesson
PATIENCE = 60.0  # seconds


class PipeChannel:
    """Messages of bytes, each with its length in front of it.

    Args:
        read_fd, write_fd: int, file descriptors of pipes, or one of a socket twice. They are set to
            non-blocking.
        most_bytes: int, of one message.

    Several threads may send; only one may receive.

    Attributes:
        patience: float, seconds for the other side to take a message.
    """

    def __init__(self, read_fd, write_fd, most_bytes=MOST_BYTES):
        self.read_fd, self.write_fd, self.most_bytes = read_fd, write_fd, most_bytes
        self.patience = PATIENCE
        self.received = bytearray()  # of a message that is not complete
        self.sending = threading.Lock()
        for fd in (read_fd, write_fd):
            os.set_blocking(fd, False)

    def send(self, message):
        """Sends one message.

        Raises:
            ValueError: where it is larger than `most_bytes`.
            EOFError: where the other side is gone.
            TimeoutError: where it takes too long, see `patience`. The rest of the message is lost.
        """
        if len(message) > self.most_bytes:
            raise ValueError(
                f"A message may have {self.most_bytes:,} bytes. Received: {len(message):,}"
            )
        stop = time.monotonic() + self.patience
        with self.sending:
            for part in (LENGTH.pack(len(message)), message):
                left = memoryview(part)
                while left:
                    wait_for(self.write_fd, select.POLLOUT, max(0.0, stop - time.monotonic()))
                    try:
                        left = left[os.write(self.write_fd, left) :]
                    except BlockingIOError:
                        continue
                    except OSError as error:
                        raise EOFError("The other side is gone.") from error

    def recv(self, timeout=None):
        """The next message, as bytes.

        Args:
            timeout: float or None, seconds for the whole message. What had come by then is kept.

        Raises:
            EOFError: where the other side is gone, or says that a message is too large.
            TimeoutError: after `timeout` seconds.
        """
        stop = None if timeout is None else time.monotonic() + timeout
        while True:
            if len(self.received) >= LENGTH.size:
                (size,) = LENGTH.unpack_from(self.received)
                if size > self.most_bytes:
                    raise EOFError(f"A message of {size:,} bytes was announced.")
                if len(self.received) >= LENGTH.size + size:
                    message = bytes(memoryview(self.received)[LENGTH.size : LENGTH.size + size])
                    del self.received[: LENGTH.size + size]
                    return message
            wait_for(self.read_fd, select.POLLIN, stop and max(0.0, stop - time.monotonic()))
            try:
                part = os.read(self.read_fd, 1 << 20)
            except BlockingIOError:
                continue
            except OSError as error:
                raise EOFError("The other side is gone.") from error
            if not part:
                raise EOFError("The other side is gone.")
            self.received += part

    def close(self):
        for fd in {self.read_fd, self.write_fd}:
            os.close(fd)


def wait_for(fd, event, timeout):
    poll = select.poll()
    poll.register(fd, event)
    if not poll.poll(None if timeout is None else timeout * 1000):
        raise TimeoutError("The other side did not answer in time.")
