"""Reference generators: batches of images read from disk, one batch in memory at a time.

Read it top to bottom: a batch is read by `read_batch`; `batch_generator` and `TileBatches` only
decide which rows of the table come next.
"""

from pathlib import Path

import cv2
import keras
import numpy as np


def steps_per_epoch(num_samples, batch_size):
    """Counts the batches that cover every sample once, the last one possibly smaller.

    Args:
        num_samples: int, 0 or more.
        batch_size: int, 1 or more.

    Returns:
        int, the ceiling of `num_samples / batch_size`; 0 for no samples.

    Raises:
        ValueError: where `batch_size` is below 1 or `num_samples` below 0.

    Example:
    ```python
    steps_per_epoch(70, 16)  # 5: four batches of 16 and one of 6
    ```
    """
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: batch_size={batch_size}")
    if num_samples < 0:
        raise ValueError(f"`num_samples` must be 0 or more. Received: num_samples={num_samples}")
    return -(-num_samples // batch_size)  # whole numbers only: a float would round above 2**53


def read_image(path):
    """Reads one image file.

    Args:
        path: str or Path.

    Returns:
        uint8 array `(height, width, 3)`, RGB, 0 to 255.

    Raises:
        ValueError: where the file is missing or is not an image; the message names it.
    """
    # OpenCV gives BGR unless told otherwise, and None instead of an error.
    image = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    if image is None:
        problem = "is not a readable image" if Path(path).exists() else "does not exist"
        raise ValueError(f"The image file {problem}. Received: {path}")
    return image


def read_batch(rows, path_tiles, num_classes):
    """Reads the images of some rows into one fresh batch.

    Args:
        rows: DataFrame with columns `tile_name` and `y`, at least one row.
        path_tiles: str or Path, the folder that `tile_name` is relative to.
        num_classes: int.

    Returns:
        `(x, y)`: x float32 `(len(rows), height, width, 3)`, RGB, 0 to 1; y float32
        `(len(rows), num_classes)`, one-hot. Both are new arrays, never a reused buffer.

    Raises:
        ValueError: where a file cannot be read or the images differ in size.
    """
    x = None
    for i, name in enumerate(rows["tile_name"]):
        image = read_image(Path(path_tiles, name))
        if x is None:
            x = np.empty((len(rows), *image.shape), np.float32)
        if image.shape != x.shape[1:]:
            raise ValueError(
                f"All images of a batch must have one size, here {x.shape[1:]} as the first. "
                f"Received: {name} with {image.shape}"
            )
        np.divide(image, np.float32(255), out=x[i])
    y = np.zeros((len(rows), num_classes), np.float32)
    # By position: looked up by name, two rows with the same name would share one label.
    y[np.arange(len(rows)), rows["y"].to_numpy()] = 1
    return x, y


def check_table(df, batch_size, num_classes):
    """Raises a ValueError where a table cannot be cut into batches.

    Args:
        df: DataFrame with columns `tile_name` and `y`, at least one row, y in
            0 … `num_classes` - 1.
        batch_size: int, 1 or more.
        num_classes: int.
    """
    missing = {"tile_name", "y"} - set(df.columns)
    if missing:
        raise ValueError(
            f"`df` must have the columns tile_name and y. Received: {list(df.columns)}"
        )
    if len(df) == 0:
        raise ValueError("`df` must have at least one row. Received: an empty table")
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: batch_size={batch_size}")
    wrong = df["y"][~df["y"].isin(range(num_classes))]
    if len(wrong):
        raise ValueError(
            f"`df` must have labels y from 0 to num_classes - 1 = {num_classes - 1}. "
            f"Received: y={wrong.iloc[0]} in row {wrong.index[0]}"
        )


def batch_generator(df, batch_size, path_tiles, num_classes):
    """Yields batches of images and one-hot labels, for ever, one batch in memory.

    Args:
        df: DataFrame with columns `tile_name` (file name) and `y` (int class number).
        batch_size: int, rows per batch; the last batch of a pass may be smaller.
        path_tiles: str or Path, the folder of the images.
        num_classes: int.

    Returns:
        A generator of `(x, y)` as `read_batch` gives them. Every pass takes each row once, in the
        order of `df`; then the next pass begins.

    Raises:
        ValueError: at once, for an empty table, a missing column, a batch size below 1 or a label
            out of range; when its batch is due, for an unreadable image or another size.

    Example:
    ```python
    batches = batch_generator(df, 32, path_tiles, num_classes=10)
    model.fit(batches, steps_per_epoch=steps_per_epoch(len(df), 32), epochs=3)
    ```
    """
    check_table(df, batch_size, num_classes)

    def batches():
        while True:  # fit() decides when an epoch ends, so a generator must never run dry
            for start in range(0, len(df), batch_size):
                yield read_batch(df.iloc[start : start + batch_size], path_tiles, num_classes)

    return batches()


class TileBatches(keras.utils.PyDataset):
    """The same batches as `batch_generator`, by number: Keras asks for batch `i` of `len(...)`.

    Args:
        df, batch_size, path_tiles, num_classes: as for `batch_generator`.
        shuffle: bool, another order of the rows in every epoch.
        seed: int or None, makes the orders reproducible.
        **kwargs: `workers`, `use_multiprocessing`, `max_queue_size` of `keras.utils.PyDataset`.

    Raises:
        ValueError: as `batch_generator`.
        IndexError: from `batches[i]` for i outside 0 … `len(batches)` - 1.

    Example:
    ```python
    model.fit(TileBatches(df, 32, path_tiles, 10, shuffle=True, seed=0, workers=2), epochs=3)
    ```
    """

    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        check_table(df, batch_size, num_classes)
        self.df, self.batch_size = df, batch_size
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.shuffle, self.rng = shuffle, np.random.default_rng(seed)
        self.order = np.arange(len(df))
        self.on_epoch_end()  # the first epoch is shuffled, too

    def __len__(self):
        return steps_per_epoch(len(self.df), self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):  # else an off-by-one would train on empty batches
            raise IndexError(f"`index` must be from 0 to {len(self) - 1}. Received: index={index}")
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        return read_batch(self.df.iloc[rows], self.path_tiles, self.num_classes)

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.df))
