"""Checks of `batch_generator`, on random images on disk."""

import numpy as np

from helpers import generators
from helpers.checks import CheckFailed, check, expect, no_endless_loop
from helpers.checks.tiles import TOLERANCE, block_colours, labels_in, random_tiles, take

reads_batches = check(generators.batch_generator, generators.read_batch)


def start(batch_generator, tiles, batch_size):
    batches = batch_generator(tiles.df, batch_size, tiles.path, tiles.num_classes)
    expect(
        batches is not None,
        "batch_generator returned None. A generator function has a `yield` in it.",
    )
    return batches


def expect_rows(tiles, x, rows, number):
    """Batch `number` must show the images of `rows`, in this order."""
    shown, wanted = tiles.seen_in(x), tiles.pictures[rows].tolist()
    where = f"Batch {number} must hold rows {rows[0]} to {rows[-1]} of the table, in order"
    expect(
        len(x) == len(rows),
        f"{where}, that is {len(rows)} images. Received: {len(x)} images.",
    )
    for row, seen, picture in zip(rows, shown, wanted, strict=True):
        if seen == picture:
            continue
        came = "no image of the table (another size, another range or an empty array)"
        if seen >= 0:
            came = f"the image of row {np.flatnonzero(tiles.pictures == seen)[0]}"
        raise CheckFailed(f"{where}. Received: {came} in place of row {row}.")


def expect_form(x, y, tiles, num_rows):
    shape = (num_rows, tiles.height, tiles.width, 3)
    expect(x.shape == shape, f"x must have the shape {shape}. Received: {x.shape}")
    expect(x.dtype == np.float32, f"x must be float32. Received: {x.dtype}")
    shape = (num_rows, tiles.num_classes)
    expect(y.shape == shape, f"y must be one-hot, of shape {shape}. Received: {y.shape}")
    expect(y.dtype == np.float32, f"y must be float32. Received: {y.dtype}")
    expect(
        ((y == 0) | (y == 1)).all() and (y.sum(1) == 1).all(),
        f"Each row of y must hold a single 1 and zeros. Received: {y[0].tolist()}",
    )


@reads_batches
def batch_generator_form(batch_generator):
    """x is float32 (b, height, width, 3), y is one-hot float32 (b, num_classes)."""
    with random_tiles(12) as tiles:
        for x, y in take(start(batch_generator, tiles, 4), 2):
            expect_form(x, y, tiles, 4)


@reads_batches
def batch_generator_pixels(batch_generator):
    """Pixels are RGB, from 0 to 1."""
    with random_tiles(12) as tiles:
        (x, _), *_ = take(start(batch_generator, tiles, 6), 1)
        expect_pixels(x, tiles, tiles.pictures[:6])


def expect_pixels(x, tiles, pictures):
    shape = (tiles.height, tiles.width, 3)
    expect(x.shape[1:] == shape, f"Images here have the shape {shape}. Received: {x.shape[1:]}")
    low, high = float(x.min()), float(x.max())
    expect(
        high <= 1.001 and low >= 0,
        f"Pixels must lie between 0 and 1. Received: from {low:g} to {high:g}. "
        "Image files hold 0 to 255: divide by 255.",
    )
    expected = tiles.colours[pictures[: len(x)]] / 255
    blocks = block_colours(x, tiles)
    if np.abs(blocks - expected).max() < TOLERANCE:
        return
    found = np.round(blocks[0, 0, 0], 2).tolist()
    wanted = np.round(expected[0, 0, 0], 2).tolist()
    hint = "Is each image read from its own file, neither flipped nor cut?"
    if np.abs(blocks[..., ::-1] - expected).max() < TOLERANCE:
        hint = "Red and blue are swapped: OpenCV reads BGR, so turn it into RGB."
    elif np.abs(blocks * 255 - expected).max() < TOLERANCE:
        hint = "That is 255 times too dark: the division by 255 was done twice."
    raise CheckFailed(
        f"The top left of the first image is red, green, blue = {wanted}. Received: {found}. {hint}"
    )


@reads_batches
def batch_generator_order(batch_generator):
    """Full batches hold the rows of the table, in its order."""
    with random_tiles(24) as tiles:
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 8), 3)):
            expect_rows(tiles, x, np.arange(8 * number, 8 * number + 8), number + 1)


