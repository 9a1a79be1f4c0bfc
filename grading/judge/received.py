"""The objects of the answer, as they are known on the grader's side."""

import builtins
import weakref

import keras
import numpy as np

from grading.judge import remote
from grading.judge.wire import Malformed, is_count, need
from helpers.checks import CheckFailed

MOST_TEXT = 20_000  # characters of an error of the answer
ERROR = ("name", "base", "text", "args", "trace", "raised")
STANDARD = {
    name: value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, Exception)
}


class Received:
    """Arrays and stand-ins by the numbers that the other side gives its objects.

    Args:
        ask: function that a stand-in asks its object by.
        handed: Handed, the objects that may come back.

    Attributes:
        dropped: list of `[number, times]` to tell the other side: what is no longer known here, and
            how often it had come.
    """

    def __init__(self, ask, handed):
        self.ask, self.handed = ask, handed
        self.objects, self.times, self.dropped = weakref.WeakValueDictionary(), {}, []

    def known(self, value, number):
        """One object here for each array there, so that a change over there shows here, too."""
        need(is_count(number) and isinstance(value, np.ndarray), "a wrong number")
        self.count(number)
        here = self.objects.get(number)
        if here is None:
            self.objects[number] = value
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
            case ["yours", number] if is_count(number) and number in self.handed.objects:
                return self.handed.object(number)
            case ["variable", number, i] if is_count(number) and is_count(i):
                model = self.handed.object(number) if number in self.handed.objects else None
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
        need(is_count(number) and type(is_type) is bool, "a wrong reference")
        need(name.isidentifier() and len(name) < 200, "a wrong name")
        need(all(type(a) is str and a in remote.METHODS for a in can), "a wrong ability")
        need(counts_as is None or counts_as in remote.KIND_NAMES, "a wrong kind")
        self.count(number)
        if number in self.objects:
            return self.objects[number]
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
        self.objects[number] = made
        weakref.finalize(made, self.drop, number).atexit = False
        return made

    def error(self, value):
        """An exception of the answer, as one of a class of the same name and standard base."""
        need(isinstance(value, dict), "a wrong error")
        name, base, text, args, trace, raised = map(value.get, ERROR)
        need(all(type(part) is str for part in (name, base, text, trace)), "a wrong error")
        if is_count(raised) and raised < len(self.handed.raised):
            return self.handed.raised[raised]
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

    def change(self, number, value):
        """An array over there has other values now."""
        if is_count(number) and number in self.objects:
            update(self.objects[number], value)


def update(here, value):
    """Gives an array the values of another, in place; False where that is not possible."""
    need(type(here) is np.ndarray and isinstance(value, np.ndarray), "no array")
    fits = here.shape == value.shape and here.dtype == value.dtype and here.flags.writeable
    if fits:
        np.copyto(here, value)
    return fits
