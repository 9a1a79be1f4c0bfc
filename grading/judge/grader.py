"""The grader's side of a conversation with the process of an answer."""

import contextlib
import time

from grading.judge import wire
from grading.judge.handed import Handed, numbers
from grading.judge.packing import Packer
from grading.judge.received import Received
from grading.judge.unpacking import Unpacker
from grading.judge.wire import Malformed, need
from helpers.checks.place import TooManyLines

MOST_RECEIVED = 1 << 30  # bytes, from one answer in one check
MOST_MESSAGES = 1_000_000


class Unanswered(BaseException):
    """The other side is gone, late, or talks nonsense.

    Not an Exception: a check that takes any error of the answer for right is to end, too.
    """


class Judge:
    """A conversation with the process of the answer; for checks, the place where it runs.

    Args:
        channel: PipeChannel.
        answers: list of str, the names of the answer that it is about.
    """

    def __init__(self, channel, answers=()):
        self.channel, self.answers, self.dead, self.begun = channel, answers, None, False
        self.handed = Handed()
        self.received = Received(self.ask, self.handed)

    def begin(self, stop):
        """Begins a check, which must be over at `stop`, by `time.monotonic`."""
        self.stop, self.num_bytes, self.num_messages = stop, 0, 0
        self.limit = None  # of lines, see counting_lines
        if not self.begun:
            self.begun = True
            self.ask("begin")

    # --- asking -----------------------------------------------------------------------------------

    def ask(self, operation, *values):
        """What the other side answers, as a value.

        Raises:
            Exception: what the answer raised, as a class of the same name.
            TooManyLines: where it executed too many.
            Unanswered: where there is no such answer.
        """
        number = next(numbers)
        packer = self.packer()
        message = {
            "ask": number,
            "operation": operation,
            "values": packer.pack_all(values),
            "lines": self.limit,
            "dropped": take_all(self.received.dropped),
            "forgotten": take_all(self.handed.forgotten),
        }
        self.send(message, packer.blobs)
        while True:
            message, unpacker = self.receive()
            try:
                if "call" in message:
                    packer = self.packer()
                    self.send(self.handed.call(message, unpacker, packer), packer.blobs)
                    continue
                if message.get("answer") != number:  # a late one
                    continue
                value, error = self.conclude(message, unpacker)
            except Exception as error:  # whatever came, it is no fault of the check
                self.end(f"Your code's process sent something that is no answer: {error}.")
            if error is not None:
                raise error
            return value

    def conclude(self, message, unpacker):
        """`(value, None)` or `(None, error)`."""
        changes = message.get("changed")
        need(isinstance(changes, list), "no changes")
        for change in changes:
            need(isinstance(change, list) and len(change) == 3, "a wrong change")
            whose, number, node = change
            value = unpacker.unpack(node)
            (self.handed if whose == "yours" else self.received).change(number, value)
        if message.get("lines") is True:
            return None, TooManyLines()
        if "error" in message:
            return None, self.received.error(unpacker.unpack(message["error"]))
        need("value" in message, "no value")
        return unpacker.unpack(message["value"]), None

    def send(self, message, blobs):
        if self.dead:
            raise Unanswered(self.dead)
        try:
            self.channel.patience = max(0.0, self.stop - time.monotonic())
            self.channel.send(wire.to_bytes(message, blobs))
        except (EOFError, OSError):  # a TimeoutError is an OSError
            self.end("Your code's process is gone or does not listen.")

    def receive(self):
        if self.dead:
            raise Unanswered(self.dead)
        try:
            content = self.channel.recv(max(0.0, self.stop - time.monotonic()))
        except TimeoutError:
            self.end("Your code took too long.")
        except (EOFError, OSError):
            self.end("Your code ended the process that it runs in.")
        self.num_bytes += len(content)
        self.num_messages += 1
        if self.num_bytes > MOST_RECEIVED or self.num_messages > MOST_MESSAGES:
            self.end("Your code's process sent too much.")
        try:
            message, blobs = wire.from_bytes(content)
        except Malformed as error:
            self.end(f"Your code's process sent something that is no message: {error}.")
        return message, Unpacker(blobs, self.received.resolve, self.received.known)

    def packer(self):
        return Packer(self.handed.refer, self.handed.number)

    def end(self, why):
        self.dead = why
        raise Unanswered(why)

    # --- the place, for the checks ----------------------------------------------------------------

    def call(self, function, *args):
        return self.ask("beside", function.__module__, function.__qualname__, list(args))

    @contextlib.contextmanager
    def refusing(self, functions):
        self.ask("refuse", [[f.__module__, f.__qualname__] for f in functions])
        try:
            yield
        finally:
            with contextlib.suppress(Unanswered):
                self.ask("allow")

    @contextlib.contextmanager
    def counting_lines(self, most):
        before, self.limit = self.limit, most
        try:
            yield
        finally:
            self.limit = before


def take_all(values):
    """Empties a list to which others may append at any time."""
    return [values.pop() for _ in range(len(values))]
