"""Runs one check cell on an answer that lives in another process."""

import ast
import builtins
import contextlib
import dataclasses
import io
import signal
import tempfile
import threading
import time

from grading.judge import wire
from grading.judge.grader import Judge, Unanswered
from helpers.checks import CheckFailed
from helpers.checks.place import answers_run_in

MOST_TEXT = 20_000  # characters shown to the student


@dataclasses.dataclass
class Outcome:
    """Whether a check passed, and what the student is shown."""

    passed: bool
    text: str


def run_check(channel, source, names, limit=60.0, shared=None, judge=None):
    """Runs the source of a check cell on an answer that lives at the other end of a channel.

    Args:
        channel: PipeChannel; `serve` listens at its other end.
        source: str, the check cell as the instructor wrote it.
        names: dict, what the cell may use of the grader's side, such as `checks`. All other names
            that it uses and does not bind are those of the answer. It stays as it is.
        limit: float, seconds for the whole check.
        shared: str, Path or None, a folder that both sides see under this name. Checks put files
            there; the answer may only read them. None: the folder for temporary files.
        judge: `Judge` of the checks before, as `judge_for` gives it: checks of one answer may share
            what it has trained. None begins anew.

    Returns:
        Outcome. Whatever the other side sends is one, too: it never raises because of that.
    """
    judge = judge or Judge(channel)
    printed, before = io.StringIO(), tempfile.tempdir
    tempfile.tempdir = str(shared) if shared is not None else before
    try:
        with contextlib.redirect_stdout(printed), answers_run_in(judge), alarm(limit):
            judge.begin(time.monotonic() + limit)
            names = {**names, **asked(judge, source, names)}
            exec(compile(source, "<check>", "exec", dont_inherit=True), names)
        passed, text = True, ""
    except Exception as error:
        passed, text = False, describe(error)
    except BaseException as error:
        # Unanswered, and whatever else comes of an answer that means harm, such as PanicException.
        if isinstance(error, KeyboardInterrupt):
            raise
        passed, text = False, str(error) or type(error).__name__
        judge.dead = judge.dead or text  # nobody knows where the other side stands now
        with contextlib.suppress(Exception):  # busy: it is to be ready for the next check
            channel.patience = 1.0
            channel.send(wire.to_bytes({"interrupt": True}, []))
    finally:
        tempfile.tempdir = before
    return Outcome(passed, shown(printed.getvalue() + text))


def judge_for(channel, source, names, judge=None):
    """The judge to go on with: that of the check before, where it was on the same answer."""
    answers = answers_in(source, names)
    if judge is None or judge.dead or judge.answers != answers:
        judge = Judge(channel, answers)
    return judge


def leave(channel):
    """Ends `serve` at the other end of a channel."""
    with contextlib.suppress(EOFError, OSError):
        channel.send(wire.to_bytes({"leave": True}, []))


@contextlib.contextmanager
def alarm(limit):
    """Ends a check that computes for ever on what an answer sent; in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise Unanswered("Your code took too long.")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def asked(judge, source, names):
    """What the answer calls by the names that a check cell takes from it."""
    return {name: judge.ask("name", name) for name in answers_in(source, names)}


def answers_in(source, names):
    """The sorted names that a check cell takes from an answer."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
    bound = {node.id for node in nodes if not isinstance(node.ctx, ast.Load)}
    return sorted({node.id for node in nodes} - bound - set(names) - set(dir(builtins)))


def describe(error):
    """An error in plain text: of a check its message, of the answer its own traceback."""
    if isinstance(error, CheckFailed):
        text = f"Not yet. {error}"
    else:
        text = getattr(error, "trace", "") or f"{type(error).__name__}: {error}"
    return "\n".join([text.rstrip(), *getattr(error, "__notes__", [])])


def shown(text):
    """Text that any file and terminal takes, of a bounded length."""
    if len(text) > MOST_TEXT:
        text = text[: MOST_TEXT // 2] + "\n…\n" + text[-MOST_TEXT // 2 :]
    text = text.encode("utf-8", "replace").decode()
    return "".join(c for c in text if c.isprintable() or c in "\n\t")
