"""The framework of the checks: what an answer is measured with, and the words that it gets."""

import contextlib
import functools
import importlib
import os
import sys
import threading
from pathlib import Path

import cv2
import keras
import matplotlib.image
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from helpers import generators
from helpers.checks import CheckFailed, check, expect, no_endless_loop, once, refusing
from helpers.checks import batches as of_batches
from helpers.checks import larger_than_memory as lesson_1
from helpers.checks.tiles import BLOCK, TOLERANCE, Folder, RandomTiles, random_tiles

# --- references refuse --------------------------------------------------------------------------


def imported():
    from helpers.generators import steps_per_epoch

    return steps_per_epoch


def aliased():
    import helpers.generators as something

    return something.steps_per_epoch


def called():
    return lambda num_samples, batch_size: generators.steps_per_epoch(num_samples, batch_size) + 0


def wrapped():
    return functools.wraps(generators.steps_per_epoch)(called())


def partial():
    return functools.partial(generators.steps_per_epoch)


def cached():
    return functools.lru_cache(generators.steps_per_epoch)


def stored():
    class Tools:
        count = staticmethod(generators.steps_per_epoch)

    return Tools().count


def shielded():
    def answer(num_samples, batch_size):
        try:
            return generators.steps_per_epoch(num_samples, batch_size)
        except Exception as error:
            raise ValueError from error

    return answer


def measured():
    class Rows(generators.TileBatches):
        def __init__(self, num_samples, batch_size):
            self.df, self.batch_size = range(num_samples), batch_size

    return lambda num_samples, batch_size: len(Rows(num_samples, batch_size))


def all_of_lesson_1():
    return [getattr(lesson_1, name) for name in lesson_1.__all__]


def checks_of(exercise):
    return [c for c in all_of_lesson_1() if c.__name__.startswith(exercise)]


@pytest.mark.parametrize(
    "way", [imported, aliased, called, wrapped, partial, cached, stored, measured]
)
def test_a_reference_refuses_however_it_was_come_by(way):
    answer = way()
    for judge in checks_of("steps_per_epoch"):
        with pytest.raises(CheckFailed, match="hands the work to the reference in `helpers`"):
            judge(answer)


def test_catching_the_refusal_gains_nothing_where_numbers_are_asked_for():
    with pytest.raises(ValueError):
        lesson_1.steps_per_epoch_rounds_up(shielded())


def test_a_reloaded_reference_refuses_too():
    before = dict(vars(generators))
    try:
        reloaded = importlib.reload(generators).batch_generator
        assert reloaded is not before["batch_generator"]
        for judge in checks_of("batch_generator"):
            with pytest.raises(CheckFailed, match="hands the work to the reference"):
                judge(reloaded)
    finally:
        vars(generators).update(before)


def test_a_subclass_of_the_reference_is_refused_even_if_it_writes_every_method():
    class Own(generators.TileBatches):
        def __len__(self):
            return 3

        def __getitem__(self, index):
            raise IndexError

        def on_epoch_end(self):
            pass

    for judge in checks_of("tile_batches"):
        with pytest.raises(CheckFailed, match="hands the work to the reference"):
            judge(Own)


