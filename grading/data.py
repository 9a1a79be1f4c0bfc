"""Draws what a lesson loads before it is graded, so that no submission has to draw it again.

Submissions see these data read-only. What a lesson loads is read from its solution: the calls of
`helpers.datasets` with their arguments.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import nbformat

from helpers.paths import data_dir

LOADERS = ("load_tiles", "load_cifar10")
FOLDERS = ("tiles", "standin")  # into which they draw; others may hold what somebody has trained


def prepare(path):
    """Draws the data of the notebook `path` in `solutions/`; what is there already is kept."""
    wanted = calls(nbformat.read(path, as_version=4)) if path else []
    if wanted:
        code = "from helpers import datasets\n" + "\n".join(wanted)
        environment = {**os.environ, "COURSE_PROFILE": "offline", "TF_CPP_MIN_LOG_LEVEL": "3"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"preparing the data of {Path(path).name} failed:\n{done.stderr}")


def folders():
    """The folders of prepared data: list of Path, one for each of `FOLDERS` that is there."""
    return [path for name in FOLDERS if (path := data_dir() / name).is_dir()]


def calls(nb):
    """The calls of loaders in a notebook, as source, where all arguments are plain values."""
    found = []
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:  # a magic
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                if node.func.attr in LOADERS and all(map(is_plain, values)):
                    found.append(ast.unparse(node))
    return [call for call in dict.fromkeys(found) if call.startswith("datasets.")]


def is_plain(node):
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True
