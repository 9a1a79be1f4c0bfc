"""What stands on the grader's side for an object of the answer that is no data."""

import functools
import importlib
import inspect
import sys

# In this order: an object counts as the first that it is.
KINDS = {
    "helpers.generators": ["TileBatches"],
    "keras.utils": ["PyDataset"],
    "keras": ["Sequential", "Model"],
    "keras.layers": ["Layer"],
    "tensorflow.data": ["Dataset"],
}
KIND_NAMES = [f"{module}.{name}" for module, names in KINDS.items() for name in names]


def kind(name):
    """The class of this name."""
    module, _, name = name.rpartition(".")
    if module == "tensorflow.data":
        import tensorflow

        return getattr(tensorflow.data, name)
    return getattr(importlib.import_module(module), name)


def kind_of(value):
    """The name of the first of the kinds that an object or a class is of, or None."""
    for name in KIND_NAMES:
        module = name.rpartition(".")[0]
        if module in sys.modules or module == "tensorflow.data" and "tensorflow" in sys.modules:
            is_of = issubclass if isinstance(value, type) else isinstance
            if is_of(value, kind(name)):
                return name
    return None


class Remote:
    """An object on the side of the answer. What it is asked is asked there, step by step.

    It has only those of the methods below that the object has, and compares by identity.
    """

    def __init__(self, ask, number, signature):
        self.__dict__["_ask"], self.__dict__["_number"] = ask, number
        if signature is not None:
            self.__dict__["__signature__"] = signature

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._ask("getattr", self, name)

    def __repr__(self):
        return f"<{type(self).__name__}>"


def length(self):
    value = self._ask("len", self)
    if type(value) is not int:
        raise TypeError("len is no int")
    return value


def iterate(self):
    iterator = self._ask("iter", self)
    if not hasattr(type(iterator), "__next__"):
        raise TypeError("iter gave no iterator")
    return iterator


def as_array(self, dtype=None, copy=None):
    import numpy as np

    value = self._ask("array", self)
    if type(value) is not np.ndarray:
        raise TypeError(f"A {type(self).__name__} is no array.")
    return value if dtype is None else value.astype(dtype)


METHODS = {
    "next": ("__next__", lambda self: self._ask("next", self)),
    "iter": ("__iter__", iterate),
    "len": ("__len__", length),
    "getitem": ("__getitem__", lambda self, key: self._ask("getitem", self, key)),
    "call": (
        "__call__",
        lambda self, *args, **kwargs: self._ask("call", self, list(args), dict(kwargs)),
    ),
    "array": ("__array__", as_array),
}


@functools.lru_cache(1000)
def remote_class(name, can, counts_as):
    """A class of `Remote`, named like the class of the object, with the methods that this has."""
    members = dict(METHODS[ability] for ability in can)
    if counts_as:  # what isinstance asks
        members["__class__"] = property(lambda self: kind(counts_as))
    return type(name, (Remote,), members)


def remote_type(name, counts_as, ask, number):
    """A class that stands for a class of the answer: to call it makes an object over there."""

    def new(cls, *args, **kwargs):
        return ask("call", cls, list(args), dict(kwargs))

    bases = (kind(counts_as),) if counts_as in KIND_NAMES[:2] else ()
    return type(name, bases, {"__new__": new, "_number": number, "_ask": staticmethod(ask)})


def signature(parameters):
    """An inspect.Signature from `[name, kind, has_default]` of each parameter."""
    made = []
    for name, number, has_default in parameters:
        default = None if has_default else inspect.Parameter.empty
        made.append(inspect.Parameter(name, KINDS_OF_PARAMETERS[number], default=default))
    return inspect.Signature(made)


KINDS_OF_PARAMETERS = list(inspect._ParameterKind)
