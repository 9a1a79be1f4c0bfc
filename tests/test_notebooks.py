"""Every solution runs and validates, every lesson fails in one way only, all keep house rules."""

import ast
import re

import course
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbgrader.apps import NbGrader
from nbgrader.preprocessors import CheckCellMetadata
from nbgrader.validator import Validator

LESSONS = course.lesson_names()
each_lesson = pytest.mark.parametrize("lesson", LESSONS)

# Answers from elsewhere are tried against these names: `grade_id` and, where it is fixed, what the
# answer cell defines.
EXERCISES = {
    "01_larger_than_memory": {
        "dataset_bytes": "dataset_bytes(num_images, height, width, channels=3, dtype='float32')",
        "batch_generator": "batch_generator(df, batch_size, path_tiles, num_classes)",
        "steps_per_epoch": "steps_per_epoch(num_samples, batch_size)",
        "tile_batches": "TileBatches(self, df, batch_size, path_tiles, num_classes, "
        "shuffle=False, seed=None, **kwargs)",
        "fix_data_gen": "data_gen(df, batch_size)",
    },
    "02_fit_and_predict_generators": {
        "fit_generator": "fit_generator(model, generator, steps_per_epoch, epochs=1, "
        "validation_data=None, validation_steps=None)",
        "predict_generator": "predict_generator(model, generator, steps)",
        "modernise": None,
        "out_of_data": None,
        "uint8_pipeline": "make_dataset(df, batch_size, path_tiles, num_classes)",
    },
    "03_data_augmentation": {
        "modern_augmenter": "make_augmenter(seed=None)",
        "random_flip": "random_flip(image, rng)",
        "affine": "affine_matrix(height, width, shear, zoom, angle)",
        "augment_batch": "augment_batch(images, rng)",
        "train_only": None,
    },
    "04_transfer_learning": {
        "freeze": "freeze(model, last_trainable_block=None)",
        "build_classifier": "build_classifier(base, num_classes)",
        "extract_features": "extract_features(base, batches)",
        "fine_tune": "unfreeze_top(model, base, block, learning_rate)",
    },
    "05_vgg16_on_cifar10": {
        "prepare_data": "prepare_data(folder, valid_fraction=0.1, seed=0)",
        "baseline_from_scratch": "baseline_from_scratch(train, valid, num_classes, epochs, "
        "callbacks=())",
        "train_head": "train_head(base, train, valid, num_classes, folder)",
        "augment_and_fine_tune": "augment_and_fine_tune(model, base, train, valid, block, "
        "learning_rate, epochs, callbacks=())",
        "report": "report(runs, test, class_names)",
        "your_classifier": "your_classifier(base, train, valid, num_classes)",
    },
    "06_beyond_one_machine": {"serve_dataset": None, "shard": None},
}

MOST_LINES = 20  # of a cell, without blank lines and docstrings
MOST_ANSWER_LINES = 30  # of an answer cell, which may hold a class
MOST_WORDS = 80  # of prose under one heading before a code cell

PICTURES = {".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp"}
HAND_MADE = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
AUTOMATIC = re.compile(r"cell-[0-9a-f]+|[0-9a-f]{8}(-[0-9a-f-]+)?")
POINTS_IN_PROSE = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten)[ -](points?|pts?|marks?)\b"
    r"|\b(points?|pts|marks) ?[:=] ?\d",
    re.IGNORECASE,
)


def test_there_are_lessons():
    # Without any, every test of this file would be skipped, and all would seem well.
    assert LESSONS and set(LESSONS) <= set(EXERCISES)


# --- they run -------------------------------------------------------------------------------------


@each_lesson
def test_the_solution_runs_from_top_to_bottom(lesson, executed):
    nb = executed(lesson)
    failed = [(c.source, name, message) for c, name, message in errors(nb)]
    assert not failed
    assert all(c.execution_count for c in nb.cells if c.cell_type == "code" and c.source.strip())


@each_lesson
def test_the_sandbox_runs_the_solution_too(lesson, graded):
    nb = graded(lesson).course.executed("solution", lesson)
    assert [(c.source, name, message) for c, name, message in errors(nb)] == []


