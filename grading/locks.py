"""One process at a time for one submission, and a folder for what it makes."""

import contextlib
import re
import shutil
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing else grades there at the same time
    fcntl = None


class Busy(Exception):
    """Another process grades this submission now."""


@contextlib.contextmanager
def locked(room, name):
    """Gives an empty folder in `room` to work in, and removes it afterwards.

    The lock goes with the process that holds it, however it ends; what a killed one has left in the
    folder is removed by the next.

    Raises:
        Busy: if another process has it.
    """
    room = Path(room)
    room.mkdir(parents=True, exist_ok=True)
    safe = re.sub(r"[^A-Za-z0-9_]", lambda match: f"-{ord(match[0]):x}-", name)
    with open(room / f"{safe}.lock", "w") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy("another process grades it at this moment") from None
        stage = room / safe
        try:
            remove(stage)
            stage.mkdir()
            yield stage
        finally:
            remove(stage)


def remove(folder):
    """Removes a folder of results, whose files nbgrader makes read-only."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        raise OSError(f"{folder} cannot be removed")
