"""What is wrong with the files: broken, hostile or only unusual.

`{name: (points due, function)}`; the function gets the folder that was handed in, with an honest
notebook in it, and spoils it. Points due are None where there is no score but a reason: then the
third is a word of it.
"""

import json
import os

import nbformat
from hostile_lesson import ALL, LESSON, WRONG, find, handed_in
from nbformat.v4 import new_code_cell


def notebook(folder):
    return folder / f"{LESSON}.ipynb"


def changing(change):
    """A spoiler that changes the parsed JSON of the notebook."""

    def spoil(folder):
        path = notebook(folder)
        raw = json.loads(path.read_text())
        raw = change(raw) or raw
        path.write_text(json.dumps(raw))

    return spoil


def cells(change):
    """A spoiler that changes the notebook as nbformat reads it."""

    def spoil(folder):
        nb = nbformat.read(notebook(folder), as_version=4)
        change(nb)
        notebook(folder).write_text(json.dumps(nb))

    return spoil


def wrong_and(change):
    """The same for a notebook with wrong answers, which wants points by other means."""

    def both(nb):
        handed_in(nb, **WRONG)
        change(nb)

    return cells(both)


def writing(content):
    return lambda folder: notebook(folder).write_bytes(content)


def byte_order_mark(folder):
    notebook(folder).write_bytes(b"\xef\xbb\xbf" + notebook(folder).read_bytes())


def version_3(folder):
    nb = nbformat.read(notebook(folder), as_version=4)
    nbformat.write(nbformat.convert(nb, 3), notebook(folder))


def rename(name):
    return lambda folder: notebook(folder).rename(folder / name)


def copy_cell(name):
    def copy(nb):
        cell = find(nb, name)
        nb.cells.insert(nb.cells.index(cell) + 1, nbformat.from_dict(json.loads(json.dumps(cell))))

    return cells(copy)


def without(*names):
    def drop(nb):
        nb.cells = [
            c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in names
        ]

    return cells(drop)


def strip(nb):
    for cell in nb.cells:
        cell.metadata = {}


def strip_all(nb):
    strip(nb)
    for cell in nb.cells:
        del cell["id"]
    nb.nbformat_minor = 4


def widgets(raw):
    raw["metadata"]["widgets"] = {"state": ["x" * 1000] * 50_000}


def old_outputs(nb):
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = [{"output_type": "stream", "name": "stdout", "text": "Passed"}]


def edit_checks(nb):
    for name in ("test_double_number", "test_double_text", "test_scale_values"):
        find(nb, name).source = "pass"
        find(nb, name).metadata["nbgrader"]["locked"] = False


def tag_checks(nb):
    for cell in nb.cells:
        cell.metadata["tags"] = ["skip-execution", "raises-exception"]


def more_points(nb):
    for cell in nb.cells:
        if "points" in cell.metadata.get("nbgrader", {}):
            cell.metadata["nbgrader"]["points"] = 1000


def by_hand(nb):
    for name in ("test_double_number", "test_scale_random"):
        find(nb, name).metadata["nbgrader"]["solution"] = True


def to_text(nb):
    for name in ("test_double_number", "test_scale_random"):
        cell = find(nb, name)
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


def other_check(nb):
    """Another cell claims to be the check."""
    claim = new_code_cell(
        "8", metadata={"nbgrader": find(nb, "test_scale_random").metadata.nbgrader}
    )
    nb.cells.append(claim)


def wild_metadata(nb):
    find(nb, "test_double_number").metadata["nbgrader"] = {"grade_id": ["x"], "points": "many"}
    find(nb, "scale").metadata["nbgrader"]["schema_version"] = 99
    find(nb, "test_scale_values").metadata["nbgrader"] = {"grade_id": "test_scale_values"}


def answer_elsewhere(nb):
    answer = find(nb, "double")
    nb.cells.remove(answer)
    nb.cells.insert(2, new_code_cell(answer.source))


def shadow(name, text="raise SystemExit('shadowed')"):
    def spoil(folder):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return spoil


def pipe(name):
    def spoil(folder):
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)

    return spoil


def link(name, target):
    def spoil(folder):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return spoil


def too_large(folder):
    with open(notebook(folder), "r+b") as file:
        file.truncate(100 << 20)


def many_files(folder):
    for number in range(1100):
        (folder / f"{number}.txt").write_text("")


def instead(folder):
    notebook(folder).unlink()
    notebook(folder).mkdir()


def another_lesson(nb):
    nb.cells = [new_code_cell("print('another lesson')")]


def own_module(folder):
    (folder / "mine.py").write_text("def twice(x):\n    return x + x\n")
    nb = nbformat.read(notebook(folder), as_version=4)
    handed_in(nb, double="from mine import twice as double")
    nbformat.write(nb, notebook(folder))