@each_lesson
def test_the_untouched_lesson_fails_with_not_implemented_error_only(lesson, graded):
    found = errors(graded(lesson).course.executed("untouched", lesson))
    # A check shows what the answer has raised.
    others = [
        (cell.source, name, message)
        for cell, name, message in found
        if "NotImplementedError" not in (name, message.rstrip().rsplit("\n")[-1])
    ]
    assert found and not others


@each_lesson
def test_no_check_leaves_a_value(lesson, executed):
    # nbgrader reads a number that a check leaves behind as the points to give.
    nb = executed(lesson)
    values = [
        course.grade_id(c)
        for c in filter(course.is_check, nb.cells)
        for o in c.outputs
        if o.output_type == "execute_result"
    ]
    assert not values


@each_lesson
def test_the_solved_lesson_validates(lesson, executed, tmp_path, monkeypatch):
    # What the Validate button says of a lesson with these outputs, without running it once more.
    nb = course.released(lesson)
    for cell, run in zip(nb.cells, executed(lesson).cells, strict=True):
        if course.is_answer(cell):
            cell.source = run.source
        if course.is_written(cell):
            cell.source = "An answer in words."
        if cell.cell_type == "code":  # nbgrader's kernels write warnings to stdout
            cell.outputs = [o for o in run.outputs if o.get("name") != "stderr"]
    path = tmp_path / f"{lesson}.ipynb"
    course.nbformat.write(nb, path)
    assert validate(path, monkeypatch, preprocessors=[CheckCellMetadata]) == {}


