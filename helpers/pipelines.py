"""The fast way to read batches from disk: several at a time, in threads, as uint8."""

import atexit
import functools
import math
import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorflow as tf

from helpers.batches import Memory, check_table, one_hot, read_image, read_images, steps_per_epoch
from helpers.packing import check_packed, read_packed

# Read at a time: to hand images to TensorFlow takes a millisecond or so, however few they are.
PORTION_BYTES, PORTION_BATCHES = 2**22, 4


def make_dataset(df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, packed=None):
    """Makes a dataset that decodes several batches at a time and yields uint8 images.

    Whole batches are read by `helpers.batches.read_images` in threads: OpenCV lets other threads
    run while it decodes, into memory that TensorFlow takes over without another copy. Batches of
    up to 2 MB are read two to four at a time, and TensorFlow cuts them apart. In memory there are
    one such part per thread, one that waits and the one in use; the next is read where one was that
    nobody has any more. File names and labels are plain arrays: taking the rows of a batch from a
    DataFrame costs as much as decoding two images of 32 pixels.

    Args:
        df: DataFrame with columns `tile_name` (file name) and `y` (int class number).
        batch_size: int, rows per batch; the last batch may be smaller.
        path_tiles: str or Path, the folder of the images.
        num_classes: int.
        shuffle: bool, another order of the rows in every pass.
        seed: int or None, makes the orders reproducible.
        packed: None, or what `pack_tiles` returned for `df`: then nothing is decoded, the rows are
            read from that file, and `path_tiles` is not looked at.

    Returns:
        A `tf.data.Dataset` of `(x, y)`, one pass over the rows, in the order of `df` unless
        `shuffle`: x uint8 `(b, height, width, 3)`, RGB, 0 to 255; y float32 `(b, num_classes)`,
        one-hot. The model begins with `keras.layers.Rescaling(1 / 255)`.

    Raises:
        ValueError: as `batch_generator`, and as `PackedBatches` for `packed`. An image that cannot
            be read or has another size is an error of TensorFlow when its batch is due, or one that
            is read with it; its message names the file.

    Example:
    ```python
    model.fit(make_dataset(train_df, 32, path_tiles, 10, shuffle=True, seed=0), epochs=3)
    ```
    """
    check_table(df, batch_size, num_classes)
    steps = steps_per_epoch(len(df), batch_size)
    names, labels = df["tile_name"].to_numpy(object), df["y"].to_numpy()
    if packed is None:
        shape = read_image(os.path.join(path_tiles, names[0])).shape
    else:
        layout = check_packed(packed, df)
        shape = layout["shape"][1:]
    fit_in = PORTION_BYTES // (batch_size * math.prod(shape))
    at_a_time = min(max(fit_in, 1), PORTION_BATCHES)

    memory = Memory()  # of one batch after the other

    def read(rows):
        if packed is None:
            x = read_images(names[rows].tolist(), path_tiles, shape, 1, memory.empty)
        else:
            x = read_packed(packed, rows, layout)
        return x, one_hot(labels[rows], num_classes)

    rng = np.random.default_rng(seed) if shuffle else None
    dataset = tf.data.Dataset.from_generator(
        lambda: in_threads(read, row_batches(len(df), at_a_time * batch_size, rng)),
        output_signature=(
            tf.TensorSpec((None, *shape), tf.uint8),
            tf.TensorSpec((None, num_classes), tf.float32),
        ),
    )
    if at_a_time > 1:
        dataset = dataset.rebatch(batch_size)
    dataset = dataset.apply(tf.data.experimental.assert_cardinality(steps))
    options = tf.data.Options()
    options.autotune.enabled = False  # tuning may hold up the end of an epoch for a second
    return dataset.with_options(options)


def row_batches(num_rows, batch_size, rng=None):
    """Yields the row numbers of each batch, int64 `(b,)`, for one pass; `rng` mixes the rows."""
    order = rng.permutation(num_rows) if rng else np.arange(num_rows)
    for start in range(0, num_rows, batch_size):
        yield order[start : start + batch_size]


def in_threads(function, items):
    """Yields `function(item)` for each item, in order; the next ones are under way in threads."""
    threads = min(4, 1 + (os.cpu_count() or 1))  # one more than cores: one of them waits for Python
    wait_at_exit()
    with ThreadPoolExecutor(threads) as pool:
        under_way = deque()
        for item in items:
            under_way.append(pool.submit(function, item))
            if len(under_way) > threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


@functools.cache
def wait_at_exit():
    """Lets Python end a moment later, once, however often this is called.

    Where it ends amid a pass, it waits for the threads of the pool, but not for the thread of
    TensorFlow that a `prefetch` after them has started. Without this moment, that thread finds
    Python gone: the process is aborted, or never ends.
    """
    atexit.register(time.sleep, 0.2)
