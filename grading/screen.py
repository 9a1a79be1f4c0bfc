"""Reads what a student handed in, and takes nothing from it on trust.

Nothing in `submitted/` is changed. What grading goes on with is a clean copy: regular files, and
notebooks made anew from the text of their cells.
"""

import json
import os
import stat
import uuid
from pathlib import Path, PurePosixPath

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.utils import parse_utc

LARGEST_NOTEBOOK = 64 << 20  # bytes; 50 MB of widget state have been seen
LARGEST_CLEAN = 5 << 20  # characters of all cells without their outputs
MOST_CELLS, MOST_FILES = 2000, 1000
IGNORED = {".ipynb_checkpoints", "__pycache__", ".git", ".DS_Store"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
MAKERS = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class Unreadable(Exception):
    """A submission that cannot be graded; the message is the reason for the instructor."""


class Submission:
    """A clean copy in memory.

    Attributes:
        files: dict, relative path to bytes, of all that is not a notebook of the lesson.
        notebooks: dict, name without `.ipynb` to notebook.
        notes: list of str, what was mended.
    """

    def __init__(self, folder, names, largest):
        self.files, self.notebooks, self.notes = {}, {}, []
        found = self._collect(Path(folder), largest)
        for name, path in self._match(sorted(names), found).items():
            self.notebooks[name] = self._notebook(name, found.pop(path))
        for path, data in found.items():
            if path.suffix.lower() != ".ipynb":
                self.files[str(path)] = data
        self._timestamp()

    def _collect(self, folder, largest):
        """All regular files, read with no link followed and nothing that could block opened."""
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Unreadable("the folder is a link")
        found, size = {}, 0
        for top, folders, names in os.walk(folder):
            folders[:] = sorted(f for f in folders if f not in IGNORED)
            for name in sorted(set(names) - IGNORED) + folders:
                path = Path(top, name)
                kind = path.lstat().st_mode
                if stat.S_ISDIR(kind):
                    continue
                relative = PurePosixPath(path.relative_to(folder))
                if not stat.S_ISREG(kind):
                    raise Unreadable(f"{relative} is a link or no regular file")
                notebook = path.suffix.lower() == ".ipynb"
                size += 0 if notebook else path.stat().st_size
                if size > largest or len(found) >= MOST_FILES:
                    raise Unreadable(f"more than {largest >> 20} MiB or {MOST_FILES} files")
                found[relative] = read(path, LARGEST_NOTEBOOK if notebook else largest)
        return found

    def _match(self, names, found):
        """Which file is which notebook: by name, by name in another case, or as the only one."""
        notebooks = [path for path in found if path.suffix.lower() == ".ipynb"]
        matched = {}
        for name in names:
            fits = [p for p in notebooks if str(p) == f"{name}.ipynb"]
            fits = fits or [p for p in notebooks if p.name.lower() == f"{name}.ipynb".lower()]
            fits = fits or (notebooks if len(names) == len(notebooks) == 1 else [])
            if len(fits) == 1:
                matched[name] = fits[0]
                if str(fits[0]) != f"{name}.ipynb":
                    self.notes.append(f"{fits[0]} was taken for {name}.ipynb")
        if not matched:
            there = ", ".join(map(str, notebooks)) or "none"
            raise Unreadable(f"no notebook {' or '.join(names)}.ipynb; notebooks found: {there}")
        return matched

    def _notebook(self, name, data):
        try:
            return clean(data, self.notes)
        except Unreadable:
            raise
        except RecursionError:
            raise Unreadable(f"{name}.ipynb is nested too deeply") from None
        except MemoryError:
            raise Unreadable(f"{name}.ipynb takes too much memory to read") from None
        except Exception as error:
            said = (str(error).strip().splitlines() or [""])[0][:120]
            raise Unreadable(f"{name}.ipynb is no notebook: {said}") from None

    def _timestamp(self):
        try:
            if "timestamp.txt" in self.files:
                parse_utc(self.files["timestamp.txt"].decode().strip())
        except Exception:
            del self.files["timestamp.txt"]
            self.notes.append("timestamp.txt holds no time")


def read(path, most):
    """The bytes of a regular file, never through a link, never waiting."""
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(fd, "rb") as file:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(f"{Path(path).name} is no regular file")
        if status.st_size > most:
            raise Unreadable(f"{Path(path).name} is larger than {most >> 20} MiB")
        return file.read(most)


def clean(data, notes):
    """A notebook made anew from the cells of another: their text, and what nbgrader says of them.

    Outputs, tags, widget state, the kernel and all other metadata stay behind.

    Args:
        data: bytes, in any version of the format.
        notes: list, to which what was mended is added.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        notes.append("a byte order mark was removed")
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    if not isinstance(raw, dict) or type(raw.get("nbformat")) is not int:
        raise ValueError("it has no nbformat")
    if raw["nbformat"] < 4:
        notes.append(f"nbformat {raw['nbformat']} was converted to 4")
        raw = nbformat.reads(data.decode("utf-8-sig"), as_version=4)
    elif raw["nbformat"] > 4:
        notes.append(f"nbformat {raw['nbformat']} was read as 4")
    cells = raw.get("cells")
    if not isinstance(cells, list):
        raise ValueError("it has no list of cells")
    if len(cells) > MOST_CELLS:
        raise ValueError(f"it has more than {MOST_CELLS} cells")
    nb = new_notebook(metadata={"kernelspec": dict(KERNEL)})
    nb.nbformat_minor = 5
    for cell in cells:
        nb.cells.append(clean_cell(cell))
    if sum(len(cell.source) for cell in nb.cells) > LARGEST_CLEAN:
        raise ValueError(f"its cells have more than {LARGEST_CLEAN:,} characters")
    once = set()
    for cell in nb.cells:
        if cell.id in once:
            cell.id = uuid.uuid4().hex[:8]
        once.add(cell.id)
    return nb


def clean_cell(cell):
    """A fresh cell with the source of `cell` and the id that nbgrader gave it."""
    kind = cell.get("cell_type") if isinstance(cell, dict) else None
    if kind not in MAKERS:
        raise ValueError(f"a cell has the type {str(kind)[:50]!r}")
    source = cell.get("source", "")
    source = "".join(source) if isinstance(source, list) else source
    if not isinstance(source, str):
        raise ValueError("a cell has no text")
    fresh = MAKERS[kind](source.encode("utf-8", "replace").decode())
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = about.get("grade_id") if isinstance(about, dict) else None
    if isinstance(grade_id, str):
        fresh.metadata["nbgrader"] = {"grade_id": grade_id}
    identity = cell.get("id")
    if (
        isinstance(identity, str)
        and 0 < len(identity) <= 64
        and identity.replace("-", "").replace("_", "").isalnum()
        and identity.isascii()
    ):
        fresh.id = identity
    pictures = cell.get("attachments")
    if (
        kind == "markdown"
        and isinstance(pictures, dict)
        and all(map(is_picture, pictures.values()))
    ):
        fresh.attachments = pictures
    return fresh


def is_picture(bundle):
    return isinstance(bundle, dict) and all(
        kind.startswith("image/") and isinstance(data, str) for kind, data in bundle.items()
    )
