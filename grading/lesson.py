"""What grading reads from a lesson's notebook in `solutions/`, never from a submission."""

import ast

import nbformat

SAME_FOR_ALL = "same-for-all"


class Lesson:
    """A lesson as its author wrote it.

    Args:
        path: of the notebook in `solutions/`, or None where there is none.

    Attributes:
        same_for_all: set of str, the cells with the tag `same-for-all`: slow demonstrations that
            use nothing that students write, and that nothing graded uses. Where a student handed
            one in unchanged, it is left out.
        imports: str, the lesson's import statements, for the judge.
        answers: list of str, the names that answers define; no check gets them from the lesson.
    """

    def __init__(self, path):
        self.path, self.same_for_all, self.imports, self.answers = path, set(), "", []
        if path is None:
            return
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            if SAME_FOR_ALL in cell.metadata.get("tags", []):
                self.same_for_all.add(cell.source)
            if cell.metadata.get("nbgrader", {}).get("solution"):
                self.answers += sorted(bound(cell.source))
            elif not cell.metadata.get("nbgrader", {}).get("grade"):
                self.imports += imports(cell.source)


def imports(source):
    """The import statements at the top level of a cell, as source."""
    nodes = [n for n in body(source) if isinstance(n, ast.Import | ast.ImportFrom)]
    return "".join(ast.unparse(node) + "\n" for node in nodes)


def bound(source):
    """The names that a cell binds at its top level."""
    names = set()
    for node in body(source):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        else:
            stored = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
            names |= {n.id for n in stored if isinstance(n.ctx, ast.Store)}
    return names


def body(source):
    try:
        return ast.parse(source).body
    except SyntaxError:  # a magic
        return []
