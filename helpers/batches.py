"""What every loader is made of: count the batches, check the table, read images into one array."""

import ctypes
import math
import os
import weakref
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import cv2
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
        problem = "is not a readable image" if os.path.exists(path) else "does not exist"
        raise ValueError(f"The image file {problem}. Received: {path}")
    return image


def empty_aligned(shape, dtype, take=lambda size: np.empty(size, np.uint8)):
    """Makes an uninitialised array whose first byte lies at a multiple of 64.

    TensorFlow takes such memory over as it is; another array it would copy, batch after batch.

    Args:
        shape: tuple of int.
        dtype: NumPy dtype.
        take: function that gives a uint8 array of a number of bytes, or a longer one.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    memory = take(size + 64)
    start = -memory.ctypes.data % 64
    return memory[start : start + size].view(dtype).reshape(shape)


class Memory:
    """Lends memory to arrays, and the same again when the last array in it is gone.

    The system clears every page of new memory, which may take almost as long as decoding an image
    into it. Only memory that no array can reach is lent again.

    Args:
        most: int, free blocks that are kept.
    """

    def __init__(self, most=8):
        self.free = deque(maxlen=most)

    def empty(self, shape, dtype):
        """As `empty_aligned`."""
        return empty_aligned(shape, dtype, self.lend)

    def lend(self, size):
        try:
            block = self.free.pop()  # one step, so no two threads get the same
        except IndexError:
            block = None
        if block is None or block.size < size:
            block = np.empty(size, np.uint8)
        # Every array in the block has this loan at its base, so it ends with the last of them.
        loan = (ctypes.c_uint8 * block.size).from_buffer(block)
        weakref.finalize(loan, self.free.append, block)
        return np.frombuffer(loan, np.uint8)


MARK = 77  # any value would do


def read_images(names, path_tiles, shape=None, threads=1, pool=None, empty=empty_aligned):
    """Reads image files of one size into one fresh array.

    Args:
        names: list of str, at least one, relative to `path_tiles`.
        path_tiles: str or Path.
        shape: `(height, width, 3)`, the size expected, or None for that of the first image.
        threads: int, 1 or more; OpenCV lets another thread run while it decodes.
        pool: None, or the executor whose threads read.
        empty: function that makes the array, from its shape and dtype.

    Returns:
        uint8 array `(len(names), height, width, 3)`, RGB, 0 to 255.

    Raises:
        ValueError: where a file cannot be read or the images differ in size.
    """
    folder = os.path.join(path_tiles, "")  # a join for each takes 2 % of the time at 32 px
    paths = [folder + name for name in names]
    shape = shape or read_image(paths[0]).shape
    images = empty((len(paths), *shape), np.uint8)
    # Each file is decoded straight into its place, which saves an allocation and a copy.
    if threads == 1:
        decode_into(images, paths)
    else:
        size = -(-len(paths) // threads)
        parts = [[w[i : i + size] for i in range(0, len(paths), size)] for w in (images, paths)]
        with nullcontext(pool) if pool else ThreadPoolExecutor(threads) as pool:
            list(pool.map(decode_into, *parts))
    for i in np.flatnonzero((images[:, -1] == MARK).all(axis=(1, 2))):
        image = read_image(paths[i])  # says what is wrong, if the file is at fault
        if image.shape != shape:
            raise ValueError(
                f"All images must have one size, here {shape} as the first. "
                f"Received: {names[i]} with {image.shape}"
            )
        images[i] = image
    return images


def decode_into(images, paths):
    """Decodes a file into each image; the last row of one that fails is MARK."""
    images[:, -1] = MARK  # OpenCV may say nothing where it fails, but then it wrote nothing
    for image, path in zip(images, paths, strict=True):
        try:
            written = cv2.imread(path, image, cv2.IMREAD_COLOR_RGB)
        except cv2.error:  # an image of another size
            continue
        if written is None:
            image[-1] = MARK


def one_hot(labels, num_classes):
    """Turns class numbers `(b,)` into a float32 array `(b, num_classes)`."""
    y = np.zeros((len(labels), num_classes), np.float32)
    y[np.arange(len(labels)), labels] = 1
    return y


def check_dtype(dtype):
    """Raises a ValueError unless `dtype` is "float32" or "uint8"."""
    if dtype not in ("float32", "uint8"):
        raise ValueError(f'`dtype` must be "float32" or "uint8". Received: dtype={dtype!r}')


def scaled(images, dtype):
    """Gives uint8 images as the dtype asked for: "uint8" as they are, "float32" from 0 to 1."""
    check_dtype(dtype)
    if dtype == "uint8":
        return images
    return np.divide(images, np.float32(255), out=empty_aligned(images.shape, np.float32))


def read_batch(rows, path_tiles, num_classes, dtype="float32", threads=1):
    """Reads the images of some rows into one fresh batch.

    Args:
        rows: DataFrame with columns `tile_name` and `y`, at least one row.
        path_tiles: str or Path, the folder that `tile_name` is relative to.
        num_classes: int.
        dtype: "float32" or "uint8".
        threads: int, 1 or more, that read images side by side.

    Returns:
        `(x, y)`: x `(len(rows), height, width, 3)`, RGB, float32 from 0 to 1 or uint8 from 0 to
        255; y float32 `(len(rows), num_classes)`, one-hot. Both are new arrays, never a reused
        buffer.

    Raises:
        ValueError: where a file cannot be read, the images differ in size or `dtype` is another.
    """
    images = read_images(rows["tile_name"].tolist(), path_tiles, threads=threads)
    # By position: looked up by name, two rows with the same name would share one label.
    return scaled(images, dtype), one_hot(rows["y"].to_numpy(), num_classes)