@reads_batches
def batch_generator_last_batch(batch_generator):
    """The last batch of a pass is smaller and loses nothing."""
    batch_size = int(np.random.default_rng().integers(6, 10))
    rest = batch_size // 2
    num_rows = 3 * batch_size + rest
    with random_tiles(num_rows) as tiles:
        x, y = take(start(batch_generator, tiles, batch_size), 4)[-1]
        context = (
            f"Batch 4 has {len(x)} images; the table has {num_rows} rows and batch_size is "
            f"{batch_size}, so the last batch must hold the remaining {rest}, not "
        )
        expect(len(x) >= rest, context + "fewer.")
        shown = tiles.seen_in(x)
        expect(
            len(x) == rest or shown[:rest] == tiles.pictures[-rest:].tolist(),
            context + "be dropped.",
        )
        expect(len(x) == rest, context + "be filled up.")
        expect(
            len(y) == rest, f"Batch 4 has {rest} images, so it must have {rest} rows of labels. "
            f"Received: {len(y)}",
        )  # fmt: skip
        expect_rows(tiles, x, np.arange(num_rows)[-rest:], 4)


@reads_batches
def batch_generator_endless(batch_generator):
    """After the last row the next pass begins, the same as the first."""
    with random_tiles(12) as tiles:
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 6), 6)):
            expect_rows(tiles, x, np.arange(12)[6 * (number % 2) :][:6], number + 1)


@reads_batches
def batch_generator_reads_late(batch_generator):
    """Images are read when their batch is due, so that one batch is in memory."""
    with random_tiles(160) as tiles:
        batches = start(batch_generator, tiles, 4)
        for when in ("first", "second"):
            take(batches, 1)
            for row in range(156, 160):
                tiles.repaint(tiles.pictures[row])
            x, _ = take(batches, 39)[-1]
            expect(
                tiles.seen_in(x) == tiles.pictures[156:].tolist(),
                f"In the {when} pass, 4 files were changed while the first of 40 batches was out. "
                "Batch 40 must show what is in the files then. Received: something else, so they "
                "had been read long before. Read images inside the loop over batches, keep none.",
            )


@reads_batches
def batch_generator_labels(batch_generator):
    """Each image has the label of its own row, also where two rows share a name."""
    with random_tiles(24) as tiles:
        expect_labels(take(start(batch_generator, tiles, 8), 3), tiles, "a plain table")
    with random_tiles(24, names_repeat=True) as tiles:
        expect_labels(
            take(start(batch_generator, tiles, 8), 3),
            tiles,
            "a table in which every file name stands in two rows, with different labels, and the "
            "index is out of order: a label belongs to its row, so do not look it up by name "
            "or by index",
        )


def expect_labels(batches, tiles, which):
    labels = sum((labels_in(y, tiles.num_classes) for _, y in batches), [])
    expect(
        len(labels) == len(tiles.labels),
        f"{len(tiles.labels)} rows need as many labels. Received: {len(labels)}.",
    )
    for row, (label, expected) in enumerate(zip(labels, tiles.labels, strict=True)):
        expect(
            label == expected,
            f"Row {row} has the label {expected}. Received: {label} ({which}).",
        )


@reads_batches
def batch_generator_other_sizes(batch_generator):
    """A batch larger than the table holds it all; batches that divide it leave no empty one."""
    with random_tiles(5) as tiles:
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 64), 2), start=1):
            expect_rows(tiles, x, np.arange(5), number)
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 1), 6)):
            expect_rows(tiles, x, [number % 5], number + 1)


@reads_batches
def batch_generator_leaves_alone(batch_generator):
    """Every batch is a fresh array, the table stays as it was, no missing file is skipped."""
    with random_tiles(16) as tiles:
        before = tiles.df.copy(deep=True)
        batches = start(batch_generator, tiles, 4)
        with no_endless_loop("batch 1"):
            first = next(batches)
        copies = [np.array(array) for array in first]
        take(batches, 3)
        expect(
            all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
            "Batch 1 changed when batch 2 was made: both are the same array. Keras may still be "
            "using the first one, so make new arrays for every batch.",
        )
        expect(
            before.equals(tiles.df) and before.index.equals(tiles.df.index),
            "The table was changed. It belongs to the caller: work on a copy.",
        )
    with random_tiles(16) as tiles:
        tiles.delete(tiles.pictures[5])
        try:
            sizes = [len(x) for x, _ in take(start(batch_generator, tiles, 4), 2)]
        except CheckFailed:
            raise
        except Exception:
            return  # any error will do: the learner sees that a file is missing
        raise CheckFailed(
            f"The file of row 5 is missing, and still two batches of {sizes} images came. An error "
            "must say so: a row that is skipped or made up trains on data nobody knows."
        )