def kernel(raw):
    raw["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}


def magics(nb):
    source = "%matplotlib inline\n%time 1\n!echo hi\nimport asyncio\nawait asyncio.sleep(0)\n"
    find(nb, "double").source = source + find(nb, "double").source


FOLDERS = {
    "byte_order_mark": (ALL, byte_order_mark),
    "version_3": (ALL, version_3),
    "version_of_tomorrow": (ALL, changing(lambda raw: raw.update(nbformat_minor=99))),
    "kernel_of_another_language": (ALL, changing(kernel)),
    "name_in_another_case": (ALL, rename(f"{LESSON}.IPYNB".upper())),
    "name_of_a_download": (ALL, rename(f"{LESSON} (1).ipynb")),
    "windows_line_ends": (
        ALL,
        cells(lambda nb: [c.update(source=c.source.replace("\n", "\r\n")) for c in nb.cells]),
    ),
    "copied_check": (ALL, copy_cell("test_double_number")),
    "copied_answer": (ALL, copy_cell("double")),
    "copied_question": (ALL, copy_cell("why")),
    "deleted_checks": (
        ALL,
        without("test_double_number", "test_scale_values", "test_scale_random"),
    ),
    "deleted_answers": (0, without("double", "scale", "why")),
    "answer_in_another_cell": (ALL, cells(answer_elsewhere)),
    "stripped_metadata": (ALL, cells(strip)),
    "stripped_metadata_and_ids": (ALL, cells(strip_all)),
    "wild_metadata": (ALL, cells(wild_metadata)),
    "same_ids": (ALL, cells(lambda nb: [c.update(id="same") for c in nb.cells])),
    "fifty_megabytes_of_widgets": (ALL, changing(widgets)),
    "lone_surrogate": (
        ALL,
        changing(lambda raw: raw["cells"][0].update(source="\ud800 title")),
    ),
    "magics": (ALL, cells(magics)),
    "module_of_its_own": (ALL, own_module),
    "shadows_numpy": (ALL, shadow("numpy.py")),
    "shadows_site": (ALL, shadow("sitecustomize.py")),
    "shadows_ipython": (ALL, shadow("IPython/__init__.py")),
    "shadows_the_judge": (ALL, shadow("grading/judge/__init__.py")),
    "startup_file": (ALL, shadow(".ipython/profile_default/startup/0.py")),
    "time_that_is_none": (ALL, shadow("timestamp.txt", "soon")),
    "old_outputs": (0, wrong_and(old_outputs)),
    "edited_checks": (0, wrong_and(edit_checks)),
    "tags": (0, wrong_and(tag_checks)),
    "more_points": (0, wrong_and(more_points)),
    "to_be_graded_by_hand": (0, wrong_and(by_hand)),
    "checks_turned_to_text": (0, wrong_and(to_text)),
    "another_cell_claims": (0, wrong_and(other_check)),
    "no_notebook": (None, lambda folder: notebook(folder).unlink(), "no notebook"),
    "folder_in_its_place": (None, instead, "no notebook"),
    "empty_file": (None, writing(b""), "is no notebook"),
    "no_json": (None, writing(b"{'cells': []}"), "is no notebook"),
    "not_utf8": (None, writing(b"\xff\xfe\x00\x01"), "is no notebook"),
    "list": (None, writing(b"[1, 2]"), "is no notebook"),
    "nested_deeply": (None, writing(b"[" * 100_000 + b"]" * 100_000), "nested too deeply"),
    "wrong_cells": (None, changing(lambda raw: raw.update(cells={"a": 1})), "no list of cells"),
    "wrong_source": (
        None,
        changing(lambda raw: raw["cells"][1].update(source={"a": 1})),
        "a cell has no text",
    ),
    "wrong_type": (
        None,
        changing(lambda raw: raw["cells"][1].update(cell_type="heading")),
        "a cell has the type",
    ),
    "another_lesson": (None, cells(another_lesson), "another notebook"),
    "too_large": (None, too_large, "larger than"),
    "many_files": (None, many_files, "files"),
    "pipe": (None, pipe(f"{LESSON}.ipynb"), "no regular file"),
    "pipe_beside": (None, pipe("timestamp.txt"), "no regular file"),
    "link_to_the_solution": (
        None,
        link("s.txt", f"../../../solutions/{LESSON}/{LESSON}.ipynb"),
        "is a link",
    ),
    "link_to_another": (
        None,
        link(f"{LESSON}.ipynb", f"../../a_honest/{LESSON}/{LESSON}.ipynb"),
        "is a link",
    ),
    "link_out": (None, link("passwd", "/etc"), "is a link"),
}
