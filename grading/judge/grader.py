"""The grader's side: runs checks on objects that live in the process of the answer."""

import builtins
import contextlib
import itertools
import time
import weakref

import keras
import numpy as np
import pandas as pd

from grading.judge import models, remote, wire
from grading.judge.wire import Malformed, need
from helpers.checks import CheckFailed
from helpers.checks.place import TooManyLines

MOST_RECEIVED = 1 << 30  # bytes, from one answer in one check
MOST_MESSAGES = 1_000_000
MOST_TEXT = 20_000  # characters of an error of the answer
numbers = itertools.count(1)  # of all checks: a late answer to one is none to the next
STANDARD = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, Exception)
}


class Unanswered(BaseException):
    """The other side is gone, late, or talks nonsense.

    Not an Exception: a check that takes any error of the answer for right is to end, too.
    """


class Judge:
    """One check's conversation with the process of the answer; for checks, the place where it runs.

    Args:
        channel: with `send(bytes)` and `recv(timeout)`.
        stop: float, when the check must be over, by `time.monotonic`.
    """

    def __init__(self, channel, stop):
        self.channel, self.stop, self.dead = channel, stop, None
        self.received = self.messages = 0
        self.limit = None  # of lines, see counting_lines
        # Of the answer, by its numbers: what stands for it here, and how often each number came.
        self.remotes, self.times, self.dropped = weakref.WeakValueDictionary(), {}, []
        # Of the check, by our numbers: what was handed over, what may be asked of it, and what is
        # known over there of its content.
        self.handed, self.numbers, self.forgotten = {}, {}, []
        self.operations, self.models, self.raised = {}, set(), {}

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
            "values": packer.pack_all(values, 0),
            "lines": self.limit,
            "dropped": take_all(self.dropped),
            "forgotten": take_all(self.forgotten),
        }
        self.send(message, packer.blobs)
        while True:
            message, unpacker = self.receive()
            try:
                if "call" in message:
                    self.answer(message, unpacker)
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
            if whose == "yours":
                self.take_change(number, value)
            elif number in self.remotes:
                update(self.remotes[number], value)
        if message.get("lines") is True:
            return None, TooManyLines()
        if "error" in message:
            return None, self.error(unpacker.unpack(message["error"]))
        need("value" in message, "no value")
        return unpacker.unpack(message["value"]), None

    def send(self, message, blobs):
        if self.dead:
            raise Unanswered(self.dead)
        try:
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
        self.received += len(content)
        self.messages += 1
        if self.received > MOST_RECEIVED or self.messages > MOST_MESSAGES:
            self.end("Your code's process sent too much.")
        try:
            message, blobs = wire.from_bytes(content)
        except Malformed as error:
            self.end(f"Your code's process sent something that is no message: {error}.")
        return message, wire.Unpacker(blobs, self.resolve, self.known)

    def end(self, why):
        self.dead = why
        raise Unanswered(why)

    # --- what comes from the answer ---------------------------------------------------------------

    def known(self, value, number):
        """One object here for each array there, so that a change over there shows here, too."""
        need(wire.is_count(number) and isinstance(value, np.ndarray), "a wrong number")
        self.count(number)
        here = self.remotes.get(number)
        if here is None:
            self.remotes[number] = value
            weakref.finalize(value, self.drop, number).atexit = False
            return value
        need(type(here) is np.ndarray, "a wrong number")
        return here if update(here, value) else value

    def count(self, number):
        self.times[number] = self.times.get(number, 0) + 1

    def drop(self, number):
        self.dropped.append([number, self.times.pop(number, 0)])

    def resolve(self, unpacker, node):
        match node:
            case ["yours", number] if wire.is_count(number) and number in self.handed:
                return self.object(number)
            case ["variable", number, i] if wire.is_count(number) and wire.is_count(i):
                model = self.object(number) if number in self.handed else None
                need(isinstance(model, keras.Model) and i < len(model.weights), "a wrong variable")
                return model.weights[i]
            case ["history", values]:
                history = keras.callbacks.History()
                history.history = unpacker.unpack(values)
                return history
            case ["mine", number, str(name), list(can), counts_as, is_type, parameters]:
                return self.stand_in(number, name, can, counts_as, is_type, parameters)
        raise Malformed("a wrong reference")

    def stand_in(self, number, name, can, counts_as, is_type, parameters):
        need(wire.is_count(number) and type(is_type) is bool, "a wrong reference")
        need(name.isidentifier() and len(name) < 200, "a wrong name")
        need(all(type(a) is str and a in remote.METHODS for a in can), "a wrong ability")
        need(counts_as is None or counts_as in remote.KIND_NAMES, "a wrong kind")
        self.count(number)
        if number in self.remotes:
            return self.remotes[number]
        if is_type:
            made = remote.remote_type(name, counts_as, self.ask, number)
        else:
            try:
                signature = None if parameters is None else remote.signature(parameters)
            except (TypeError, ValueError, IndexError) as error:
                raise Malformed("a wrong signature") from error
            made = remote.remote_class(name, tuple(sorted(set(can))), counts_as)(
                self.ask, number, signature
            )
        self.remotes[number] = made
        weakref.finalize(made, self.drop, number).atexit = False
        return made

    def error(self, value):
        """An exception of the answer, as one of a class of the same name and standard base."""
        need(isinstance(value, dict), "a wrong error")
        name, base, text, args, trace, raised = map(value.get, ERROR)
        need(all(type(part) is str for part in (name, base, text, trace)), "a wrong error")
        if type(raised) is int and raised in self.raised:
            return self.raised[raised]
        if name == "CheckFailed":
            return CheckFailed(text[:MOST_TEXT])
        name = name if name.isidentifier() and len(name) < 100 else "Error"
        kind = type(name, (STANDARD.get(base, Exception),), {"__str__": lambda self: self.text})
        plain = isinstance(args, tuple) and all(type(a) in (str, int, float) for a in args)
        try:
            error = kind(*args) if plain else kind(text)
        except Exception:  # some, such as UnicodeDecodeError, ask for more
            error = type(name, (Exception,), {"__str__": lambda self: self.text})(text)
        error.text, error.trace = text[:MOST_TEXT], trace[-MOST_TEXT:]
        return error

    # --- what is handed to the answer -------------------------------------------------------------

    def packer(self):
        return wire.Packer(self.refer, self.number)

    def number(self, value):
        """The number of an object of the check; it is forgotten with the object."""
        key = id(value)
        if key not in self.numbers:
            number = self.numbers[key] = next(numbers)
            if isinstance(value, (np.ndarray, pd.DataFrame)):
                self.handed[number] = weakref.ref(value)
                weakref.finalize(value, self.forget, key, number).atexit = False
            else:
                self.handed[number] = lambda: value
        return self.numbers[key]

    def forget(self, key, number):
        del self.numbers[key], self.handed[number]
        self.forgotten.append(number)

    def object(self, number):
        value = self.handed[number]()
        need(value is not None, "a number of the past")
        return value

    def refer(self, packer, value):
        if isinstance(value, remote.Remote) or hasattr(value, "_number"):
            return ["yours", value._number]
        if isinstance(value, keras.optimizers.Optimizer):
            return ["optimizer", models.named(value, "keras.optimizers")]
        number = self.number(value)
        if isinstance(value, np.random.Generator):
            return ["rng", number, packer.pack(value.bit_generator.state)]
        if isinstance(value, keras.Model):
            return self.model(packer, value, number)
        self.operations[number] = operations_of(value)
        return ["operations", number, type(value).__name__, list(self.operations[number])]

    def model(self, packer, value, number):
        """The node of a model: what it is made of the first time, then its state."""
        new = None
        if number not in self.models:
            self.models.add(number)
            inside = []
            for i, layer in enumerate(models.layers_of(value)[1:], start=1):
                if isinstance(layer, keras.Model):
                    self.models.add(self.number(layer))
                    inside.append([i, self.number(layer)])
            new = [packer.pack(models.description(value, packer.pack)), inside]
        return ["model", number, new, packer.untracked(models.state(value))]

    # --- what the answer does with it -------------------------------------------------------------

    def answer(self, message, unpacker):
        """Does what the other side asks of an object of the check."""
        of, name, number = message.get("of"), message.get("name"), message["call"]
        need(wire.is_count(of) and type(name) is str, "a wrong call")
        operation = self.operations.get(of, {}).get(name)
        need(operation is not None, "an operation that is not offered")
        values = unpacker.unpack(message.get("values"))
        need(type(values) is list, "no values")
        packer, reply = self.packer(), {"answer": number}
        try:
            reply["value"] = packer.pack(operation(*values))
        except StopIteration:
            reply["end"] = True
        except Exception as error:
            self.raised[len(self.raised)] = error
            reply["raise"] = [type(error).__name__, str(error), len(self.raised) - 1]
        self.send(reply, packer.blobs)

    def take_change(self, number, value):
        """Makes an object of the check what the answer has made of it."""
        if number not in self.handed:
            return
        here = self.object(number)
        try:
            if isinstance(here, np.ndarray):
                update(here, value)
            elif isinstance(here, pd.DataFrame):
                table = isinstance(value, pd.DataFrame)
                pd.DataFrame.__init__(here, value if table else {"no": ["table"]})
            elif isinstance(here, np.random.Generator):
                need(value["bit_generator"] == here.bit_generator.state["bit_generator"], "no rng")
                here.bit_generator.state = value
            elif isinstance(here, keras.Model):
                models.set_state(here, value["state"])
                if value["compiled"] is not None:
                    models.compile_as(here, value["compiled"])
                if value["rate"] is not None and here.compiled:
                    here.optimizer.learning_rate = float(value["rate"])
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise Malformed(f"a wrong change of a {type(here).__name__}") from error

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


ERROR = ("name", "base", "text", "args", "trace", "raised")


def take_all(values):
    """Empties a list to which others may append at any time."""
    return [values.pop() for _ in range(len(values))]


def update(here, value):
    """Gives an array the values of another, in place; False where that is not possible."""
    need(type(here) is np.ndarray and isinstance(value, np.ndarray), "no array")
    fits = here.shape == value.shape and here.dtype == value.dtype and here.flags.writeable
    if fits:
        np.copyto(here, value)
    return fits


def operations_of(value):
    """What an answer may do with an object of a check, function by name."""
    if hasattr(value, "__next__"):
        return {"__next__": value.__next__}
    if type(value).__module__.startswith("helpers.checks."):
        special = ("__len__", "__getitem__", "__iter__")
        names = [n for n in dir(type(value)) if not n.startswith("_") or n in special]
        return {name: getattr(value, name) for name in names if callable(getattr(value, name))}
    raise TypeError(f"A check cannot hand a {type(value).__name__} to an answer elsewhere.")
