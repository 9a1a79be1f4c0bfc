"""Checks of `make_dataset`, on random images on disk."""

import itertools

import numpy as np
import tensorflow as tf

from helpers import pipelines
from helpers.checks import check, expect
from helpers.checks.batches import as_arrays, expect_labels, expect_rows
from helpers.checks.fit_and_predict.parallel import (
    decodes_in_graph,
    decodes_in_parallel,
    parallel_steps,
    watching_decoders,
)
from helpers.checks.tiles import TOLERANCE, random_tiles

makes_dataset = check(pipelines.make_dataset)


def make(make_dataset, tiles, batch_size):
    dataset = make_dataset(tiles.df, batch_size, tiles.path, tiles.num_classes)
    expect(
        isinstance(dataset, tf.data.Dataset),
        f"make_dataset must return a tf.data.Dataset. Received: {type(dataset).__name__}",
    )
    return dataset


def one_pass(dataset, most):
    """The batches of one pass as arrays, at most `most` of them."""
    items = itertools.islice(dataset, most)
    return [as_arrays(item, f"Batch {number}") for number, item in enumerate(items, start=1)]


@makes_dataset
def uint8_pipeline_form(make_dataset):
    """x is uint8 (b, height, width, 3), y is one-hot float32 (b, num_classes)."""
    with random_tiles(12) as tiles:
        dataset = make(make_dataset, tiles, 4)
        for x, y in one_pass(dataset, 3):
            shapes = (4, tiles.height, tiles.width, 3), (4, tiles.num_classes)
            for name, value, shape in zip("xy", (x, y), shapes, strict=True):
                expect(
                    value.shape == shape,
                    f"{name} must have the shape {shape}. Received: {value.shape}",
                )
            expect(
                x.dtype == np.uint8,
                f"x must be uint8, as the file holds it. Received: {x.dtype}. The model scales.",
            )
            expect(y.dtype == np.float32, f"y must be float32. Received: {y.dtype}")
            expect(
                ((y == 0) | (y == 1)).all() and (y.sum(1) == 1).all(),
                f"Each row of y must hold a single 1 and zeros. Received: {y[0].tolist()}",
            )
        expect_known_shapes(dataset)


def expect_known_shapes(dataset):
    """TensorFlow knows before the first batch how many axes there are: else `fit` cannot begin."""
    x, y = (spec.shape for spec in dataset.element_spec)
    for name, shape, rank in (("x", x, 4), ("y", y, 2)):
        expect(
            shape.rank == rank,
            f"dataset.element_spec must say that {name} has {rank} axes. Received: "
            f"{'unknown' if shape.rank is None else shape.rank}. After numpy_function "
            "TensorFlow knows no shape: tell it with tf.ensure_shape.",
        )


@makes_dataset
def uint8_pipeline_pixels(make_dataset):
    """Pixels are RGB, from 0 to 255."""
    with random_tiles(12) as tiles:
        x, _ = one_pass(make(make_dataset, tiles, 6), 1)[0]
        # In whatever order: that has a check of its own.
        pictures = [i if seen < 0 else seen for i, seen in enumerate(tiles.seen_in(x))]
        expected = tiles.colours[pictures].astype(float)
        found = tiles.colours_in(x)
        wanted, received = expected[0, 0, 0].tolist(), np.round(found[0, 0, 0], 2).tolist()

    def close(colours):
        return np.abs(colours - expected).max() < 255 * TOLERANCE

    hint = "Is each image read from its own file?"
    if close(found[..., ::-1]):
        hint = "Red and blue are swapped: OpenCV reads BGR, tf.io reads RGB."
    elif found.max() <= 1.001:
        hint = "Leave the values as they are: dividing by 255 is for the model."
    expect(
        close(found),
        f"The top left of the first image is red, green, blue = {wanted}. Received: {received}. "
        + hint,
    )


