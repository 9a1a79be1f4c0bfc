"""The side of the answer: does what the checks ask of the objects that live in this process.

Nothing here is a barrier. Whatever an answer does to this process, it can only send messages, which
the grader's side takes for data.
"""

import builtins
import contextlib
import importlib
import inspect
import itertools
import queue
import signal
import threading
import traceback
import types

import keras
import numpy as np
import pandas as pd

from grading.judge import models, remote, standins, wire
from helpers.checks import place


def serve(channel, namespace):
    """Answers a grader's questions about what `namespace` holds, until it leaves.

    Args:
        channel: with `send(bytes)` and `recv(timeout)`.
        namespace: dict, in which the answers ran.
    """
    server = Server(channel, namespace)
    reader = threading.Thread(target=server.read, daemon=True)
    reader.start()
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # it came when there was nothing to interrupt
            if not server.serve_one():
                return


class Server:
    def __init__(self, channel, namespace):
        self.channel, self.namespace = channel, namespace
        self.questions, self.waiting = queue.Queue(), {}
        self.numbers = itertools.count(1)
        self.lock = threading.RLock()  # a thread of the answer may ask at any time
        self.busy = False
        self.begin()

    def begin(self):
        """Forgets the check before."""
        self.kept, self.times, self.known_as = {}, {}, {}  # of the answer: what the grader knows
        self.handed, self.handed_as = {}, {}  # of the check
        self.contents, self.models = {}, {}  # as the grader knows them
        self.refusals = contextlib.ExitStack()

    # --- messages ---------------------------------------------------------------------------------

    def read(self):
        """Sorts what comes: questions to the main thread, answers to the thread that waits."""
        while True:
            try:
                message, blobs = wire.from_bytes(self.channel.recv(None))
            except (EOFError, OSError, wire.Malformed):
                message, blobs = {"leave": True}, []
            if "leave" in message:
                self.questions.put(None)
                for waiting in self.waiting.values():
                    waiting.put(None)
                return
            if "interrupt" in message:
                if self.busy:
                    # As the interrupt button does: it ends a sleep, too.
                    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            elif "ask" in message:
                self.questions.put((message, blobs))
            elif message.get("answer") in self.waiting:
                self.waiting[message["answer"]].put((message, blobs))

    def send(self, message, packer):
        self.channel.send(wire.to_bytes(message, packer.blobs))

    def packer(self):
        return wire.Packer(self.refer, self.number, self.same)

    def unpacker(self, blobs):
        return wire.Unpacker(blobs, self.resolve, self.take)

    def serve_one(self):
        question = self.questions.get()
        if question is None:
            return False
        message, blobs = question
        reply, packer = {"answer": message["ask"]}, self.packer()
        try:
            self.busy = True
            for number, count in message["dropped"]:
                self.drop(number, count)
            for number in message["forgotten"]:
                self.forget(number)
            values = [self.unpacker(blobs).unpack(value) for value in message["values"]]
            operation = getattr(self, "do_" + message["operation"])
            with contextlib.ExitStack() as stack:
                if message["lines"]:
                    stack.enter_context(place.Here().counting_lines(message["lines"]))
                value = operation(*values)
            with self.lock:
                reply["value"] = packer.pack(value)
        except place.TooManyLines:
            reply["lines"] = True
        except BaseException as error:
            reply["error"] = packer.untracked(described(error))
        finally:
            self.busy = False
        with self.lock:
            reply["changed"] = self.changes(packer)
        try:
            self.send(reply, packer)
        except ValueError as error:  # too large
            reply = {
                "answer": message["ask"],
                "changed": [],
                "error": packer.pack(described(error)),
            }
            self.send(reply, self.packer())
        return True

    def ask(self, of, name, *values):
        """Asks an object of the check for something, from whatever thread.

        Raises:
            StopIteration: where it has come to its end.
            Exception: what it raised.
        """
        number, waiting = next(self.numbers), queue.Queue()
        self.waiting[number] = waiting
        with self.lock:
            packer = self.packer()
            message = {"call": number, "of": of, "name": name}
            message["values"] = packer.pack(list(values))
        self.send(message, packer)
        answer = waiting.get()
        del self.waiting[number]
        if answer is None:
            raise EOFError("The grader is gone.")
        message, blobs = answer
        if "end" in message:
            raise StopIteration
        if "raise" in message:
            raise standins.raised(*message["raise"])
        with self.lock:
            return self.unpacker(blobs).unpack(message["value"])

    # --- what the grader asks for -----------------------------------------------------------------

    def do_begin(self):
        self.refusals.close()
        self.begin()

    def do_name(self, name):
        if name not in self.namespace:
            raise NameError(f"name {name!r} is not defined")
        return self.namespace[name]

    def do_call(self, target, args, kwargs):
        return target(*args, **kwargs)

    def do_getattr(self, target, name):
        return getattr(target, name)

    def do_next(self, target):
        return next(target)

    def do_iter(self, target):
        return Iterator(iter(target))

    def do_len(self, target):
        return len(target)

    def do_getitem(self, target, key):
        return target[key]

    def do_array(self, target):
        return np.asarray(target)

    def do_beside(self, module, name, args):
        function = importlib.import_module(module)
        for part in name.split("."):
            function = getattr(function, part)
        return function(*args)

    def do_refuse(self, names):
        functions = []
        for module, name in names:
            function = importlib.import_module(module)
            for part in name.split("."):
                function = getattr(function, part)
            functions.append(function)
        self.refusals.enter_context(place.Here().refusing(functions))

    def do_allow(self):
        self.refusals.close()

    # --- objects of the answer --------------------------------------------------------------------

    def keep(self, value):
        """The number by which the grader knows an object of the answer."""
        number = self.known_as.get(id(value))
        if number is None:
            number = self.known_as[id(value)] = next(self.numbers)
            self.kept[number] = value
        self.times[number] = self.times.get(number, 0) + 1
        return number

    def drop(self, number, count):
        if number in self.kept:
            self.times[number] -= count
            if self.times[number] <= 0:
                del self.times[number], self.known_as[id(self.kept[number])], self.kept[number]
                self.contents.pop(("mine", number), None)

    def number(self, value):
        if not isinstance(value, np.ndarray):
            return None
        number = self.keep(value)
        self.contents["mine", number] = wire.digest(value)
        return number

    def same(self, value):
        """The node of an object of the check, other than data."""
        if isinstance(value, (np.ndarray, pd.DataFrame)):
            return None
        number = self.handed_as.get(id(value))
        return None if number is None else ["yours", number]

    def refer(self, packer, value):
        if isinstance(value, Iterator):
            value = value.iterator
        variable = self.variable(value)
        if variable:
            return variable
        if isinstance(value, keras.callbacks.History):
            return ["history", packer.pack(value.history)]
        is_type = isinstance(value, type)
        name = value.__name__ if is_type else type(value).__name__
        can = [] if is_type else [a for a, (n, _) in remote.METHODS.items() if able(value, n)]
        kind = remote.kind_of(value)
        return ["mine", self.keep(value), name, can, kind, is_type, parameters(value)]

    def variable(self, value):
        """The node of a variable that belongs to a model of the check."""
        if isinstance(value, keras.Variable):
            for number, model in self.handed.items():
                if isinstance(model, keras.Model):
                    for i, weight in enumerate(model.weights):
                        if weight is value:
                            return ["variable", number, i]
        return None

    # --- objects of the check ---------------------------------------------------------------------

    def take(self, value, number):
        """One object here for each array or table of the check."""
        if number in self.handed:
            standins.update(self.handed[number], value)
        else:
            self.hand(value, number)
        self.contents["yours", number] = wire.digest(self.handed[number])
        return self.handed[number]

    def hand(self, value, number):
        self.handed[number], self.handed_as[id(value)] = value, number

    def forget(self, number):
        if number in self.handed:
            del self.handed_as[id(self.handed.pop(number))]
            self.contents.pop(("yours", number), None)

    def resolve(self, unpacker, node):
        match node:
            case ["yours", number]:
                return self.kept[number]
            case ["rng", number, state]:
                return self.rng(number, unpacker.unpack(state))
            case ["model", number, new, state]:
                return self.model(number, new, state, unpacker)
            case ["operations", number, name, operations]:
                if number not in self.handed:
                    self.hand(standins.of_operations(self.ask, number, name, operations), number)
                return self.handed[number]
            case ["optimizer", value]:
                return models.made(value, "keras.optimizers")
        raise wire.Malformed(f"an unknown reference: {node}")

    def rng(self, number, state):
        if number not in self.handed:
            self.hand(np.random.Generator(getattr(np.random, state["bit_generator"])()), number)
        self.handed[number].bit_generator.state = state
        self.contents["yours", number] = state_of(self.handed[number])
        return self.handed[number]

    def model(self, number, new, state, unpacker):
        if number not in self.handed:
            description, inside = new
            made = models.build(unpacker.unpack(description), unpacker.unpack)
            self.hand(made, number)
            for i, inner in inside:
                self.hand(models.layers_of(made)[i], inner)
        model = self.handed[number]
        models.set_state(model, unpacker.unpack(state))
        for number, value in self.handed.items():  # it may hold another, or be held by one
            if isinstance(value, keras.Model):
                self.models[number] = models.optimizer_of(value)
                self.contents["yours", number] = state_of(value)
        return model

    def changes(self, packer):
        """`[whose, number, node]` of all that is not what the grader takes it for."""
        changed = []
        for (whose, number), content in list(self.contents.items()):
            value = (self.kept if whose == "mine" else self.handed)[number]
            now = state_of(value)
            if now != content:
                self.contents[whose, number] = now
                changed.append([whose, number, packer.untracked(self.change(value, number))])
        return changed

    def change(self, value, number):
        if isinstance(value, np.random.Generator):
            return value.bit_generator.state
        if not isinstance(value, keras.Model):
            return value
        optimizer, before = models.optimizer_of(value), self.models[number]
        self.models[number] = optimizer
        anew = optimizer is not None and optimizer is not before
        compiled = models.compiled(value) if anew else None
        return {"state": models.state(value), "compiled": compiled, "rate": models.rate(value)}


