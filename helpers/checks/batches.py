"""Taking batches from an answer, and what a batch of `RandomTiles` must be: one property each."""

from collections import Counter

import numpy as np

from helpers.checks import CheckFailed, expect, no_endless_loop
from helpers.checks.tiles import TOLERANCE


def as_pair(item, where):
    """One batch `(x, y)` as it is, or a CheckFailed that says what came instead."""
    expect(
        isinstance(item, (tuple, list)) and len(item) == 2,
        f"{where} must be a pair (x, y) of images and labels. Received: {type(item).__name__}"
        + (f" of length {len(item)}" if hasattr(item, "__len__") else ""),
    )
    return item


def as_arrays(item, where):
    """One batch as `(x, y)` of arrays: copies, as reusing an array has a check of its own."""
    x, y = as_pair(item, where)
    return np.array(x), np.array(y)


def take(batches, count, read=as_arrays, may_end=False):
    """The next `count` batches of a generator.

    Args:
        batches: what the answer returned.
        count: int.
        read: `as_arrays`, or `as_pair` for the batches as they are.
        may_end: bool, whether fewer batches will do where the generator ends.

    Raises:
        CheckFailed: where the generator ends, hangs, or yields something else than pairs.
    """
    taken = []
    for number in range(1, count + 1):
        try:
            with no_endless_loop(f"batch {number}"):
                item = next(batches)
        except StopIteration:
            if may_end:
                break
            raise CheckFailed(
                f"The generator ended after {number - 1} batches. `fit` decides when an epoch "
                "ends and goes on asking, so it must begin again after the last row: "
                "is there a `while True`?"
            ) from None
        except TypeError as error:
            if hasattr(batches, "__next__"):
                raise
            raise CheckFailed(
                f"Expected a generator, a function that uses `yield`. Received: {error}"
            ) from None
        taken.append(read(item, f"Batch {number}"))
    return taken


def expect_form(tiles, x, y, num_rows):
    """x and y as they came are arrays (or tensors) of the right shape and dtype, y is one-hot."""
    shapes = {
        "x": (x, (num_rows, tiles.height, tiles.width, 3), ""),
        "y": (y, (num_rows, tiles.num_classes), ", one-hot over all num_classes"),
    }
    for name, (value, shape, what) in shapes.items():
        expect(
            hasattr(value, "shape") and hasattr(value, "dtype"),
            f"{name} must be one array. Received: a {type(value).__name__}. Keras takes a list "
            "for several inputs: stack its members into one array.",
        )
        received = tuple(value.shape)
        expect(received == shape, f"{name} must have the shape {shape}{what}. Received: {received}")
        dtype = np.asarray(value).dtype
        expect(dtype == np.float32, f"{name} must be float32. Received: {dtype}")
    y = np.asarray(y)
    expect(
        ((y == 0) | (y == 1)).all() and (y.sum(1) == 1).all(),
        f"Each row of y must hold a single 1 and zeros. Received: {y[0].tolist()}",
    )


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
        came = "no image of the table"
        if seen >= 0:
            found = np.flatnonzero(tiles.pictures == seen)[0]
            came = f"the image of row {found}"
            if tiles.df.index[found] == row:
                came += f", whose index is {row} (take rows by position, with df.iloc),"
        raise CheckFailed(f"{where}. Received: {came} in place of row {row}.")


def expect_each_row_once(tiles, batches, which):
    """The batches of one pass must show each image of the table once, in any order.

    Not for tables where names repeat.
    """
    shown = sum((tiles.seen_in(x) for x, _ in batches), [])
    missing = sorted(set(tiles.pictures.tolist()) - set(shown))
    twice = sorted(row for row, count in Counter(shown).items() if count > 1)
    expect(
        not missing and len(shown) == len(tiles.pictures),
        f"{which} must hold each of the {len(tiles.pictures)} rows once. Received: {len(shown)} "
        f"rows; missing: {missing}; more than once: {twice}.",
    )


def expect_pixels(tiles, x, rows):
    """Images are RGB from 0 to 1; they may come in another order than `rows`."""
    shape = (tiles.height, tiles.width, 3)
    expect(x.shape[1:] == shape, f"Images here have the shape {shape}. Received: {x.shape[1:]}")
    low, high = float(x.min()), float(x.max())
    expect(
        high <= 1.001 and low >= -0.001,
        f"Pixels must lie between 0 and 1. Received: from {low:g} to {high:g}. "
        "Image files hold 0 to 255: divide by 255.",
    )
    seen = tiles.seen_in(x)[: len(rows)]
    pictures = [row if s < 0 else s for s, row in zip(seen, tiles.pictures[rows], strict=False)]
    expected, found = tiles.colours[pictures] / 255, tiles.colours_in(x)[: len(pictures)]

    def close(colours):
        return np.abs(colours - expected).max() < TOLERANCE

    if close(found):
        # JPEG's errors cancel out over many bright blocks: the scale is right to about 0.0004.
        scale = (found * expected).sum() / (expected**2).sum()
        expect(
            abs(scale - 1) < 0.0025 or len(found) < 4 or expected.max() < 0.9,
            f"All pixels are {abs(scale - 1):.1%} too {'dark' if scale < 1 else 'bright'}. The "
            "largest value of a byte is 255, not 256: divide by 255.",
        )
        return
    hint = "Is each image read from its own file, neither flipped nor cut?"
    if close(found[..., ::-1]):
        hint = "Red and blue are swapped: OpenCV reads BGR, so turn it into RGB."
    elif close(found * 255):
        hint = "That is 255 times too dark: the division by 255 was done twice."
    elif expected.max() < 0.6 and high > 0.9:
        hint = "This image is dark and must stay so: divide by 255, not by its largest value."
    raise CheckFailed(
        "The top left of the first image is red, green, blue = "
        f"{np.round(expected[0, 0, 0], 2).tolist()}. "
        f"Received: {np.round(found[0, 0, 0], 2).tolist()}. {hint}"
    )


def labels_in(y):
    """The class numbers of a batch of labels, one-hot or not: the form has a check of its own."""
    if y.ndim == 2 and y.shape[1] > 1:
        return y.argmax(1).tolist()
    return y.ravel().astype(int).tolist()


def expect_labels(tiles, batches, which):
    """In the batches of one pass each image has the labels of its rows, whatever their order."""
    shown = sum((tiles.seen_in(x) for x, _ in batches), [])
    labels = sum((labels_in(y) for _, y in batches), [])
    expect(
        len(shown) == len(labels),
        f"{len(shown)} images need as many labels. Received: {len(labels)}.",
    )
    if -1 in shown:  # nothing to recognise: then the order of the table must do
        shown = tiles.pictures[: len(shown)].tolist()
    received = Counter(zip(shown, labels, strict=False))
    wanted = Counter(zip(tiles.pictures.tolist(), tiles.labels.tolist(), strict=True))
    for picture, _ in wanted - received:
        rows = np.flatnonzero(tiles.pictures == picture)
        came = [label for seen, label in received.elements() if seen == picture]
        raise CheckFailed(
            f"{tiles.names[picture]} stands in row {' and '.join(map(str, rows))} of the table "
            f"with the label {' and '.join(map(str, tiles.labels[rows]))}. Received with it: "
            f"{' and '.join(map(str, came)) or 'nothing, it did not come'} ({which})."
        )
