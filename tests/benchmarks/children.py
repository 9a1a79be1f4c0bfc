"""Runs a function in a process of its own and watches the memory of that process.

Where the system can fork, all of them come from one server, which has imported TensorFlow.
"""

import contextlib
import importlib
import multiprocessing
import sys
import traceback

from helpers.memory import watch

forking = "forkserver" in multiprocessing.get_all_start_methods()
context = multiprocessing.get_context("forkserver" if forking else "spawn")
context.set_forkserver_preload([f"{__package__}.{name}" for name in ("memory", "scale")])


def in_a_child(module, function, *args):
    """Calls `function(*args)` of a module of this package in a new process.

    The modules are imported before the watch begins, so their weight does not count. The memory of
    the child's own children does not count either.

    Args:
        module, function: Strings.
        args: What can be pickled.

    Returns:
        `(result, megabytes)`: what the function returned, and the peak of resident memory above the
        start, in MiB.

    Raises:
        RuntimeError: where the function fails or the process dies.
    """
    start = multiprocessing.get_start_method()
    ours, theirs = context.Pipe()
    child = context.Process(target=run, args=(theirs, start, module, function, args))
    child.start()
    theirs.close()
    try:
        ours.recv()
        megabytes = watch(child.pid, lambda: ours.send("go"), ours.poll)[1]
        result, error = ours.recv()
    except EOFError:
        result, error = None, "the process died"
    child.join()
    if error:
        raise RuntimeError(f"{module}.{function}{args} failed: {error}")
    return result, float(megabytes.max())


def run(connection, start_method, module, function, args):
    """The child."""
    # Not as it was started itself: torch starts its processes so, too.
    multiprocessing.set_start_method(start_method, force=True)
    function = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    connection.send("ready")
    connection.recv()
    try:
        with contextlib.redirect_stdout(sys.stderr):  # the table is not for what peers print
            connection.send((function(*args), None))
    except Exception:
        connection.send((None, traceback.format_exc()))
