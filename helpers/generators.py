"""Reference generators: batches of images read from disk, one batch in memory at a time.

`helpers.batches` reads one batch; `batch_generator` and `TileBatches` only decide which rows of the
table come next. `PackedBatches` reads them from a file that `pack_tiles` made. The others of the
family are here by name, too: `fit_generator` and `predict_generator` (helpers.training),
`make_dataset` (helpers.pipelines).
"""

import keras
import numpy as np

from helpers.batches import (
    check_dtype,
    check_table,
    one_hot,
    read_batch,
    read_image,
    scaled,
    steps_per_epoch,
)
from helpers.packing import check_packed, pack_tiles, read_packed
from helpers.pipelines import make_dataset
from helpers.training import fit_generator, predict_generator

__all__ = [
    "PackedBatches",
    "TileBatches",
    "batch_generator",
    "fit_generator",
    "make_dataset",
    "pack_tiles",
    "predict_generator",
    "read_batch",
    "read_image",
    "steps_per_epoch",
]


def batch_generator(df, batch_size, path_tiles, num_classes):
    """Yields batches of images and one-hot labels, for ever, one batch in memory.

    Args:
        df: DataFrame with columns `tile_name` (file name) and `y` (int class number).
        batch_size: int, rows per batch; the last batch of a pass may be smaller.
        path_tiles: str or Path, the folder of the images.
        num_classes: int.

    Returns:
        A generator of `(x, y)`: x float32 `(b, height, width, 3)`, RGB, 0 to 1; y float32
        `(b, num_classes)`, one-hot. Every pass takes each row once, in the order of `df`; then the
        next pass begins.

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

    Threads of our own read the images of one batch side by side. Keras' `workers` make several
    batches at a time, but with them Keras 3.15 waits 0.1 seconds at the end of every epoch, for any
    `PyDataset`.

    Args:
        df, batch_size, path_tiles, num_classes: as for `batch_generator`.
        shuffle: bool, another order of the rows in every epoch.
        seed: int or None, makes the orders reproducible.
        dtype: "float32" for x from 0 to 1, or "uint8" for x from 0 to 255, a quarter of the memory
            and less work; the model then begins with `keras.layers.Rescaling(1 / 255)`.
        threads: int, 1 or more, that read the images of a batch.
        **kwargs: `workers`, `use_multiprocessing`, `max_queue_size` of `keras.utils.PyDataset`.

    Raises:
        ValueError: as `batch_generator`, or for another `dtype` or `threads` below 1.
        IndexError: from `batches[i]` for i outside 0 … `len(batches)` - 1.

    Example:
    ```python
    model.fit(TileBatches(df, 32, path_tiles, 10, shuffle=True, seed=0, threads=2), epochs=3)
    ```
    """

    def __init__(
        self,
        df,
        batch_size,
        path_tiles,
        num_classes,
        shuffle=False,
        seed=None,
        dtype="float32",
        threads=1,
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_table(df, batch_size, num_classes)
        check_dtype(dtype)
        if threads < 1:
            raise ValueError(f"`threads` must be at least 1. Received: threads={threads}")
        self.df, self.batch_size, self.dtype, self.threads = df, batch_size, dtype, threads
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.shuffle, self.rng = shuffle, np.random.default_rng(seed)
        self.order = np.arange(len(df))
        self.on_epoch_end()  # the first epoch is shuffled, too

    def __len__(self):
        return steps_per_epoch(len(self.df), self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):  # else an off-by-one would train on empty batches
            raise IndexError(f"`index` must be from 0 to {len(self) - 1}. Received: index={index}")
        return self.read(self.order[index * self.batch_size : (index + 1) * self.batch_size])

    def read(self, rows):
        rows = self.df.iloc[rows]
        return read_batch(rows, self.path_tiles, self.num_classes, self.dtype, self.threads)

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.df))


class PackedBatches(TileBatches):
    """The batches of `TileBatches`, read from a file of decoded images.

    Args:
        packed: str or Path, what `pack_tiles` returned.
        df: the DataFrame that was packed, with columns `tile_name` and `y`.
        dtype: "uint8" or "float32", as for `TileBatches`.
        batch_size, num_classes, shuffle, seed, **kwargs: as for `TileBatches`.

    Raises:
        ValueError: as `TileBatches`, or where `packed` is not finished or holds another table.
        IndexError: as `TileBatches`.
    """

    def __init__(
        self,
        packed,
        df,
        batch_size,
        num_classes,
        shuffle=False,
        seed=None,
        dtype="uint8",
        **kwargs,
    ):
        table = df, batch_size, None, num_classes
        super().__init__(*table, shuffle, seed, dtype, threads=1, **kwargs)
        self.layout = check_packed(packed, df)
        self.packed, self.labels = packed, df["y"].to_numpy()

    def read(self, rows):
        images = read_packed(self.packed, rows, self.layout)
        return scaled(images, self.dtype), one_hot(self.labels[rows], self.num_classes)
