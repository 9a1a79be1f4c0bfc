"""Fresh random images on disk whose content is known, whatever decoder reads them.

Every image is a grid of blocks, 16 by 16 pixels in one random colour each. JPEG keeps the middle
of such a block to within a few grey levels, so an answer is compared with the colours that were
drawn: an oracle that has never seen a decoder.
"""

import contextlib
import os
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
import pandas as pd

BLOCK = 16
TOLERANCE = 0.04  # of the range 0 to 1; decoders differ by less than 0.01


class Folder(str):
    """A folder as text that also joins like a Path: `folder / name` is right, and so is `+`."""

    def __new__(cls, path):
        return super().__new__(cls, Path(path).as_posix() + "/")

    def __truediv__(self, name):
        return Path(self) / name

    def joinpath(self, *names):
        return Path(self, *names)


class RandomTiles:
    """A table of random images.

    Args:
        folder: str or Path, where the JPEG files go.
        num_rows: int, rows of the table.
        num_classes: int, labels are drawn from 0 … num_classes - 1; each class is there if the
            rows suffice.
        names_repeat: bool, whether pairs of rows share a file and differ in the label, as after
            joining two sources.
        any_index: bool, whether the index of the table is out of order, as after filtering and
            concatenating.

    Attributes:
        df: DataFrame with `tile_name` and `y`; its index has a name.
        path: Folder.
        height, width: int, pixels; never equal.
        pictures: int array `(num_rows,)`, which image each row shows.
        labels: int array `(num_rows,)`.
    """

    def __init__(self, folder, num_rows, num_classes=5, names_repeat=False, any_index=False):
        self.rng = np.random.default_rng()
        self.path, self.num_classes = Folder(folder), num_classes
        self.grid = self.rng.permutation([2, 3, 4])[:2]
        self.height, self.width = (BLOCK * self.grid).tolist()
        self.pictures = np.arange(num_rows)
        self.labels = self.rng.permutation(np.arange(num_rows) % num_classes)
        if names_repeat:
            self.pictures = self.rng.permutation(np.arange(num_rows) // 2)
            first_of_pair = np.unique(self.pictures, return_index=True)[1]
            other = np.setdiff1d(np.arange(num_rows), first_of_pair)
            pair = first_of_pair[self.pictures[other]]
            self.labels[other] = (self.labels[pair] + 1) % num_classes
        count = self.pictures.max() + 1
        self.colours = np.zeros((count, *self.grid, 3), np.uint8)
        # Names tell neither order nor label: sorting them, or reading them, does not help.
        stems = self.rng.permutation(10 * count)[:count]
        self.names = [f"tile_{stem:05d}.jpg" for stem in stems]
        for picture in range(count):
            self.paint(picture)
        index = self.rng.permutation(num_rows) if any_index else np.arange(num_rows)
        self.df = pd.DataFrame(
            {"tile_name": [self.names[picture] for picture in self.pictures], "y": self.labels},
            index=pd.Index(index, name="row"),
        )

    def paint(self, picture, darkest=0, brightest=255):
        """Gives one image new colours, in the file as in `colours`.

        Every image holds its darkest and its brightest value: stretching each image to its own
        range, a mistake, changes those only that do not go from 0 to 255.
        """
        colours = self.colours[picture]
        colours[:] = self.rng.integers(darkest, brightest + 1, colours.shape)
        colours[0, 0, :2] = brightest, darkest
        pixels = colours.repeat(BLOCK, 0).repeat(BLOCK, 1)
        _, jpeg = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 98])
        replace(Path(self.path, self.names[picture]), jpeg.tobytes())

    def delete(self, picture):
        Path(self.path, self.names[picture]).unlink()

    def colours_in(self, x):
        """The colours in the middle of the blocks, in the values of `x`, whatever the image size.

        Args:
            x: array `(b, h, w, 3)`.

        Returns:
            float array `(b, *grid, 3)`.
        """
        rows, columns = (
            ((np.arange(blocks) + 0.5) * size / blocks).astype(int)
            for blocks, size in zip(self.grid, x.shape[1:3], strict=True)
        )
        return x[:, rows][:, :, columns].astype(np.float64)

    def seen_in(self, x):
        """Which image each row of a batch shows, told by its colours.

        Range, size, and the order of channels and axes do not matter here: they have a check of
        their own.

        Args:
            x: array `(b, height, width, 3)`.

        Returns:
            list of int, -1 for what is none of the images.
        """
        if x.ndim == 4 and x.shape[1] == 3:  # channels first
            x = np.moveaxis(x, 1, -1)
        if x.ndim != 4 or x.shape[-1] != 3 or x.size == 0:
            return [-1] * len(x)
        ways = [self.colours_in(way) for way in (x, x.swapaxes(1, 2))]
        ways += [way[..., ::-1] for way in ways]
        known = self.colours / 255
        seen = []
        for views in zip(*ways, strict=True):
            distances = np.min([np.abs(known - from_0_to_1(v)).max((1, 2, 3)) for v in views], 0)
            seen.append(int(distances.argmin()) if distances.min() < 3 * TOLERANCE else -1)
        return seen


def replace(path, content):
    """Gives a file new content at once: a thread that reads ahead finds the old or the new."""
    new = path.with_suffix(".new")
    new.write_bytes(content)
    for attempt in range(100):
        try:
            return os.replace(new, path)
        except PermissionError:  # Windows replaces no file while it is being read
            if attempt == 99:
                raise
            time.sleep(0.01)


def from_0_to_1(colours):
    """Colours of one image in the range 0 to 1, guessed from the values."""
    if colours.min() < -0.1:  # from -1 to 1
        return (colours + 1) / 2
    if colours.max() > 2:  # from 0 to 255
        return colours / 255
    if colours.max() < 0.02:  # divided by 255 twice
        return colours * 255
    return colours


@contextlib.contextmanager
def random_tiles(num_rows, **kwargs):
    """`RandomTiles` in a folder that is removed afterwards."""
    # A thread that reads ahead may still hold a file, which Windows does not remove then.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield RandomTiles(folder, num_rows, **kwargs)
