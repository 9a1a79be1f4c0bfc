"""Runs a function in a process of its own and watches the memory of that process.

`python -m tests.benchmarks.children` is the child.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile

from helpers.memory import watch


def in_a_child(module, function, *args):
    """Calls `function(*args)` of a module of this package in a new process.

    The modules are imported before the watch begins, so their weight does not count. The memory of
    the child's own children does not count either.

    Args:
        module, function: Strings.
        args: What JSON can hold.

    Returns:
        `(result, megabytes)`: what the function returned, and the peak of resident memory above the
        start, in MiB.
    """
    command = [sys.executable, "-m", f"{__package__}.children", module, function, json.dumps(args)]
    with tempfile.TemporaryFile("w+") as errors:  # not a pipe: one that nobody empties fills up
        child = subprocess.Popen(
            command,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        ready = any(line.strip() == "ready" for line in child.stdout)  # imports may print, too
        megabytes = watch(child)[1] if ready else None
        said = child.communicate()[0]
        if child.returncode or not ready:
            errors.seek(0)
            raise RuntimeError(f"{module}.{function}{args} failed: {errors.read().strip()}")
    return json.loads(said.splitlines()[-1]), float(megabytes.max())


def main():
    module, function, args = sys.argv[1:]
    run = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    print("ready", flush=True)
    sys.stdin.readline()
    result = run(*json.loads(args))
    print(f"\n{json.dumps(result)}", flush=True)


if __name__ == "__main__":
    main()
