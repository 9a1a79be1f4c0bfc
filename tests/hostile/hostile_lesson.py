"""A lesson of two exercises and a question, and what an honest student hands in."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from tiny_lesson import cell

LESSON = "98_hostile"
SECRET = "secret_word"  # stands in a hidden test only

DOUBLE = """def double(x):
    '''Twice x.'''
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION"""
SCALE = """def scale(x, factor):
    '''An array times a number; x stays as it is.'''
    ### BEGIN SOLUTION
    return np.asarray(x) * factor
    ### END SOLUTION"""
DOUBLE_TEXT = f"""# Hidden checks: a text.
### BEGIN HIDDEN TESTS
{SECRET} = "abab"
assert double("ab") == {SECRET}, "try a text"
### END HIDDEN TESTS"""
SCALE_RANDOM = """# Hidden checks: other arrays, and what becomes of them.
### BEGIN HIDDEN TESTS
numbers = np.random.default_rng().random(5)
np.testing.assert_allclose(scale(numbers, 3), 3 * numbers)
kept = np.ones(2)
scale(kept, 5)
assert (kept == 1).all(), "scale changed its input"
### END HIDDEN TESTS"""
VALUES = "np.testing.assert_allclose(scale(np.arange(3.0), 2), [0.0, 2.0, 4.0])"

POINTS = {
    "test_double_number": 1,
    "test_double_text": 2,
    "test_scale_values": 2,
    "test_scale_random": 3,
}
ALL, DOUBLES, SCALES = 8, 3, 5


def solution():
    code, text = new_code_cell, new_markdown_cell
    nb = new_notebook(
        cells=[
            text("# Double and scale", id="header"),
            code("import os\n\nimport numpy as np", id="imports"),
            cell(code(DOUBLE), "double", solution=True),
            cell(code("assert double(2) == 4"), "test_double_number", points=1),
            cell(code(DOUBLE_TEXT), "test_double_text", points=2),
            cell(code(SCALE), "scale", solution=True),
            cell(code(VALUES), "test_scale_values", points=2),
            cell(code(SCALE_RANDOM), "test_scale_random", points=3),
            cell(text("Why does `scale` return a new array?"), "why", points=4, solution=True),
        ],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        },
    )
    nb.nbformat_minor = 5
    return nb


HONEST = {
    "double": "def double(x):\n    return 2 * x",
    "scale": "def scale(x, factor):\n    return np.asarray(x) * factor",
    "why": "Others may still use the old one.",
}
WRONG = {"double": "def double(x):\n    return x", "scale": "def scale(x, factor):\n    return x"}


def handed_in(released, **answers):
    """The released lesson with these answers, by grade_id; `imports` and `last` are other cells."""
    by_name = {c.metadata.get("nbgrader", {}).get("grade_id", c.id): c for c in released.cells}
    for name, source in {**HONEST, **answers}.items():
        if name == "last":
            released.cells.append(new_code_cell(source, id="last"))
        else:
            by_name[name].source = source
    return released


def find(nb, name):
    return next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)
