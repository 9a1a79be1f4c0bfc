"""The objects of the answer that the grader knows, in the process of the answer."""

import inspect
import itertools

import keras
import numpy as np

from grading.judge import packing, remote


class Kept:
    """Objects of the answer by number, until the grader drops them.

    Args:
        taken: Taken, the objects of the check.

    Attributes:
        contents: dict from the number of an array to a hash of what the grader knows of it.
    """

    numbers = itertools.count(1)  # of all checks: nothing that comes late is taken for another

    def __init__(self, taken):
        self.taken = taken
        self.objects, self.numbers_of, self.times, self.contents = {}, {}, {}, {}

    def keep(self, value):
        """The number of an object."""
        number = self.numbers_of.get(id(value))
        if number is None:
            number = self.numbers_of[id(value)] = next(self.numbers)
            self.objects[number] = value
        self.times[number] = self.times.get(number, 0) + 1
        return number

    def drop(self, number, times):
        """The grader no longer knows what it was sent so many times."""
        if number in self.objects:
            self.times[number] -= times
            if self.times[number] <= 0:
                del self.times[number], self.numbers_of[id(self.objects.pop(number))]
                self.contents.pop(number, None)

    def number(self, value):
        """The number of an array; a table of the answer needs none."""
        if not isinstance(value, np.ndarray):
            return None
        number = self.keep(value)
        self.contents[number] = packing.digest(value)
        return number

    def refer(self, packer, value):
        """The node of what is no data."""
        if isinstance(value, Iterator):
            value = value.iterator
        if isinstance(value, keras.Variable) and self.taken.variable(value):
            return self.taken.variable(value)
        if isinstance(value, keras.callbacks.History):
            return ["history", packer.pack(value.history)]
        is_type = isinstance(value, type)
        name = value.__name__ if is_type else type(value).__name__
        name = name[:100] if name.isidentifier() else "object"
        methods = remote.METHODS.items()
        can = [] if is_type else [a for a, (name_, _) in methods if hasattr(type(value), name_)]
        kind = remote.kind_of(value)
        return ["mine", self.keep(value), name, can, kind, is_type, parameters(value)]

    def changes(self, packer):
        """`["mine", number, node]` of all arrays that are not what the grader takes them for."""
        for number, content in list(self.contents.items()):
            value = self.objects[number]
            now = packing.digest(value)
            if now != content:
                self.contents[number] = now
                yield ["mine", number, packer.untracked(value)]


class Iterator:
    """An iterator that crosses as one, even where it would pass for data."""

    def __init__(self, iterator):
        self.iterator = iterator


def parameters(value):
    """`[name, kind, has_default]` of the parameters of what can be called, where it tells."""
    if isinstance(value, type) or not callable(value):
        return None
    try:
        found = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[p.name, int(p.kind), p.default is not p.empty] for p in found]
