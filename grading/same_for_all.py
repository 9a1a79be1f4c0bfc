"""Slow demonstrations that show the same for everybody are left out when a lesson is graded.

A cell with the tag `same-for-all` in `solutions/` uses nothing that students write, and nothing
that is graded uses it. It is left out where a student handed it in unchanged. Whether a cell is one
is read from the solution, never from a submission.
"""

from functools import cache

import nbformat
from nbformat.v4 import new_output

TAG = "same-for-all"


def note():
    return new_output(
        "stream", text="Left out when graded: this cell shows the same for everybody.\n"
    )


@cache
def sources(path):
    """The texts of the cells that may be left out, from the notebook in `solutions/`."""
    if path is None:
        return frozenset()
    nb = nbformat.read(path, as_version=4)
    return frozenset(c.source for c in nb.cells if TAG in c.metadata.get("tags", []))
