"""Where the data lives, and how a file is written so that it is either whole or absent."""

import os
import threading
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def data_dir():
    """Returns the folder that holds all data of the course, and makes it if needed.

    Returns:
        A `pathlib.Path`: the environment variable `COURSE_DATA_DIR` where it is set,
        otherwise `data` in the root of the repository. It is absolute, so it means the same
        folder from a lesson, a test and the working directory of the autograder.
    """
    named = os.environ.get("COURSE_DATA_DIR", "").strip()
    folder = Path(named).expanduser() if named else REPOSITORY / "data"
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_atomically(path, content):
    """Writes a file under a temporary name beside its place, then renames it.

    A reader, or a restart after a kill, sees the whole file or none.

    Args:
        path: The file to write. Its folder must exist.
        content: Bytes, or a string that is written as UTF-8.
    """
    path = Path(path)
    if isinstance(content, str):
        content = content.encode("utf-8")
    # The process and thread in the name keep two writers of one file apart.
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # a full disk is reported without a name
        raise
