"""Where the answer runs: in this process, as in a notebook, or in another, as when it is graded.

Three things a check must do in the process of the answer: make the references refuse, count lines
of code, and look around. It asks the place for them, and so needs not know which process that is.
"""

import contextlib
import sys


class TooManyLines(BaseException):
    """Not an Exception: an answer with `except Exception` in its loop is to end, too."""


class Here:
    """This process."""

    def call(self, function, *args):
        return function(*args)

    @contextlib.contextmanager
    def refusing(self, functions):
        """Makes `functions` refuse to work, under whatever name they were imported."""
        found = {*functions, *map(in_its_module, functions)}
        codes = {function: function.__code__ for function in found}
        try:
            for function in codes:
                function.__code__ = refuse.__code__
            yield
        finally:
            for function, code in codes.items():
                function.__code__ = code

    @contextlib.contextmanager
    def counting_lines(self, most):
        """Raises TooManyLines as soon as more than `most` lines of Python were executed."""
        lines = 0

        def trace(frame, event, arg):
            nonlocal lines
            lines += event == "line"
            if lines > most:
                raise TooManyLines
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            yield
        finally:
            sys.settrace(before)


place = Here()


@contextlib.contextmanager
def answers_run_in(another):
    """Makes checks ask `another` place, with the methods of `Here`."""
    global place
    place, before = another, place
    try:
        yield
    finally:
        place = before


def beside(function, *args):
    """Calls a function of the checks in the process where the answer runs."""
    return place.call(function, *args)


def refuse(*args, **kwargs):
    # This code runs in place of a reference, in its module: so it brings its names itself.
    from helpers.checks import CheckFailed

    raise CheckFailed(
        "This answer hands the work to the reference in `helpers`, which is there to compare with "
        "afterwards. Write the code yourself: the points are for that."
    )


def in_its_module(function):
    """The same function as its module has it now: another object after `%autoreload`."""
    found = sys.modules[function.__module__]
    for name in function.__qualname__.split("."):
        found = getattr(found, name)
    return found