@makes_dataset
def uint8_pipeline_order(make_dataset):
    """Batches hold the rows of the table, in its order."""
    with random_tiles(24) as tiles:
        dataset = make(make_dataset, tiles, 8)
        for number, (x, _) in enumerate(one_pass(dataset, 3)):
            expect_rows(tiles, x, np.arange(8 * number, 8 * number + 8), number + 1)
        parallel, _ = parallel_steps(dataset)
        any_order = [node.op for node in parallel if node.attr["deterministic"].s == b"false"]
        if parallel and dataset.options().deterministic is False:
            any_order.append("with_options")
        expect(
            not any_order,
            "Several images are decoded at once, and must come in order whichever is done first. "
            f"Received: deterministic=False in {any_order[:1]}, so that this time the order was "
            "right by chance.",
        )


@makes_dataset
def uint8_pipeline_last_batch(make_dataset):
    """The last batch is smaller and loses nothing."""
    with random_tiles(19) as tiles:
        sizes = [len(x) for x, _ in one_pass(make(make_dataset, tiles, 8), 3)]
        expect(
            sizes == [8, 8, 3],
            f"19 rows with batch_size 8 make batches of 8, 8 and 3. Received: {sizes}. "
            "Dataset.batch keeps the rest unless it is told to drop it.",
        )


@makes_dataset
def uint8_pipeline_decodes_in_parallel(make_dataset):
    """Several images are decoded at the same time."""
    with random_tiles(32) as tiles, watching_decoders() as most_at_once:
        dataset = make(make_dataset, tiles, 8)
        if not decodes_in_parallel(dataset):
            one_pass(dataset, 4)
            unknown = most_at_once() == 0 and not decodes_in_graph(dataset)
            expect(
                most_at_once() > 1 or unknown,  # nobody is blamed for what was not seen
                "The files are decoded one after the other. Dataset.map has an argument "
                "num_parallel_calls, 2 or more or tf.data.AUTOTUNE, for the map that reads the "
                "files.",
            )


@makes_dataset
def uint8_pipeline_one_pass(make_dataset):
    """The dataset ends after one pass, and the next pass is as long."""
    with random_tiles(16) as tiles:
        dataset = make(make_dataset, tiles, 8)
        for which in ("first", "second"):
            sizes = [len(x) for x, _ in one_pass(dataset, 5)]
            expect(
                sizes == [8, 8],
                f"16 rows with batch_size 8 are one pass of 2 batches. Received in the {which} "
                f"pass: batches of {sizes}. fit begins a dataset anew in every epoch, so it needs "
                "no repeat.",
            )


@makes_dataset
def uint8_pipeline_labels(make_dataset):
    """Each image has the label of its own row, also where two rows share a name."""
    with random_tiles(24) as tiles:
        expect_labels(tiles, one_pass(make(make_dataset, tiles, 8), 3), "a plain table")
    with random_tiles(24, names_repeat=True, any_index=True) as tiles:
        expect_labels(
            tiles,
            one_pass(make(make_dataset, tiles, 8), 3),
            "a table in which every file name stands in two rows, and the index is out of order: "
            "take labels by position",
        )
    with random_tiles(24, num_classes=3) as tiles:
        tiles.num_classes = 5
        tiles.labels = np.array([0, 1, 3])[tiles.labels]
        tiles.df["y"] = tiles.labels
        batches = one_pass(make(make_dataset, tiles, 8), 3)
        hint = (
            "a table that lacks classes 2 and 4 of 5: column k of y is for class k, also where "
            "nothing is of that class"
        )
        expect_labels(tiles, batches, hint)
        # Other forms of y lose the check of the form, where no class is lacking.
        widths = {y.shape[1] for _, y in batches if y.ndim == 2}
        expect(
            min(widths, default=5) >= 5,
            f"y must have num_classes = 5 columns. Received: {widths} ({hint}).",
        )


@makes_dataset
def uint8_pipeline_reads_late(make_dataset):
    """Images are read when their batch is due, so that a few batches are in memory."""
    with random_tiles(160) as tiles:
        dataset = make(make_dataset, tiles, 2)
        one_pass(dataset, 80)
        batches = itertools.islice(dataset, 80)
        next(batches)
        for picture in tiles.pictures:
            tiles.paint(picture)
        *_, (x, _) = batches
        expect(
            -1 not in tiles.seen_in(np.array(x)),
            "In the second pass, all files were changed while the first of 80 batches was out. The "
            "last batch must show what is in them then. Received: what was in them before. Read "
            "files inside the function that you map, and keep none.",
        )