def test_references_work_again_after_a_check_that_passed_and_one_that_failed():
    lesson_1.steps_per_epoch_edges(lambda n, size: -(-n // size))
    with pytest.raises(CheckFailed):
        lesson_1.steps_per_epoch_rounds_up(generators.steps_per_epoch)
    assert generators.steps_per_epoch(70, 16) == 5


def test_only_the_named_functions_refuse():
    with refusing([generators.steps_per_epoch]):
        generators.check_table(_table(), 2, 10)
        with pytest.raises(CheckFailed):
            generators.steps_per_epoch(70, 16)


def _table():
    with random_tiles(4) as tiles:
        return tiles.df


# --- what a check does with an answer -----------------------------------------------------------


@check()
def doubles(answer):
    """Twice the number comes out.

    Only the first line is the promise.
    """
    expect(answer(3) == 6, f"answer(3) must be 6. Received: {answer(3)}")


def test_a_pass_says_what_holds(capsys):
    assert doubles(lambda x: 2 * x) is None  # nbgrader reads a value at the end of a cell as points
    assert capsys.readouterr().out == "Passed: Twice the number comes out.\n"


def test_a_failure_says_what_came(capsys):
    with pytest.raises(AssertionError, match="must be 6. Received: 9") as caught:
        doubles(lambda x: x * x)
    assert capsys.readouterr().out == ""
    assert "Received: 9" in "".join(caught.value._render_traceback_())


def test_an_error_of_the_answer_is_shown_as_it_is_with_a_note():
    with pytest.raises(ZeroDivisionError) as caught:
        doubles(lambda x: x / 0)
    assert caught.value.__notes__ == [
        "Your code raised this while it was asked: Twice the number comes out."
    ]


def test_checks_share_a_trial_and_one_that_failed_tries_anew_when_it_is_run_again():
    # Guards against a "Not yet" for ever where what an answer calls was mended, but not the answer.
    tried, factor = [], [3]

    @once
    def trial(answer):
        tried.append(answer)
        return answer(3)

    @check()
    def first(answer):
        """Six."""
        expect(trial(answer) == 6, "not six")

    @check()
    def second(answer):
        """Even."""
        expect(trial(answer) % 2 == 0, "not even")

    def answer(x):
        return factor[0] * x

    for judge in (first, second):
        with pytest.raises(CheckFailed):
            judge(answer)
    assert len(tried) == 1
    factor[0] = 2
    for judge in (first, second, first, second):
        judge(answer)
    assert len(tried) == 2
    first(lambda x: 2 * x)
    assert len(tried) == 3


def test_an_untouched_answer_stays_a_plain_not_implemented_error():
    def untouched(*args, **kwargs):
        raise NotImplementedError

    for judge in all_of_lesson_1():
        answer = untouched
        if judge.__name__.startswith("tile_batches"):
            answer = type("TileBatches", (keras.utils.PyDataset,), {"__init__": untouched})
        with pytest.raises(NotImplementedError) as caught:
            judge(answer)
        assert not hasattr(caught.value, "__notes__")


def test_every_check_of_lesson_1_promises_something_of_its_own():
    promises = [judge.__doc__.splitlines()[0] for judge in all_of_lesson_1()]
    assert len(set(promises)) == len(promises) == 28
    assert all(promise.endswith(".") for promise in promises)


# --- endless loops ------------------------------------------------------------------------------


def spin():
    while True:
        pass


def swallow():
    while True:
        try:
            [].index(0)
        except Exception:
            continue


def starve():
    while True:
        yield from ()


@pytest.mark.parametrize("endless", [spin, swallow, lambda: next(starve())])
def test_an_endless_loop_ends_with_a_message(endless):
    with pytest.raises(CheckFailed, match="asked for batch 1, your code runs for ever. Look here"):
        with no_endless_loop("batch 1", "Look here.", max_lines=10_000):
            endless()


def test_a_long_but_finite_computation_is_let_through():
    with no_endless_loop("a sum"):
        assert sum(i for i in range(100_000)) == 4_999_950_000


def test_errors_pass_through_and_the_tracer_of_others_is_given_back():
    def other(frame, event, arg):
        return None

    before = sys.gettrace()
    sys.settrace(other)
    try:
        with pytest.raises(KeyError), no_endless_loop("a key"):
            {}["a"]
        assert sys.gettrace() is other
    finally:
        sys.settrace(before)


# --- images whose content is known --------------------------------------------------------------

DECODERS = {
    "opencv": lambda path: cv2.imread(path)[..., ::-1],
    "opencv_rgb": lambda path: cv2.imread(path, cv2.IMREAD_COLOR_RGB),
    "tensorflow": lambda path: tf.io.decode_jpeg(tf.io.read_file(path)).numpy(),
    "tensorflow_accurate": lambda path: tf.io.decode_jpeg(
        tf.io.read_file(path), dct_method="INTEGER_ACCURATE"
    ).numpy(),
    "tensorflow_any": lambda path: tf.io.decode_image(tf.io.read_file(path)).numpy(),
    "pillow": lambda path: np.asarray(Image.open(path)),
    "matplotlib": matplotlib.image.imread,
    "keras": lambda path: keras.utils.img_to_array(keras.utils.load_img(path)),
}


def read(tiles, decoder="opencv", rows=slice(None)):
    names = tiles.df["tile_name"].iloc[rows]
    return np.stack([DECODERS[decoder](os.path.join(tiles.path, name)) for name in names])


@pytest.mark.parametrize("decoder", DECODERS)
def test_every_decoder_sees_the_colours_that_were_drawn(decoder):
    for _ in range(5):
        with random_tiles(20) as tiles:
            x = read(tiles, decoder)
            assert tiles.seen_in(x) == list(range(20))
            error = np.abs(tiles.colours_in(x / 255) - tiles.colours / 255).max()
            assert error < TOLERANCE / 4


def test_images_differ_in_height_and_width_and_from_one_check_to_the_next():
    sizes, colours = set(), set()
    for _ in range(20):
        with random_tiles(2) as tiles:
            assert read(tiles).shape == (2, tiles.height, tiles.width, 3)
            assert tiles.height != tiles.width
            sizes.add((tiles.height, tiles.width))
            colours.add(tiles.colours.tobytes())
    assert len(sizes) > 1 and len(colours) == 20


def test_names_tell_neither_order_nor_label():
    with random_tiles(100) as tiles:
        names = tiles.df["tile_name"]
        assert names.is_unique and not names.is_monotonic_increasing
        assert set(os.listdir(tiles.path)) == set(names)
        assert abs(np.corrcoef(names.rank(), tiles.labels)[0, 1]) < 0.6
    assert not os.path.exists(tiles.path)


def test_repeated_names_stand_in_two_rows_with_different_labels():
    with random_tiles(24, names_repeat=True) as tiles:
        for _, rows in tiles.df.groupby("tile_name"):
            assert len(rows) == 2 and rows["y"].nunique() == 2
        assert tiles.seen_in(read(tiles)) == tiles.pictures.tolist()
        assert set(tiles.labels) == set(range(tiles.num_classes))


def test_any_index_is_out_of_order_and_complete():
    with random_tiles(24, any_index=True) as tiles:
        assert sorted(tiles.df.index) == list(range(24)) != tiles.df.index.tolist()


def test_an_image_is_painted_anew_within_its_range_or_deleted():
    with random_tiles(3) as tiles:
        old = read(tiles)
        tiles.paint(1, 60, 120)
        assert tiles.seen_in(old) == [0, -1, 2]
        assert tiles.seen_in(read(tiles)) == [0, 1, 2]
        assert (tiles.colours[1].min(), tiles.colours[1].max()) == (60, 120)
        assert tiles.colours[0].min() == 0 and tiles.colours[0].max() == 255
        tiles.delete(1)
        assert len(os.listdir(tiles.path)) == 2


def test_a_folder_joins_in_every_style(tmp_path):
    folder, file = Folder(tmp_path), tmp_path / "a.jpg"
    file.touch()
    ways = [
        folder + "a.jpg",
        f"{folder}/a.jpg",
        folder / "a.jpg",
        folder.joinpath("a.jpg"),
        os.path.join(folder, "a.jpg"),
        Path(folder) / "a.jpg",
        Path(folder, "a.jpg"),
        "/".join([folder, "a.jpg"]),
        tf.strings.join([folder, "/", "a.jpg"]).numpy().decode(),
    ]
    assert all(os.path.samefile(way, file) for way in ways)


WAYS = {
    "0 to 1": lambda x: x / 255,
    "-1 to 1": lambda x: x / 127.5 - 1,
    "divided twice": lambda x: x / 255 / 255,
    "bgr": lambda x: x[..., ::-1],
    "width first": lambda x: x.swapaxes(1, 2),
    "channels first": lambda x: np.moveaxis(x, -1, 1),
    "resized": lambda x: np.stack([cv2.resize(image, (100, 90)) for image in x]),
    "small": lambda x: np.stack([cv2.resize(image, (32, 32)) for image in x]),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_image_is_recognised_in_whatever_form_it_came(way):
    with random_tiles(16) as tiles:
        assert tiles.seen_in(WAYS[way](read(tiles))) == list(range(16))


def test_what_is_no_image_of_the_table_is_not_recognised():
    with random_tiles(6) as tiles:
        x = read(tiles)
        foreign = [np.zeros_like(x), x[:, :, ::-1], x[:, ::-1], (x // 2 + x[::-1] // 2)]
        foreign += [np.full(x.shape, np.nan), x.mean(-1), x[..., :1], np.zeros((6, 0, 0, 3))]
        for no_image in foreign:
            assert tiles.seen_in(no_image) == [-1] * 6
        for picture in range(6):
            tiles.paint(picture)
        assert tiles.seen_in(x) == [-1] * 6


# --- what a batch must be -----------------------------------------------------------------------


@pytest.fixture
def tiles(tmp_path):
    return RandomTiles(tmp_path, 6)


def one_hot(tiles):
    return np.eye(tiles.num_classes, dtype="float32")[tiles.labels]


def images(tiles):
    return read(tiles).astype("float32") / 255


@pytest.mark.parametrize("kind", [np.asarray, tf.constant, keras.ops.convert_to_tensor])
def test_arrays_and_tensors_have_the_right_form(tiles, kind):
    of_batches.expect_form(tiles, kind(images(tiles)), kind(one_hot(tiles)), 6)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x, y: (list(x), y), "x must be one array. Received: a list"),
        (lambda x, y: (x, y.tolist()), "y must be one array. Received: a list"),
        (lambda x, y: (x[:5], y), "x must have the shape (6, "),
        (lambda x, y: (x.swapaxes(1, 2), y), "x must have the shape (6, "),
        (lambda x, y: (x.astype("float64"), y), "x must be float32. Received: float64"),
        (lambda x, y: (x, y.astype("int64")), "y must be float32. Received: int64"),
        (lambda x, y: (x, y.argmax(1)), "y must have the shape (6, 5), one-hot over all"),
        (lambda x, y: (x, y[:, :-1]), "Received: (6, 4)"),
        (lambda x, y: (x, 0 * y), "a single 1 and zeros"),
        (lambda x, y: (x, 0.9 * y), "a single 1 and zeros"),
    ],
)
def test_another_form_is_named(tiles, change, words):
    with pytest.raises(CheckFailed) as caught:
        of_batches.expect_form(tiles, *change(images(tiles), one_hot(tiles)), 6)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x: x * 255, "from 0 to 255. Image files hold 0 to 255: divide by 255"),
        (lambda x: x * 2 - 1, "must lie between 0 and 1"),
        (lambda x: x / 255, "the division by 255 was done twice"),
        (lambda x: x * 255 / 256, "too dark. The largest value of a byte is 255, not 256"),
        (lambda x: x[..., ::-1], "Red and blue are swapped"),
        (lambda x: x[..., [1, 2, 0]], "neither flipped nor cut"),
        (lambda x: x[:, ::-1], "neither flipped nor cut"),
        (lambda x: x[:, 1:], "Images here have the shape"),
        (lambda x: x**0.5, "neither flipped nor cut"),
        (lambda x: np.full_like(x, np.nan), "must lie between 0 and 1"),
    ],
)
def test_other_pixels_are_named(tiles, change, words):
    of_batches.expect_pixels(tiles, images(tiles), np.arange(6))
    with pytest.raises(CheckFailed) as caught:
        of_batches.expect_pixels(tiles, change(images(tiles)), np.arange(6))
    assert words in str(caught.value)


