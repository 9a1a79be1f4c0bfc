"""Checks of `batch_generator`, on random images on disk."""

import threading
import time

import numpy as np

from helpers import batches as reading
from helpers import generators
from helpers.checks import CheckFailed, beside, check, expect, no_endless_loop
from helpers.checks.batches import (
    as_pair,
    expect_each_row_once,
    expect_form,
    expect_labels,
    expect_pixels,
    expect_rows,
    take,
)
from helpers.checks.tiles import random_tiles

REFERENCES = (
    generators.batch_generator,
    reading.check_table,
    reading.read_batch,
    reading.read_images,
)
reads_batches = check(*REFERENCES)


def start(batch_generator, tiles, batch_size):
    with no_endless_loop("a generator", "Is there a `yield` in it?", max_lines=500_000):
        batches = batch_generator(tiles.df, batch_size, tiles.path, tiles.num_classes)
    expect(
        batches is not None,
        "batch_generator returned None. A generator function has a `yield` in it.",
    )
    return batches


@reads_batches
def batch_generator_form(batch_generator):
    """x is float32 (b, height, width, 3), y is one-hot float32 (b, num_classes)."""
    with random_tiles(12, num_classes=20) as tiles:  # no batch holds the last class
        for x, y in take(start(batch_generator, tiles, 4), 2, as_pair):
            expect_form(tiles, x, y, 4)


@reads_batches
def batch_generator_pixels(batch_generator):
    """Pixels are RGB, from 0 to 1."""
    with random_tiles(12) as tiles:
        for picture in range(6, 12):
            tiles.paint(picture, 60, 120)
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 6), 2)):
            expect_pixels(tiles, x, np.arange(6 * number, 6 * number + 6))


@reads_batches
def batch_generator_order(batch_generator):
    """Full batches hold the rows of the table, in its order, whatever its index."""
    with random_tiles(24, any_index=True) as tiles:
        for number, (x, _) in enumerate(take(start(batch_generator, tiles, 8), 3)):
            expect_rows(tiles, x, np.arange(8 * number, 8 * number + 8), number + 1)


@reads_batches
def batch_generator_last_batch(batch_generator):
    """The last batch of a pass is smaller and loses nothing."""
    batch_size = int(np.random.default_rng().integers(6, 10))
    rest = batch_size // 2
    num_rows = 3 * batch_size + rest
    with random_tiles(num_rows) as tiles:
        batches = take(start(batch_generator, tiles, batch_size), 4)
        x, y = batches[-1]
        context = (
            f"Batch 4 has {len(x)} images; the table has {num_rows} rows and batch_size is "
            f"{batch_size}, so the last batch must hold the remaining {rest}, not "
        )
        expect(len(x) >= rest, context + "fewer.")
        expect(
            len(x) == rest or set(tiles.pictures[-rest:].tolist()) <= set(tiles.seen_in(x)),
            context + "be dropped.",
        )
        expect(len(x) == rest, context + "be filled up.")
        expect(
            len(y) == rest,
            f"Batch 4 has {rest} images, so it must have {rest} rows of labels. Received: {len(y)}",
        )
        expect_each_row_once(tiles, batches, "The first 4 batches")


@reads_batches
def batch_generator_endless(batch_generator):
    """After the last row the next pass begins, the same as the first."""
    with random_tiles(12) as tiles:
        batches = take(start(batch_generator, tiles, 6), 7)
        shown = sum((tiles.seen_in(x) for x, _ in batches), [])
        expect(
            shown[12:24] == shown[:12],
            f"The first pass over 12 rows showed the rows {shown[:12]}. After them, the same must "
            f"come again. Received: {shown[12:24]}",
        )


@reads_batches
def batch_generator_reads_late(batch_generator):
    """Images are read when their batch is due, so that one batch is in memory."""
    with random_tiles(160) as tiles:
        threads = beside(threading.active_count)
        batches = start(batch_generator, tiles, 4)
        for when in ("first", "second"):  # in the second, images kept from the first would show
            batch = take(batches, 1, may_end=when == "second")
            seen = [picture for x, _ in batch for picture in tiles.seen_in(x)]
            # Whoever reads everything ahead has the time to do it.
            time.sleep(0.2 if beside(threading.active_count) > threads else 0.02)
            for picture in [p for p in range(160) if p not in seen][-4:]:
                tiles.paint(picture)
            batches_left = take(batches, 39, may_end=when == "second")
            expect(
                not any(-1 in tiles.seen_in(x) for x, _ in batches_left),
                f"In the {when} pass, 4 files were changed while the first of 40 batches was out. "
                "Later batches must show what is in the files then. Received: something else, so "
                "they had been read long before. Read images inside the loop over batches, keep "
                "none.",
            )


@reads_batches
def batch_generator_labels(batch_generator):
    """Each image has the label of its own row, also where two rows share a name."""
    with random_tiles(24) as tiles:
        expect_labels(tiles, take(start(batch_generator, tiles, 8), 3), "a plain table")
    with random_tiles(24, names_repeat=True, any_index=True) as tiles:
        expect_labels(
            tiles,
            take(start(batch_generator, tiles, 8), 3),
            "every file name stands in two rows, with different labels, and the index is out of "
            "order: a label belongs to its row, so do not look it up by name or by index",
        )


@reads_batches
def batch_generator_other_sizes(batch_generator):
    """A batch larger than the table holds it all; batches that divide it leave no empty one."""
    with random_tiles(5) as tiles:
        for batch_size, wanted in ((64, [5, 5]), (5, [5, 5]), (1, [1] * 6)):
            # One pass is enough here: an ending generator has a check of its own.
            batches = take(start(batch_generator, tiles, batch_size), len(wanted), may_end=True)
            sizes, one_pass = [len(x) for x, _ in batches], 5 // wanted[0]
            expect(
                sizes in (wanted, wanted[:one_pass]),
                f"5 rows with batch_size {batch_size}: the first batches must hold {wanted} "
                f"images. Received: {sizes}",
            )
            expect_each_row_once(tiles, batches[:one_pass], f"With batch_size {batch_size}, a pass")


@reads_batches
def batch_generator_leaves_alone(batch_generator):
    """Every batch is a fresh array, the table stays as it was, no missing file is skipped."""
    with random_tiles(16) as tiles:
        before = tiles.df.copy(deep=True)
        batches = start(batch_generator, tiles, 4)
        first = take(batches, 1, as_pair)[0]
        copies = [np.array(array) for array in first]
        take(batches, 3)
        expect(
            all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
            "Batch 1 changed when batch 2 was made: both are the same array. Keras may still be "
            "using the first one, so make new arrays for every batch.",
        )
        expect_same_table(tiles.df, before)
    with random_tiles(16) as tiles:
        tiles.delete(tiles.pictures[5])
        try:
            batches = take(start(batch_generator, tiles, 4), 4)
        except CheckFailed:
            raise
        except Exception:
            return  # any error will do: the learner sees that a file is missing
        expect_nothing_made_up([x for x, _ in batches])


def expect_same_table(df, before):
    expect(
        before.equals(df) and before.index.identical(df.index),
        "The table was changed. It belongs to the caller: work on a copy, or on row numbers.",
    )


def expect_nothing_made_up(images):
    """Without row 5 of 16, whose file is missing: no error, so at least values that are none."""
    sizes = [len(x) for x in images]
    if sizes == [4] * 4 and any(np.isnan(image).all() for x in images for image in x):
        return  # the loss will be nan, which nobody overlooks
    raise CheckFailed(
        f"The file of row 5 is missing, and still batches of {sizes} images came. An error must "
        "say so: a row that is skipped or made up trains on data nobody knows."
    )
