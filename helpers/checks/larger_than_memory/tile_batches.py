"""Checks of `TileBatches`, on random images on disk."""

import keras
import numpy as np

from helpers import generators
from helpers.checks import CheckFailed, check, expect, no_endless_loop, refuse
from helpers.checks.batches import (
    as_arrays,
    as_pair,
    expect_form,
    expect_labels,
    expect_pixels,
    expect_rows,
)
from helpers.checks.larger_than_memory.batch_generator import (
    REFERENCES,
    expect_nothing_made_up,
    expect_same_table,
)
from helpers.checks.tiles import random_tiles

numbers_batches = check(
    *REFERENCES,
    generators.TileBatches.__getitem__,
    generators.TileBatches.__len__,
    generators.TileBatches.on_epoch_end,
)


def make(TileBatches, tiles, batch_size, **kwargs):
    if isinstance(TileBatches, type) and issubclass(TileBatches, generators.TileBatches):
        refuse()
    with no_endless_loop("a TileBatches", "Look at the loops in __init__.", max_lines=500_000):
        return TileBatches(tiles.df, batch_size, tiles.path, tiles.num_classes, **kwargs)


def batch(dataset, number, read=as_arrays):
    with no_endless_loop(f"batch number {number}"):
        item = dataset[number]
    return read(item, f"Batch number {number}")


def one_epoch(dataset, numbers):
    """The batches of these numbers, as `fit` asks for them. `len` has a check of its own."""
    call(dataset, "on_epoch_begin")
    batches = [batch(dataset, number) for number in numbers]
    call(dataset, "on_epoch_end")
    return batches


def call(dataset, name):
    # Only a PyDataset has both; whether it is one has a check of its own.
    getattr(dataset, name, lambda: None)()


@numbers_batches
def tile_batches_is_a_py_dataset(TileBatches):
    """TileBatches is a PyDataset and hands its keyword arguments on."""
    expect(
        isinstance(TileBatches, type) and issubclass(TileBatches, keras.utils.PyDataset),
        "TileBatches must be a class derived from keras.utils.PyDataset. "
        f"Received: {getattr(TileBatches, '__mro__', TileBatches)}",
    )
    with random_tiles(8, num_classes=20) as tiles:  # no batch holds the last class
        dataset = make(TileBatches, tiles, 4, workers=3, max_queue_size=7)
        received = [getattr(dataset, name, None) for name in ("workers", "max_queue_size")]
        expect(
            received == [3, 7],
            "TileBatches(…, workers=3, max_queue_size=7) must pass both on with "
            f"super().__init__(**kwargs). Received: workers={received[0]}, "
            f"max_queue_size={received[1]}",
        )
        expect_form(tiles, *batch(dataset, 0, as_pair), 4)


@numbers_batches
def tile_batches_len(TileBatches):
    """len counts the last, smaller batch, too."""
    with random_tiles(11) as tiles:
        for batch_size, expected in ((4, 3), (11, 1), (100, 1), (1, 11)):
            received = len(make(TileBatches, tiles, batch_size))
            expect(
                received == expected,
                f"len must be {expected} for 11 rows and batch_size {batch_size}. "
                f"Received: {received}. Keras asks for no more batches than that, so what len "
                "leaves out is never seen: round up.",
            )
        # Five rows: whoever mixes all of them has these, in order, once in 55,000 times.
        *_, (x, _) = one_epoch(make(TileBatches, tiles, 6), range(2))
        expect_rows(tiles, x, np.arange(6, 11), "number 1")


@numbers_batches
def tile_batches_order(TileBatches):
    """Batch i holds the rows from i * batch_size on, RGB from 0 to 1, asked in any order."""
    with random_tiles(24, any_index=True) as tiles:
        for picture in range(8):
            tiles.paint(picture, 60, 120)
        dataset = make(TileBatches, tiles, 8)
        for number in (2, 0, 1, 2):
            x, _ = batch(dataset, number)
            rows = np.arange(8 * number, 8 * number + 8)
            expect_pixels(tiles, x, rows)
            expect_rows(tiles, x, rows, f"number {number}")


def is_last_batch(tiles, item):
    x = np.asarray(as_pair(item, "Batch number -1")[0])
    rest = tiles.pictures[-len(x) :].tolist()
    return 0 < len(x) < 4 and tiles.seen_in(x) == rest


@numbers_batches
def tile_batches_index_error(TileBatches):
    """A batch number out of range is an IndexError."""
    with random_tiles(11) as tiles:
        dataset = make(TileBatches, tiles, 4)
        for number in (3, 100, -4, -1):
            try:
                item = dataset[number]
                if number == -1 and is_last_batch(tiles, item):  # from the end, as lists count
                    continue
                came = f"a {type(item).__name__}"
            except IndexError:
                continue
            except (CheckFailed, NotImplementedError):
                raise
            except Exception as error:
                came = f"{type(error).__name__}: {error}"
            raise CheckFailed(
                f"There are batches 0 to 2. Batch number {number} must raise an IndexError, else "
                f"an off-by-one goes unseen. Received: {came}. Check the number at the start "
                "of __getitem__."
            )


@numbers_batches
def tile_batches_labels(TileBatches):
    """Each image has the label of its own row, shuffled or not."""
    with random_tiles(24, names_repeat=True, any_index=True) as tiles:
        expect_labels(
            tiles,
            one_epoch(make(TileBatches, tiles, 8), range(3)),
            "every file name stands in two rows, with different labels, and the index is out of "
            "order: a label belongs to its row, so do not look it up by name or by index",
        )
    with random_tiles(24) as tiles:
        dataset = make(TileBatches, tiles, 8, shuffle=True, seed=1)
        for _ in range(2):
            expect_labels(
                tiles,
                one_epoch(dataset, range(3)),
                "with shuffle=True: images and labels must be shuffled together",
            )


@numbers_batches
def tile_batches_leaves_alone(TileBatches):
    """Batches are read when asked for, into fresh arrays; the table stays as it was."""
    with random_tiles(16) as tiles:
        before = tiles.df.copy(deep=True)
        dataset = make(TileBatches, tiles, 4, shuffle=True, seed=0)
        first = batch(dataset, 0, as_pair)
        copies = [np.array(array) for array in first]
        one_epoch(dataset, range(4))
        expect(
            all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
            "Batch number 0 changed when the next was made: both are the same array. Threads "
            "make several batches at once, so make new arrays in __getitem__.",
        )
        expect_same_table(tiles.df, before)
        for picture in range(16):
            tiles.paint(picture)
        expect(
            -1 not in tiles.seen_in(batch(dataset, 3)[0]),
            "The files were changed, then batch number 3 was asked for. It must show what is in "
            "the files now, not what was read before: read images in __getitem__, keep none.",
        )
    with random_tiles(16) as tiles:
        dataset = make(TileBatches, tiles, 4)
        tiles.delete(tiles.pictures[5])
        try:
            images = [batch(dataset, number)[0] for number in range(4)]
        except CheckFailed:
            raise
        except Exception:
            return  # any error will do
        expect_nothing_made_up(images)