def test_dark_images_must_stay_dark(tiles):
    for picture in range(6):
        tiles.paint(picture, 60, 120)
    of_batches.expect_pixels(tiles, images(tiles), np.arange(6))
    with pytest.raises(CheckFailed, match="not by its largest value"):
        of_batches.expect_pixels(tiles, images(tiles) / images(tiles).max(), np.arange(6))


def test_pixels_do_not_depend_on_the_order_of_the_rows(tiles):
    of_batches.expect_pixels(tiles, images(tiles)[::-1], np.arange(6))


def test_rows_out_of_place_are_named(tiles):
    x = images(tiles)
    of_batches.expect_rows(tiles, x[2:4], [2, 3], 7)
    with pytest.raises(CheckFailed, match="Batch 7 must hold rows 2 to 3 .* the image of row 3"):
        of_batches.expect_rows(tiles, x[[3, 2]], [2, 3], 7)
    with pytest.raises(CheckFailed, match="that is 2 images. Received: 1 images"):
        of_batches.expect_rows(tiles, x[2:3], [2, 3], 7)
    with pytest.raises(CheckFailed, match="no image of the table"):
        of_batches.expect_rows(tiles, 0 * x[2:4], [2, 3], 7)


def test_rows_taken_by_index_are_named_as_such(tiles):
    tiles.df.index = [1, 2, 3, 4, 5, 0]
    with pytest.raises(CheckFailed, match="whose index is 0 .*df.iloc"):
        of_batches.expect_rows(tiles, images(tiles)[[5, 0]], [0, 1], 1)