class Iterator:
    """An iterator that crosses as one, even where it would pass for data."""

    def __init__(self, iterator):
        self.iterator = iterator


def state_of(value):
    """What tells whether an object has changed."""
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    if isinstance(value, keras.Model):
        return wire.digest(
            [models.state(value), models.rate(value), id(models.optimizer_of(value))]
        )
    return wire.digest(value)


def able(value, name):
    """Whether an object has a special method; an array-like one may make arrays of itself."""
    return hasattr(type(value), name)


def parameters(value):
    """`[name, kind, has_default]` of the parameters of a function."""
    if not isinstance(value, types.FunctionType):
        return None
    found = inspect.signature(value).parameters.values()
    return [[p.name, int(p.kind), p.default is not p.empty] for p in found]


def described(error):
    """An exception as data."""
    names = [kind.__name__ for kind in type(error).__mro__ if hasattr(builtins, kind.__name__)]
    text = str(error)
    args = error.args if all(type(a) in (str, int, float) for a in error.args) else None
    lines = traceback.TracebackException.from_exception(error, limit=-20, compact=True)
    own = [frame for frame in lines.stack if not frame.filename.startswith(standins.HERE)]
    lines.stack = traceback.StackSummary.from_list(own)
    return {
        "name": type(error).__name__,
        "base": names[0],
        "text": text,
        "args": args,
        "trace": "".join(lines.format()),
        "raised": getattr(error, "raised_by_check", None),
    }
