"""A lesson of one exercise and one demonstration, quick to release and grade."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

TINY = "99_tiny"
ANSWER = """
def double(x):
    '''Twice x.'''
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
"""
CHECK = """
assert double(0) == 0
### BEGIN HIDDEN TESTS
secret = "abab"
assert double("ab") == secret, "try a string"
### END HIDDEN TESTS
"""


def tiny_solution():
    nb = new_notebook(
        cells=[
            new_markdown_cell("# Double", id="header"),
            new_code_cell("import os", id="imports"),
            new_code_cell("times = {2: 'twice'}\nprint(times)", id="demonstration"),
            cell(new_code_cell(ANSWER.strip()), "double", solution=True),
            cell(new_code_cell("assert double(2) == 4"), "test_double_number", points=1),
            cell(new_code_cell(CHECK.strip()), "test_double_string", points=2),
        ],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
        },
    )
    nb.nbformat_minor = 5
    return nb


def cell(node, name, points=None, solution=False):
    node.id = name
    node.metadata["nbgrader"] = {
        "grade": points is not None,
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
        **({} if points is None else {"points": points}),
    }
    return node