def test_each_row_once_in_any_order(tiles):
    x, y = images(tiles), one_hot(tiles)
    of_batches.expect_each_row_once(tiles, [(x[3:], y[3:]), (x[:3], y[:3])], "A pass")
    with pytest.raises(CheckFailed, match=r"missing: \[5\]; more than once: \[\]"):
        of_batches.expect_each_row_once(tiles, [(x[:5], y[:5])], "A pass")
    with pytest.raises(CheckFailed, match=r"missing: \[5\]; more than once: \[0\]"):
        of_batches.expect_each_row_once(tiles, [(x[[0, 0, 1, 2, 3, 4]], y)], "A pass")
    with pytest.raises(CheckFailed, match=r"7 rows; missing: \[\]"):
        of_batches.expect_each_row_once(tiles, [(x, y), (x[:1], y[:1])], "A pass")


@pytest.mark.parametrize(
    "form", [lambda y: y, lambda y: y.argmax(1), lambda y: y.argmax(1)[:, None]]
)
def test_labels_are_held_against_the_image_they_come_with(tiles, form):
    x, y = images(tiles), form(one_hot(tiles))
    of_batches.expect_labels(tiles, [(x[3:], y[3:]), (x[:3], y[:3])], "a plain table")
    wrong = np.roll(y, 1, axis=0)
    with pytest.raises(CheckFailed, match=r"with the label \d. Received with it: \d \(a plain"):
        of_batches.expect_labels(tiles, [(x, wrong)], "a plain table")
    with pytest.raises(CheckFailed, match="6 images need as many labels. Received: 5"):
        of_batches.expect_labels(tiles, [(x, y[:5])], "a plain table")


