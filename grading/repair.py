"""Puts the cells of a submitted notebook in order with what the gradebook knows of the lesson.

What a cell is worth, whether it is a check or an answer, and the text of every check come from the
gradebook. A submission only says which cell is which; where it no longer does, the content tells.
"""

import ast

from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.screen import Unreadable

MAKERS = {"code": new_code_cell, "markdown": new_markdown_cell}


class Known:
    """A cell of the lesson that nbgrader knows.

    Attributes:
        name: str, its grade_id.
        source: str, as released for an answer, with its hidden tests for a check.
        locked, solution, points: as in nbgrader's metadata; points is None where it gives none.
    """

    def __init__(self, cell, grade_cells, solution_cells, task_cells):
        self.name, self.kind, self.source = cell.name, cell.cell_type, cell.source or ""
        self.locked, self.checksum = bool(cell.locked), cell.checksum
        self.solution = cell.name in solution_cells
        self.task = cell.name in task_cells
        self.points = {**grade_cells, **task_cells}.get(cell.name)

    def metadata(self):
        about = {
            "grade": self.points is not None and not self.task,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": 3,
            "solution": self.solution,
            "task": self.task,
            "cell_type": self.kind,
            "checksum": self.checksum,
        }
        return about if self.points is None else {**about, "points": self.points}


def known_cells(notebook):
    """The cells of `notebook`, a `nbgrader.api.SourceNotebook`, in order."""
    points = {cell.name: cell.max_score for cell in notebook.grade_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    return [Known(cell, points, solutions, tasks) for cell in notebook.source_cells]


def repair(nb, known, original=None):
    """Makes `nb` a notebook in which every known cell is there once, in place.

    Args:
        nb: a clean notebook, changed in place.
        known: list of Known.
        original: the notebook in `solutions/`, or None; tells cells by their id.

    Returns:
        list of str, what was mended.

    Raises:
        Unreadable: where not one known cell can be found.
    """
    notes = []
    by_name = {cell.name: cell for cell in known}
    found = claimed(nb, by_name, notes)
    recovered = recover(nb, known, found, original)
    if recovered:
        notes.append(f"cells without nbgrader's metadata were recognised: {', '.join(recovered)}")
    if not found:
        raise Unreadable("none of the lesson's graded cells is in it: another notebook?")
    for name, cell in found.items():
        settle(cell, by_name[name])
    missing = restore(nb, known, found)
    if missing:
        notes.append(f"cells were missing and put back: {', '.join(missing)}")
    return notes


def claimed(nb, by_name, notes):
    """`{name: cell}` by nbgrader's metadata; of copies, the last one that was written in counts."""
    copies = {}
    for cell in nb.cells:
        name = cell.metadata.pop("nbgrader", {}).get("grade_id")
        if name in by_name:
            copies.setdefault(name, []).append(cell)
    for name, cells in copies.items():
        if len(cells) > 1:
            notes.append(f"{len(cells)} cells claim to be {name}; the last one counts")
            changed = [c for c in cells if c.source.strip() != by_name[name].source.strip()]
            if by_name[name].solution and changed:
                cells[:] = changed
    return {name: cells[-1] for name, cells in copies.items()}


def recover(nb, known, found, original):
    """Adds to `found` the cells that lost their metadata. Returns their names."""
    ids = {}
    for cell in original.cells if original else []:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name and cell.get("id"):
            ids[name] = cell.id
    names = []
    for cell in known:
        taken = [id(c) for c in found.values()]
        free = [c for c in nb.cells if id(c) not in taken]
        fits = [c for c in free if c.get("id") == ids.get(cell.name, "")]
        if not fits and cell.solution and cell.kind == "code":
            wanted = defined(cell.source)
            fits = [c for c in free if c.cell_type == "code" and wanted & defined(c.source)]
        if not fits:
            fits = [c for c in free if same_start(c.source, cell.source)]
        if cell.name not in found and fits:
            found[cell.name] = fits[-1]
            names.append(cell.name)
    return names


def same_start(handed_in, source):
    """True for a check as it was released: the text before its hidden tests."""
    visible = source.split("### BEGIN HIDDEN TESTS")[0].strip()
    return bool(visible) and handed_in.strip() == visible


def defined(source):
    """The names of the functions and classes that a cell defines."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    return {node.name for node in body if isinstance(node, kinds)}


def settle(cell, known):
    """Gives a cell the type, the metadata and, where it is locked, the text of the gradebook."""
    cell.metadata["nbgrader"] = known.metadata()
    if known.locked:
        cell.source = known.source
    if cell.cell_type != known.kind:
        cell.cell_type = known.kind
        cell.pop("attachments", None)
        if known.kind == "code":
            cell.outputs, cell.execution_count = [], None
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)


def restore(nb, known, found):
    """Puts missing cells behind the one that comes before them. Returns their names."""
    missing, before = [], None
    for cell in known:
        if cell.name not in found:
            found[cell.name] = MAKERS[cell.kind](cell.source)
            settle(found[cell.name], cell)
            where = 0 if before is None else 1 + index(nb, before)
            nb.cells.insert(where, found[cell.name])
            missing.append(cell.name)
        before = found[cell.name]
    return missing


def index(nb, cell):
    return next(i for i, other in enumerate(nb.cells) if other is cell)
