"""What grading reads from a lesson's notebook in `solutions/`, never from a submission."""

import ast
import builtins
import re
import symtable

import nbformat

EVERYWHERE = {*dir(builtins), "display", "get_ipython"}  # names that no cell needs to bind
# Through these a cell may use names that it does not spell out.
ANY_NAME = {"eval", "exec", "globals", "__globals__", "f_globals", "locals", "vars", "__main__"}
ANY_NAME |= {"get_ipython", "user_ns"}


class Lesson:
    """A lesson as its author wrote it.

    Args:
        path: of the notebook in `solutions/`, or None where there is none.

    Attributes:
        demonstrations: dict from the source of a cell that is not graded to the names by which
            other cells may need it: those that it uses, without what is imported first and what
            students write.
        imports: str, the lesson's import statements, for the judge.
        answers: list of str, the names that answers define; no check gets them from the lesson.
    """

    def __init__(self, path):
        self.path, self.demonstrations, self.imports, self.answers = path, {}, "", []
        if path is None:
            return
        known = set(EVERYWHERE)
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            if cell.metadata.get("nbgrader", {}).get("solution"):
                self.answers += sorted(bound(cell.source))
            elif not cell.metadata.get("nbgrader", {}).get("grade"):
                self.imports += imports(cell.source)
            if only_imports(cell.source):
                known |= names(cell.source)
            elif "nbgrader" not in cell.metadata:
                self.demonstrations[cell.source] = names(cell.source)
        known |= set(self.answers)
        for used in self.demonstrations.values():
            used -= known

    def left_out(self, sources):
        """The demonstrations that grading need not run: what is run uses no name of theirs.

        Args:
            sources: list of str, the code cells of a submission, in order. What is not the
                lesson's own, or was changed, is run.
        """
        left_out, needed = set(self.demonstrations), set()
        for source in reversed(sources):
            used = self.demonstrations.get(source)
            if used is None:
                needed |= names(source)
                if ANY_NAME & words(source):
                    return set()
            elif used & needed:
                needed |= used
                left_out.discard(source)
        return left_out


def names(source):
    """The global names that a cell binds or reads, in its functions, too."""
    try:
        tables = [symtable.symtable(source, "<cell>", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a magic, or no Python at all
        return words(source)
    found = set()
    for table in tables:
        tables += table.get_children()
        top = table.get_type() == "module"
        found |= {s.get_name() for s in table.get_symbols() if top or s.is_global()}
    return found


def words(source):
    return set(re.findall(r"\w+", source))


def only_imports(source):
    nodes = body(source)
    return bool(nodes) and all(isinstance(n, ast.Import | ast.ImportFrom) for n in nodes)


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
