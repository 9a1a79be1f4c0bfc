"""Checks of `data_gen`, on random arrays in a table."""

import numpy as np
import pandas as pd

from helpers.checks import CheckFailed, beside, check, expect, no_endless_loop
from helpers.checks.batches import as_pair, take

WRITTEN = 77  # no image is all of it


def random_arrays(num_rows, size=(224, 224)):
    """A table of images as arrays (`url`), 224 px as in the classic code, and integer labels."""
    rng = np.random.default_rng()
    height, width = size
    images = [rng.integers(0, 256, (height, width, 3), dtype=np.uint8) for _ in range(num_rows)]
    labels = rng.permutation(np.arange(num_rows) + 10)  # all differ, so that a mix-up shows
    return pd.DataFrame({"url": images, "class": labels})


def start(data_gen, df):
    with no_endless_loop("a generator", "Is there a `yield` in it?", max_lines=500_000):
        return data_gen(df, 4)


def copy_of(df):
    """A table with images of its own: what batches are compared with is not for the answer."""
    return df.assign(url=[image.copy() for image in df["url"]])


def rows_in(df, x):
    """Which row each image of a batch is, told by a corner; -1 for none.

    Range and channel order do not matter here: they have a check of their own.
    """
    corners = np.stack([image[:6, :6] for image in df["url"]]).astype(np.float64)
    rows = []
    for image in x:
        corner = np.asarray(image[:6, :6], np.float64)
        if corner.shape != corners.shape[1:]:
            return [-1] * len(x)
        corner = corner * 255 if corner.max() <= 1 else corner
        distances = [np.abs(corners - c).max((1, 2, 3)) for c in (corner, corner[..., ::-1])]
        nearest = np.minimum(*distances)
        rows.append(int(nearest.argmin()) if nearest.min() < 2 else -1)
    return rows


def expect_values(df, x, y, rows, number):
    """Batch `number` must hold these rows in order, values as they are, with their labels."""
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
    for x, y in take(start(data_gen, random_arrays(12, (height, width))), 3, as_pair):
        for name, value, shape in (("x", x, (4, height, width, 3)), ("y", y, (4, 1))):
            expect(
                hasattr(value, "shape") and hasattr(value, "dtype"),
                f"{name} must be one array. Received: a {type(value).__name__}",
            )
            size = ": the size is that of the images" if name == "x" else ""
            expect(
                tuple(value.shape) == shape,
                f"{name} must have the shape {shape}{size}. Received: {tuple(value.shape)}",
            )
            dtype = np.asarray(value).dtype
            expect(dtype == np.float32, f"{name} must be float32. Received: {dtype}")


@check()
def data_gen_values(data_gen):
    """Rows come in order, values as they are, each with its own label."""
    df = random_arrays(12)
    for number, (x, y) in enumerate(take(start(data_gen, copy_of(df)), 3)):
        expect_values(df, x, y, np.arange(4 * number, 4 * number + 4), number + 1)


@check()
def data_gen_last_batch(data_gen):
    """The last batch is smaller, then the next pass begins."""
    df = random_arrays(11)
    context = "11 rows, batch_size 4: batches of 4, 4 and 3, then the same again."
    batches = take(start(data_gen, copy_of(df)), 6)
    for number, (x, y) in enumerate(batches):
        size = (4, 4, 3)[number % 3]
        expect(
            len(x) == len(y) == size,
            f"Batch {number + 1} must hold {size} rows. Received: {len(x)} images and "
            f"{len(y)} labels. {context}",
        )
    for which, one_pass in (("first", batches[:3]), ("second", batches[3:])):
        rows = sum((rows_in(df, x) for x, _ in one_pass), [])
        expect(
            sorted(rows) == list(range(11)),
            f"The {which} pass must hold each row once. Received the rows {rows}. {context}",
        )


@check()
def data_gen_fresh_arrays(data_gen):
    """Every batch is made of new arrays."""
    df = random_arrays(12)
    batches = start(data_gen, df)
    first = take(batches, 1, as_pair)[0]
    copies = [np.array(array) for array in first]
    take(batches, 2)
    expect(
        all(np.array_equal(a, b) for a, b in zip(first, copies, strict=True)),
        "Batch 1 changed when batch 2 was made: the arrays made before the loop are filled again "
        "and again. Make them inside the loop.",
    )
    with no_endless_loop("batch 4"):
        beside(overwrite, batches)
    for x, _ in take(batches, 3, may_end=True):
        expect(
            not any((image == WRITTEN).all() for image in x),
            "The images of batch 4 were overwritten, as their owner may, and a pass later that "
            "came back: batches are views into an array that is kept. Make x anew from its rows.",
        )


def overwrite(batches):
    """Takes a batch and writes into its images, where they live: beside the answer."""
    x, _ = next(batches, (None, None))  # an ending generator has a check of its own
    if isinstance(x, np.ndarray) and x.flags.writeable:
        x[...] = WRITTEN


@check()
def data_gen_any_index(data_gen):
    """Rows are taken by position, whatever the index of the table, which stays as it was."""
    df = random_arrays(12)
    df.index = pd.Index(np.random.default_rng().permutation(12) + 5, name="row")
    before = copy_of(df)
    try:
        batches = take(start(data_gen, df), 3)
    except KeyError as error:
        raise CheckFailed(
            f"The table has no row with the index {error}. Its index is out of order here, as "
            "after filtering: take rows by position, with df.iloc."
        ) from error
    rows, labels = sum((rows_in(before, x) for x, _ in batches), []), before["class"].tolist()
    received = [float(label) for _, y in batches for label in np.ravel(y)]
    expect(
        rows == list(range(12)) and received == labels,
        "The index of the table is out of order here, as after filtering. Rows count by position: "
        "take them with df.iloc. Received the rows "
        f"{rows} with the labels {received}; the table has {labels}",
    )
    same = before["class"].equals(df["class"]) and before.index.identical(df.index)
    same = same and list(df.columns) == list(before.columns)
    expect(
        same and all(map(np.array_equal, before["url"], df["url"])),
        "The table was changed. It belongs to the caller: work on a copy.",
    )