def errors(nb):
    """`(cell, name, message)` of everything that was raised."""
    return [
        (cell, output.ename, output.evalue)
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def validate(path, monkeypatch, **settings):
    """The Validator's result with the project's settings; `{}` means that all is well."""
    monkeypatch.chdir(course.ROOT)
    app = NbGrader()
    app.load_config_file()
    return Validator(config=app.config, **settings).validate(str(path))


# --- they keep the house rules --------------------------------------------------------------------


@each_lesson
def test_a_folder_holds_its_notebook_and_pictures_only(lesson):
    # nbgrader copies every other file into the release: answers, notes, data.
    names = {p.name for p in (course.SOLUTIONS / lesson).iterdir() if p.suffix not in PICTURES}
    assert names - {".ipynb_checkpoints"} == {f"{lesson}.ipynb"}


@each_lesson
def test_it_has_the_exercises_that_the_course_promises(lesson):
    assert sorted(course.exercises(course.solution(lesson))) == sorted(EXERCISES[lesson])


@each_lesson
def test_answers_define_the_promised_signatures(lesson):
    for name, exercise in course.exercises(course.solution(lesson)).items():
        promised = EXERCISES[lesson][name]
        if promised:
            assert promised in course.defines(exercise.answer.source).values()


@each_lesson
def test_the_first_cell_is_the_header(lesson):
    header = course.solution(lesson).cells[0]
    assert header.cell_type == "markdown" and header.source.startswith("# ")
    for word in ("minutes", "memory", "download"):
        assert word in header.source.lower(), f"the header does not say anything about {word}"


@each_lesson
def test_the_second_cell_imports_and_does_nothing_else(lesson):
    nb = course.solution(lesson)
    assert nb.cells[1].cell_type == "code"
    assert all(
        isinstance(node, (ast.Import, ast.ImportFrom))
        for node in ast.parse(nb.cells[1].source).body
    )


@each_lesson
def test_code_cells_are_short(lesson):
    long = {}
    for cell in course.solution(lesson).cells:
        if cell.cell_type == "code":
            most = MOST_ANSWER_LINES if course.is_answer(cell) else MOST_LINES
            if code_lines(cell.source) > most:
                long[cell.id] = code_lines(cell.source)
    assert not long


def code_lines(source):
    """Lines that are not blank, not a docstring and not a marker of nbgrader."""
    source = TransformerManager().transform_cell(source)
    docstrings = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            docstrings |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return sum(
        bool(line.strip()) and not line.strip().startswith("### ") and number not in docstrings
        for number, line in enumerate(source.split("\n"), start=1)
    )


def test_code_lines_leaves_docstrings_blanks_and_markers_out():
    assert code_lines('def f():\n    """One\n\n    two."""\n\n    ### BEGIN SOLUTION\n    x') == 2


@each_lesson
def test_prose_is_short(lesson):
    cells = course.solution(lesson).cells[1:]
    long = {}
    for cell, following in zip(cells, cells[1:], strict=False):
        if cell.cell_type == "markdown" and following.cell_type == "code":
            words = max(words_under_headings(cell.source))
            if words > MOST_WORDS:
                long[cell.id] = words
    assert not long


def words_under_headings(markdown):
    """Counts without fenced code, tables, pictures and their captions, which are looked at."""
    markdown = re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    looked_at = r"^\s*\|.*$|!\[[^\]]*\]\([^)]*\)|^\*[^*]+\*$"
    markdown = re.sub(looked_at, "", markdown, flags=re.MULTILINE)
    markdown = re.sub(r"`[^`]+`", "code", markdown)
    return [len(part.split()) for part in re.split(r"^#+ .*$", markdown, flags=re.MULTILINE)]


def test_words_are_counted_under_each_heading():
    assert words_under_headings("*A caption.*\n\none `x + y` three\n\n## Next\n\none two") == [3, 2]


@each_lesson
def test_no_prose_speaks_of_points(lesson):
    # Points live in the metadata; a number in the text would sooner or later contradict it.
    said = {c.id: POINTS_IN_PROSE.search(c.source) for c in course.solution(lesson).cells}
    assert not {name: match[0] for name, match in said.items() if match}


@pytest.mark.parametrize("text", ["(3 points)", "two pts", "Points: 4", "a 5-point question"])
def test_points_in_prose_are_found(text):
    assert POINTS_IN_PROSE.search(text)


@pytest.mark.parametrize("text", ["accuracy rises by percentage points", "it points to 3 files"])
def test_other_points_are_left_alone(text):
    assert not POINTS_IN_PROSE.search(text)


@each_lesson
def test_pictures_have_alt_text(lesson):
    assert not [c.id for c in course.solution(lesson).cells if re.search(r"!\[\s*\]\(", c.source)]


@each_lesson
def test_nothing_but_the_source_is_kept(lesson):
    for nb in (course.solution(lesson), course.released(lesson)):
        for cell in nb.cells:
            assert not cell.get("outputs") and not cell.get("execution_count"), cell.id
            assert not cell.get("attachments"), cell.id
            known = {"nbgrader"} | ({"deletable", "editable"} if course.is_graded(cell) else set())
            assert set(cell.metadata) <= known, f"{cell.id} carries {sorted(cell.metadata)}"


@each_lesson
def test_the_kernel_is_named(lesson):
    # Without it JupyterLab asks the student which kernel to start.
    assert course.solution(lesson).metadata["kernelspec"]["name"] == "python3"


@each_lesson
def test_ids_are_made_by_hand(lesson):
    for cell in course.solution(lesson).cells:
        assert HAND_MADE.fullmatch(cell.id) and not AUTOMATIC.fullmatch(cell.id), cell.id
        if course.is_graded(cell):
            assert course.grade_id(cell) == cell.id


@each_lesson
def test_every_answer_keeps_its_docstring_and_hides_its_solution(lesson):
    for name, exercise in course.exercises(course.solution(lesson)).items():
        outside, inside = course.split(exercise.answer.source, "SOLUTION")
        assert inside.strip(), f"{name} has no solution region"
        assert '"""' in outside, f"{name} says nothing about what to write"


@each_lesson
def test_every_check_belongs_to_an_exercise_and_follows_it(lesson):
    nb = course.solution(lesson)
    last = None
    for cell in nb.cells:
        if course.is_answer(cell):
            last = course.grade_id(cell)
        if course.is_check(cell):
            assert course.exercise_of(course.grade_id(cell), EXERCISES[lesson]) == last
            assert course.points(cell) > 0


@each_lesson
def test_every_exercise_has_visible_and_hidden_checks(lesson):
    for name, exercise in course.exercises(course.solution(lesson)).items():
        parts = [course.split(check.source, "HIDDEN TESTS") for check in exercise.checks]
        assert any(ast.parse(visible).body for visible, _ in parts), f"{name}: none to see"
        assert any(ast.parse(hidden).body for _, hidden in parts), f"{name}: none hidden"
        assert all(visible.strip() for visible, _ in parts), f"{name}: a student sees an empty cell"


@each_lesson
def test_there_is_one_written_question(lesson):
    written = [c for c in course.solution(lesson).cells if course.is_written(c)]
    assert [c.cell_type for c in written] == ["markdown"]
