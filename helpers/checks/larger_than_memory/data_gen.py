"""Checks of `data_gen`, on random arrays in a table."""

import numpy as np
import pandas as pd

from helpers.checks import check, expect, no_endless_loop
from helpers.checks.tiles import take


def random_arrays(num_rows, size=(224, 224)):
    """A table of images as arrays (`url`), 224 px as in the classic code, and integer labels."""
    rng = np.random.default_rng()
    height, width = size
    images = [rng.integers(0, 256, (height, width, 3), dtype=np.uint8) for _ in range(num_rows)]
    labels = rng.permutation(np.arange(num_rows) + 10)  # all differ, so that a mix-up shows
    return pd.DataFrame({"url": images, "class": labels})


def expect_arrays(df, x, y, rows, number):
    rows = list(rows)
    where = f"Batch {number} must hold rows {rows[0]} to {rows[-1]} of the table"
    images, labels = np.stack(df["url"].to_numpy()[rows]), df["class"].to_numpy()[rows]
    expect(
        len(x) == len(y) == len(rows),
        f"{where}, {len(rows)} of them. Received: {len(x)} images and {len(y)} labels.",
    )
    expect(
        x.shape == images.shape,
        f"The images have the shape {images.shape[1:]}. Received: {x.shape[1:]}",
    )
    for row, got, wanted in zip(rows, x, images, strict=True):
        expect(
            np.array_equal(got, wanted),
            f"{where}, values as they are. Row {row} starts with the pixel "
            f"{wanted[0, 0].tolist()}. Received: {np.asarray(got)[0, 0].tolist()}",
        )
    received = np.asarray(y, np.float64).ravel()
    expect(
        received.tolist() == labels.tolist(),
        f"{where}, with the labels {labels.tolist()}. Received: {received.tolist()}",
    )


@check()
def data_gen_form(data_gen):
    """x is float32 (b, h, w, 3) in the size of the images, y is float32 (b, 1)."""
    height, width = (int(n) for n in np.random.default_rng().permutation(np.arange(5, 20))[:2])
    df = random_arrays(12, (height, width))
    shape = (4, *df["url"][0].shape)
    for x, y in take(data_gen(df, 4), 3):
        expect(
            x.shape == shape,
            f"x must have the shape {shape}: the size is that of the images. Received: {x.shape}",
        )
        expect(x.dtype == np.float32, f"x must be float32. Received: {x.dtype}")
        expect(y.shape == (4, 1), f"y must have the shape (4, 1). Received: {y.shape}")
        expect(y.dtype == np.float32, f"y must be float32. Received: {y.dtype}")


@check()
def data_gen_values(data_gen):
    """Rows come in order, values as they are, each with its own label."""
    df = random_arrays(12)
    for number, (x, y) in enumerate(take(data_gen(df, 4), 3)):
        expect_arrays(df, x, y, range(4 * number, 4 * number + 4), number + 1)


@check()
def data_gen_last_batch(data_gen):
    """The last batch is smaller, then the next pass begins."""
    df = random_arrays(11)
    context = "11 rows, batch_size 4: batches of 4, 4 and 3, then the same again."
    for number, (x, y) in enumerate(take(data_gen(df, 4), 6)):
        rows = range(11)[4 * (number % 3) :][:4]
        expect(
            len(x) == len(y) == len(rows),
            f"Batch {number + 1} must hold {len(rows)} rows. Received: {len(x)} images and "
            f"{len(y)} labels. {context}",
        )
        expect_arrays(df, x, y, rows, number + 1)


@check()
def data_gen_fresh_arrays(data_gen):
    """Every batch is made of new arrays."""
    df = random_arrays(12)
    batches = data_gen(df, 4)
    with no_endless_loop("batch 1"):
        first = next(batches)
    copies = [np.array(array) for array in first]
    take(batches, 2)
    expect(
        all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
        "Batch 1 changed when batch 2 was made: the arrays made before the loop are filled again "
        "and again. Make them inside the loop.",
    )


@check()
def data_gen_any_index(data_gen):
    """Rows are taken by position, whatever the index of the table, which stays as it was."""
    df = random_arrays(12)
    df.index = np.random.default_rng().permutation(12) + 5
    before = df.copy()
    for number, (x, y) in enumerate(take(data_gen(df, 4), 3)):
        expect_arrays(df, x, y, range(4 * number, 4 * number + 4), number + 1)
    expect(
        list(df.columns) == list(before.columns) and df.index.equals(before.index),
        "The table was changed. It belongs to the caller.",
    )
