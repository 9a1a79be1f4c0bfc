"""Checks that judge an answer by what it does, on fresh random data, and say what to look at.

One module per lesson; each check takes the answer and returns nothing. A check that fails raises
`CheckFailed`, an AssertionError whose message says what was expected, what came and where to look.
"""

import contextlib
import functools
from types import SimpleNamespace

from helpers.checks import place
from helpers.checks.place import beside, refuse  # noqa: F401  (checks take them from here)

attempt = 1  # number of the attempt at an answer that its checks judge now


class CheckFailed(AssertionError):
    """The answer does something else than what was asked."""

    def _render_traceback_(self):
        # IPython shows these lines instead of a traceback through the code of the checks.
        return [f"\x1b[31mNot yet.\x1b[0m {self}"]


def expect(condition, message):
    """Raises a CheckFailed with `message` unless `condition` holds."""
    if not condition:
        raise CheckFailed(message)


@contextlib.contextmanager
def refusing(functions):
    """Makes `functions` refuse to work, wherever the answer runs."""
    with place.place.refusing(functions):
        yield


def check(*references):
    """Turns a function of one answer into a check.

    While it runs, the `references` refuse to work, so that an answer that returns or wraps one
    of them earns nothing. An error of the answer itself is shown as it is, with a note. The first
    line of the docstring is what a pass prints.

    Args:
        *references: the functions of `helpers` that do what the answer is asked to do.

    Returns:
        A decorator.
    """

    def decorate(judge):
        promise = judge.__doc__.strip().splitlines()[0]
        last = SimpleNamespace(answer=None, attempt=1, failed=False)

        @functools.wraps(judge)
        def run(answer):
            global attempt
            if answer is not last.answer:
                last.answer, last.attempt = answer, 1
            elif last.failed:
                last.attempt += 1  # something that the answer calls may be another now
            attempt, last.failed = last.attempt, True
            with refusing(references):
                try:
                    judge(answer)
                except (CheckFailed, NotImplementedError):
                    raise
                except Exception as error:
                    error.add_note(f"Your code raised this while it was asked: {promise}")
                    raise
            last.failed = False
            print(f"Passed: {promise}")

        return run

    return decorate


def once(trial):
    """Keeps what came of a trial, or its error: the checks of an answer share it.

    A check that failed and is run again tries anew, with all checks that do so, too.
    """

    @functools.lru_cache(maxsize=8)
    def kept(attempt, *args):
        try:
            return trial(*args), None
        except Exception as error:
            return None, error

    @functools.wraps(trial)
    def run(*args):
        result, error = kept(attempt, *args)
        if error is not None:
            vars(error).pop("__notes__", None)  # the check that asks adds its own
            raise error
        return result

    return run


@contextlib.contextmanager
def no_endless_loop(
    what,
    hint="Look for a loop around `yield` that has nothing to go through.",
    max_lines=2_000_000,
):
    """Ends Python code that loops for ever, by counting the lines that it executes.

    Args:
        what: str, what the code was asked for, for the message.
        hint: str, where to look, for the message.
        max_lines: int, far more than any honest answer needs.

    Raises:
        CheckFailed: when more lines were executed.
    """
    try:
        with place.place.counting_lines(max_lines):
            yield
    except place.TooManyLines:
        raise CheckFailed(
            f"No answer after {max_lines:,} lines of code: asked for {what}, your code runs for "
            f"ever. {hint}"
        ) from None
