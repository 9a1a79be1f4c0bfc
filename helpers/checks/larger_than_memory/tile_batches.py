"""Checks of `TileBatches`, on random images on disk."""

import keras
import numpy as np

from helpers import generators
from helpers.checks import CheckFailed, check, expect
from helpers.checks.larger_than_memory.batch_generator import (
    expect_form,
    expect_labels,
    expect_pixels,
    expect_rows,
)
from helpers.checks.tiles import as_batch, labels_in, random_tiles

numbers_batches = check(
    generators.batch_generator,
    generators.read_batch,
    generators.TileBatches.__getitem__,
    generators.TileBatches.__len__,
    generators.TileBatches.on_epoch_end,
)


def make(TileBatches, tiles, batch_size, **kwargs):
    return TileBatches(tiles.df, batch_size, tiles.path, tiles.num_classes, **kwargs)


def all_batches(dataset):
    """One pass over the batches, by number, as `fit` does it."""
    dataset.on_epoch_begin()
    batches = [as_batch(dataset[i], f"Batch number {i}") for i in range(len(dataset))]
    dataset.on_epoch_end()
    return batches


def shown_in(dataset, tiles):
    return sum((tiles.seen_in(x) for x, _ in all_batches(dataset)), [])


@numbers_batches
def tile_batches_is_a_py_dataset(TileBatches):
    """TileBatches is a PyDataset and hands its keyword arguments on."""
    expect(
        isinstance(TileBatches, type) and issubclass(TileBatches, keras.utils.PyDataset),
        "TileBatches must be a class derived from keras.utils.PyDataset. "
        f"Received: {getattr(TileBatches, '__mro__', TileBatches)}",
    )
    with random_tiles(8) as tiles:
        dataset = make(TileBatches, tiles, 4, workers=3, max_queue_size=7)
        expect(
            (dataset.workers, dataset.max_queue_size) == (3, 7),
            "TileBatches(…, workers=3, max_queue_size=7) must pass both on with "
            f"super().__init__(**kwargs). Received: workers={dataset.workers}, "
            f"max_queue_size={dataset.max_queue_size}",
        )
        expect_form(*as_batch(dataset[0], "Batch number 0"), tiles, 4)


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
        x, _ = as_batch(make(TileBatches, tiles, 4)[2], "Batch number 2")
        expect_rows(tiles, x, [8, 9, 10], "number 2")


@numbers_batches
def tile_batches_order(TileBatches):
    """Batch i holds the rows from i * batch_size on, RGB from 0 to 1, asked in any order."""
    with random_tiles(24) as tiles:
        dataset = make(TileBatches, tiles, 8)
        for number in (2, 0, 1, 2):
            x, _ = as_batch(dataset[number], f"Batch number {number}")
            rows = np.arange(8 * number, 8 * number + 8)
            expect_rows(tiles, x, rows, f"number {number}")
            expect_pixels(x, tiles, tiles.pictures[rows])


@numbers_batches
def tile_batches_index_error(TileBatches):
    """A batch number out of range is an IndexError."""
    with random_tiles(11) as tiles:
        dataset = make(TileBatches, tiles, 4)
        for number in (3, 100):
            try:
                item = dataset[number]
            except IndexError:
                continue
            except Exception as error:
                item = error
            came = type(item).__name__
            raise CheckFailed(
                f"There are batches 0 to 2. Batch number {number} must raise an IndexError, else "
                f"an off-by-one goes unseen. Received: {came}. Check the number at the start "
                "of __getitem__."
            )


@numbers_batches
def tile_batches_labels(TileBatches):
    """Each image has the label of its own row, shuffled or not."""
    with random_tiles(24, names_repeat=True) as tiles:
        expect_labels(
            all_batches(make(TileBatches, tiles, 8)),
            tiles,
            "a table in which every file name stands in two rows, with different labels",
        )
    with random_tiles(24) as tiles:
        for x, y in all_batches(make(TileBatches, tiles, 8, shuffle=True, seed=1)):
            labels = labels_in(y, tiles.num_classes)
            for picture, label in zip(tiles.seen_in(x), labels, strict=True):
                row = np.flatnonzero(tiles.pictures == picture)
                expect(
                    len(row) == 1 and label == tiles.labels[row[0]],
                    f"Shuffled, the image of row {row} has the label {tiles.labels[row]}. "
                    f"Received: {label}. Images and labels must be shuffled together.",
                )


@numbers_batches
def tile_batches_shuffle(TileBatches):
    """Shuffled, every epoch has each row once, in another order, the first one too."""
    with random_tiles(24) as tiles:
        dataset = make(TileBatches, tiles, 8, shuffle=True, seed=3)
        epochs = [shown_in(dataset, tiles) for _ in range(3)]
        for number, shown in enumerate(epochs, start=1):
            twice = {picture for picture in shown if shown.count(picture) > 1}
            expect(
                sorted(shown) == list(range(24)),
                f"Epoch {number} must hold each of the 24 rows once. Received: {len(shown)} rows, "
                f"{len(twice)} of them more than once.",
            )
        expect(epochs[0] != list(range(24)), "The first epoch was not shuffled.")
        expect(
            epochs[0] != epochs[1] and epochs[1] != epochs[2],
            "Two epochs had the same order. Keras calls on_epoch_end after every epoch: "
            "draw a new order there.",
        )
        expect(
            any(set(epochs[0][i : i + 8]) != set(epochs[1][i : i + 8]) for i in (0, 8, 16)),
            "Only the rows inside a batch changed places. Shuffle the whole table.",
        )
        unshuffled = make(TileBatches, tiles, 8)
        shown = [shown_in(unshuffled, tiles) for _ in range(2)]
        expect(
            shown == [list(range(24))] * 2,
            "With shuffle=False every epoch must keep the order of the table.",
        )


@numbers_batches
def tile_batches_seed(TileBatches):
    """The same seed gives the same orders, whatever else draws random numbers."""
    with random_tiles(24) as tiles:
        runs = []
        for seed in (5, 5, 6):
            dataset = make(TileBatches, tiles, 8, shuffle=True, seed=seed)
            epochs = []
            for _ in range(2):
                epochs.append(shown_in(dataset, tiles))
                np.random.random(len(runs) + 1)  # noqa: NPY002  somebody else draws, too
            runs.append(epochs)
        expect(
            runs[0] == runs[1],
            "Two datasets with seed=5 gave different orders, while somebody else drew "
            "numbers from np.random in between. Keep a generator of your own: "
            "self.rng = np.random.default_rng(seed).",
        )
        expect(runs[0] != runs[2], "Seeds 5 and 6 gave the same order.")


@numbers_batches
def tile_batches_leaves_alone(TileBatches):
    """Every batch is a fresh array and the table stays as it was."""
    with random_tiles(16) as tiles:
        before = tiles.df.copy(deep=True)
        dataset = make(TileBatches, tiles, 4, shuffle=True, seed=0)
        first = dataset[0]
        copies = [np.array(array) for array in first]
        all_batches(dataset)
        expect(
            all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
            "Batch number 0 changed when the next was made: both are the same array. Threads "
            "make several batches at once, so make new arrays in __getitem__.",
        )
        expect(
            before.equals(tiles.df) and before.index.equals(tiles.df.index),
            "The table was changed. It belongs to the caller: shuffle row numbers instead.",
        )
