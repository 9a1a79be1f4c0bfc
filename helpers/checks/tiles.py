"""Fresh random images on disk whose content is known, whatever decoder reads them.

Every image is a grid of blocks, 16 by 16 pixels in one random colour each. JPEG keeps the middle
of such a block to within a few grey levels, so an answer is compared with the colours that were
drawn: an oracle that has never seen a decoder.
"""

import contextlib
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pandas as pd

from helpers.checks import CheckFailed, expect, no_endless_loop

BLOCK = 16
TOLERANCE = 0.04  # of the range 0 to 1; random colours of two images are much further apart


class RandomTiles:
    """A table of random images.

    Args:
        folder: str or Path, where the JPEG files go.
        num_rows: int, rows of the table.
        num_classes: int, labels are drawn from 0 … num_classes - 1; each class is there if the
            rows suffice.
        names_repeat: bool, whether pairs of rows share a file and differ in the label, and the
            index of the table is out of order, as after filtering and concatenating.

    Attributes:
        df: DataFrame with `tile_name` and `y`.
        path: str, the folder.
        height, width: int, pixels; never equal.
        pictures: int array `(num_rows,)`, which image each row shows.
        labels: int array `(num_rows,)`.
    """

    def __init__(self, folder, num_rows, num_classes=5, names_repeat=False):
        self.rng = np.random.default_rng()
        self.path, self.num_classes = str(folder), num_classes
        tall, wide = self.rng.permutation([2, 3, 4])[:2]
        self.height, self.width = int(tall) * BLOCK, int(wide) * BLOCK
        self.pictures = np.arange(num_rows)
        self.labels = self.rng.permutation(np.arange(num_rows) % num_classes)
        index = None
        if names_repeat:
            self.pictures = self.rng.permutation(np.arange(num_rows) // 2)
            first_of_pair = np.unique(self.pictures, return_index=True)[1]
            other = np.setdiff1d(np.arange(num_rows), first_of_pair)
            pair = first_of_pair[self.pictures[other]]
            self.labels[other] = (self.labels[pair] + 1) % num_classes
            index = self.rng.permutation(num_rows)
        count = self.pictures.max() + 1
        self.colours = self.rng.integers(0, 256, (count, tall, wide, 3), dtype=np.uint8)
        # Names tell neither order nor label: sorting them, or reading them, does not help.
        stems = self.rng.permutation(10 * count)[:count]
        self.names = [f"tile_{stem:05d}.jpg" for stem in stems]
        for picture in range(count):
            self.write(picture)
        self.df = pd.DataFrame(
            {"tile_name": [self.names[picture] for picture in self.pictures], "y": self.labels},
            index=index,
        )

    def write(self, picture):
        pixels = self.colours[picture].repeat(BLOCK, 0).repeat(BLOCK, 1)
        path = Path(self.path, self.names[picture])
        cv2.imwrite(str(path), pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 98])

    def repaint(self, picture):
        """Gives one image new colours, in the file as in `colours`."""
        self.colours[picture] = self.rng.integers(0, 256, self.colours[picture].shape)
        self.write(picture)

    def delete(self, picture):
        Path(self.path, self.names[picture]).unlink()

    def seen_in(self, x):
        """Which image each row of a batch shows, told by its colours.

        Range and channel order do not matter here: they have a check of their own.

        Args:
            x: array `(b, height, width, 3)`.

        Returns:
            list of int, -1 for what is none of the images.
        """
        blocks = block_colours(x, self)
        if blocks is None:
            return [-1] * len(x)
        known = self.colours.reshape(len(self.colours), -1, 3) / 255
        seen = []
        for block in blocks.reshape(len(blocks), -1, 3):
            distances = [np.abs(known - b).max((1, 2)) for b in (block, block[:, ::-1])]
            nearest = np.minimum(*distances)
            seen.append(int(nearest.argmin()) if nearest.min() < TOLERANCE else -1)
        return seen


def block_colours(x, tiles):
    """The colours in the middle of the blocks, 0 to 1; None where the size is another."""
    x = np.asarray(x, np.float64)
    if x.shape[1:] != (tiles.height, tiles.width, 3):
        return None
    if x.size and x.max() > 2:
        x = x / 255
    grid = x.reshape(len(x), tiles.height // BLOCK, BLOCK, tiles.width // BLOCK, BLOCK, 3)
    return grid[:, :, 6:10, :, 6:10].mean((2, 4))


@contextlib.contextmanager
def random_tiles(num_rows, **kwargs):
    """`RandomTiles` in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield RandomTiles(folder, num_rows, **kwargs)


def as_batch(item, where):
    """One batch as `(x, y)` of arrays, or a CheckFailed that says what came instead."""
    expect(
        isinstance(item, (tuple, list)) and len(item) == 2,
        f"{where} must be a pair (x, y) of images and labels. Received: {type(item).__name__}"
        + (f" of length {len(item)}" if hasattr(item, "__len__") else ""),
    )
    return np.asarray(item[0]), np.asarray(item[1])


def take(batches, count):
    """The next `count` batches of a generator, as arrays.

    Raises:
        CheckFailed: where the generator ends, hangs, or yields something else than pairs.
    """
    taken = []
    for number in range(1, count + 1):
        try:
            with no_endless_loop(f"batch {number}"):
                item = next(batches)
        except StopIteration:
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
        taken.append(as_batch(item, f"Batch {number}"))
    return taken


def labels_in(y, num_classes):
    """The class numbers of a batch of labels, one-hot or not: the form has a check of its own."""
    if y.ndim == 2 and y.shape[1] == num_classes and num_classes > 1:
        return y.argmax(1).tolist()
    return np.asarray(y, np.float64).ravel().astype(int).tolist()
