"""The side of the answer: does what the checks ask of the objects that live in this process.

Nothing here is a barrier. Whatever an answer does to this process, it can only send messages, which
the grader's side takes for data.
"""

import builtins
import contextlib
import importlib
import itertools
import queue
import signal
import threading
import traceback

import numpy as np

from grading.judge import standins, wire
from grading.judge.kept import Iterator, Kept
from grading.judge.packing import Packer
from grading.judge.taken import Taken
from grading.judge.unpacking import Unpacker
from helpers.checks import place


def serve(channel, namespace):
    """Answers a grader's questions about what `namespace` holds, until it leaves.

    Args:
        channel: PipeChannel.
        namespace: dict, in which the answers ran.
    """
    Server(channel, namespace).serve()


class Server:
    """This side of a conversation, which the grader may leave and take up again."""

    def __init__(self, channel, namespace):
        channel.patience = 3600.0  # a check may compute while a thread of the answer asks
        self.channel, self.namespace = channel, namespace
        self.questions, self.waiting = queue.Queue(), {}
        self.numbers = itertools.count(1)
        self.lock = threading.RLock()  # a thread of the answer may ask at any time
        # Interrupted is only what the answer does, never a message that is being sent.
        self.busy, self.switch = False, threading.Lock()
        self.begin()

    def begin(self):
        """Forgets the checks before."""
        self.taken = Taken(self.ask)
        self.kept = self.taken.kept = Kept(self.taken)
        self.refusals = contextlib.ExitStack()

    # --- messages ---------------------------------------------------------------------------------

    def serve(self):
        """Answers until the grader leaves."""
        threading.Thread(target=self.read, daemon=True).start()
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # there was nothing to interrupt
                if not self.serve_one():
                    return

    def read(self):
        """Sorts what comes: questions to the main thread, answers to the thread that waits."""
        while True:
            try:
                message, blobs = wire.from_bytes(self.channel.recv(None))
            except (EOFError, OSError, wire.Malformed):
                message, blobs = {"leave": True}, []
            if "leave" in message:
                self.questions.put(None)
                for waiting in list(self.waiting.values()):
                    waiting.put(None)
                return
            if "interrupt" in message:
                with self.switch:
                    if self.busy:  # as the interrupt button does: it ends a sleep, too
                        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
            elif "ask" in message:
                self.questions.put((message, blobs))
            elif message.get("answer") in self.waiting:
                self.waiting[message["answer"]].put((message, blobs))

    def send(self, message, packer):
        self.channel.send(wire.to_bytes(message, packer.blobs))

    def packer(self):
        return Packer(self.kept.refer, self.kept.number, self.taken.same)

    def unpacker(self, blobs):
        return Unpacker(blobs, self.taken.resolve, self.taken.data)

    def serve_one(self):
        question = self.questions.get()
        if question is None:
            return False
        message, blobs = question
        reply, packer = {"answer": message["ask"]}, self.packer()
        try:
            self.busy = True
            for number, count in message["dropped"]:
                self.kept.drop(number, count)
            for number in message["forgotten"]:
                self.taken.forget(number)
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
            with self.switch:
                self.busy = False
        try:
            with self.lock:
                changes = itertools.chain(self.kept.changes(packer), self.taken.changes(packer))
                reply["changed"] = list(changes)
            self.send(reply, packer)
        except Exception as error:  # such as a value that is too large
            packer = self.packer()
            error = packer.pack(described(error))
            self.send({"answer": message["ask"], "changed": [], "error": error}, packer)
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
        return found(module, name)(*args)

    def do_refuse(self, names):
        functions = [found(module, name) for module, name in names]
        self.refusals.enter_context(place.Here().refusing(functions))

    def do_allow(self):
        self.refusals.close()


def found(module, name):
    """The function of this name."""
    value = importlib.import_module(module)
    for part in name.split("."):
        value = getattr(value, part)
    return value


def described(error):
    """An exception as data."""
    names = [kind.__name__ for kind in type(error).__mro__ if hasattr(builtins, kind.__name__)]
    try:
        text = str(error)
    except Exception:
        text, error = "an error that has no text", Exception(f"{type(error).__name__} without text")
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