def test_labels_of_images_that_cannot_be_recognised_go_by_the_order_of_the_table(tiles):
    grey = images(tiles).mean(-1)
    of_batches.expect_labels(tiles, [(grey, one_hot(tiles))], "a plain table")
    with pytest.raises(CheckFailed, match="Received with it"):
        of_batches.expect_labels(tiles, [(grey, one_hot(tiles)[::-1])], "a plain table")


def test_two_rows_of_one_image_keep_their_two_labels(tmp_path):
    tiles = RandomTiles(tmp_path, 8, names_repeat=True)
    x, y = images(tiles), one_hot(tiles)
    of_batches.expect_labels(tiles, [(x, y)], "")
    first = [tiles.pictures.tolist().index(picture) for picture in tiles.pictures]
    with pytest.raises(CheckFailed, match=r"row \d and \d of the table with the label"):
        of_batches.expect_labels(tiles, [(x, y[first])], "")


# --- taking batches -----------------------------------------------------------------------------


def counting(count):
    buffer = np.zeros((2, 1))
    for number in range(count):
        buffer[:] = number
        yield buffer, [number]


def test_batches_are_copies_so_that_a_reused_array_costs_one_check_only():
    taken = of_batches.take(counting(3), 3)
    assert [x[0, 0] for x, _ in taken] == [0, 1, 2]
    raw = of_batches.take(counting(3), 3, of_batches.as_pair)
    assert [x[0, 0] for x, _ in raw] == [2, 2, 2]


def test_an_iterator_that_is_no_generator_will_do():
    assert len(of_batches.take(iter([(1, 2), (3, 4)]), 2)) == 2
    assert len(of_batches.take(map(tuple, ["ab", "cd"]), 2)) == 2


def test_a_pass_may_end_where_that_is_allowed():
    assert len(of_batches.take(counting(2), 5, may_end=True)) == 2
    with pytest.raises(CheckFailed, match="ended after 2 batches.*while True"):
        of_batches.take(counting(2), 5)


@pytest.mark.parametrize(
    ("batches", "words"),
    [
        ([(1, 2)], "Expected a generator, a function that uses `yield`. Received: 'list' object"),
        ((1, 2), "Received: 'tuple' object"),
        (iter([np.zeros(3)]), "must be a pair (x, y) of images and labels. Received: ndarray"),
        (iter([(1, 2, 3)]), "Received: tuple of length 3"),
        (iter([{"x": 1, "y": 2}]), "Received: dict of length 2"),
        (iter([None]), "Received: NoneType"),
        (starve(), "asked for batch 1, your code runs for ever. Look for a loop around `yield`"),
    ],
)
def test_what_is_no_batch_is_named(batches, words):
    with pytest.raises(CheckFailed) as caught:
        of_batches.take(batches, 1)
    assert words in str(caught.value)


def test_a_type_error_of_the_answer_is_not_taken_for_a_missing_generator():
    def broken():
        yield None + 1

    with pytest.raises(TypeError, match="NoneType"):
        of_batches.take(broken(), 1)


def test_blocks_are_whole_units_of_jpeg():
    # The most subsampled JPEG codes 16 by 16 pixels at once: flat units come back as they were.
    assert BLOCK % 16 == 0


def test_a_tile_painted_anew_is_never_seen_half_written():
    # A thread that reads ahead met an empty file, and a right answer failed.
    with random_tiles(1) as tiles:
        path, unreadable, done = Path(tiles.path, tiles.names[0]), [], threading.Event()

        def read():
            while not done.is_set():
                with contextlib.suppress(PermissionError):  # Windows, while it is replaced
                    unreadable.extend([1] * (not path.read_bytes().endswith(b"\xff\xd9")))

        thread = threading.Thread(target=read)
        thread.start()
        before = tiles.colours.copy()
        for _ in range(300):
            tiles.paint(0)
        done.set()
        thread.join()
        assert not unreadable and (tiles.colours != before).any()
        assert os.listdir(tiles.path) == tiles.names
