"""What stands in the process of the answer for an object of a check."""

import itertools
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from helpers.checks import CheckFailed

HERE = str(Path(__file__).parent)
# What Keras asks an object to be before it takes it. The rest of their methods are Keras' own.
BASES = {"PyDataset": keras.utils.PyDataset, "Callback": keras.callbacks.Callback}


def of_operations(ask, number, name, operations, based=None):
    """An object whose operations are done by the check: it counts what is asked of it.

    Args:
        ask: function of `(number, operation, *values)`.
        number: int, the object's.
        name: str, of its class.
        operations: list of str, names of methods; an iterator has `__next__` only.
        based: the name of one of `BASES`, or None.
    """
    if operations == ["__next__"]:
        return iterate(ask, number)

    def method(operation):
        return lambda self, *values, **more: ask(number, operation, *values, *more.values())

    bases = (BASES[based],) if based else ()
    return type(name, bases, {operation: method(operation) for operation in operations})()


def iterate(ask, number):
    for _ in itertools.count():
        try:
            value = ask(number, "__next__")
        except StopIteration:
            return
        yield value


def raised(name, text, number):
    """An exception of the check, to be raised here and known again where it comes back."""
    known = CheckFailed if name == "CheckFailed" else type(name, (Exception,), {})
    error = known(text)
    error.raised_by_check = number
    return error


def update(here, value):
    """Gives an array or a table the content of another, in place."""
    if isinstance(here, np.ndarray):
        np.copyto(here, value)
    elif not here.equals(value) or not here.index.identical(value.index):
        pd.DataFrame.__init__(here, value)
