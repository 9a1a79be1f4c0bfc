"""The fast way to read batches from disk: images are decoded side by side, as uint8."""

import atexit
import functools
import math
import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorflow as tf

from helpers.batches import Memory, check_table, one_hot, read_image, read_images, steps_per_epoch
from helpers.packing import check_packed, read_packed

# Read at a time: to hand images to TensorFlow takes a millisecond or so, however few they are.
PORTION_BYTES, PORTION_BATCHES = 2**22, 4
PORTIONS_UNDER_WAY = 2  # while the last images of one are decoded, the next one is begun
THREADS = min(4, 1 + (os.cpu_count() or 1))  # one more than cores: one of them waits for Python
# For all datasets: TensorFlow keeps the functions of each for ever, and with them what they hold.
POOL, MEMORY = ThreadPoolExecutor(THREADS), Memory()


def make_dataset(df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, packed=None):
    """Makes a dataset that decodes images side by side and yields them as uint8.

    Threads share the images of a batch: OpenCV lets other threads run while it decodes, into memory
    that TensorFlow takes over without another copy. Batches of up to 2 MB are read two to four at a
    time, and TensorFlow cuts them apart. In memory there are the portion in use and two more, ready
    or being read, each in a place where one was before that nobody has any more. File names and
    labels are plain arrays: taking the rows of a batch from a DataFrame costs as much as decoding
    two images of 32 pixels.

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
    names, labels, num_rows = df["tile_name"].to_numpy(object), df["y"].to_numpy(), len(df)
    if packed is None:
        shape = read_image(os.path.join(path_tiles, names[0])).shape
    else:
        layout = check_packed(packed, df)
        shape = layout["shape"][1:]
    fit_in = PORTION_BYTES // (batch_size * math.prod(shape))
    rows_at_a_time = batch_size * min(max(fit_in, 1), PORTION_BATCHES)
    wait_at_exit()

    @functools.lru_cache(2)  # a pass has one order for all its portions; two may be under way
    def order(seed=None):
        if seed is None:
            return np.arange(num_rows)
        return np.random.default_rng(seed).permutation(num_rows)

    def read(i, *seed_of_pass):
        rows = order(*seed_of_pass)[i * rows_at_a_time : (i + 1) * rows_at_a_time]
        if packed is None:
            files = names[rows].tolist()
            x = read_images(files, path_tiles, shape, THREADS, POOL, MEMORY.empty)
        else:
            x = read_packed(packed, rows, layout, MEMORY.empty)
        return x, one_hot(labels[rows], num_classes)

    def read_in_graph(*portion):
        x, y = tf.numpy_function(read, portion, [tf.uint8, tf.float32])
        return tf.ensure_shape(x, (None, *shape)), tf.ensure_shape(y, (None, num_classes))

    dataset = tf.data.Dataset.range(steps_per_epoch(num_rows, rows_at_a_time))
    if shuffle:
        dataset = with_seeds(dataset, seed)
    dataset = dataset.map(read_in_graph, num_parallel_calls=PORTIONS_UNDER_WAY)
    if rows_at_a_time > batch_size:
        dataset = dataset.rebatch(batch_size)
    steps = steps_per_epoch(num_rows, batch_size)
    dataset = dataset.apply(tf.data.experimental.assert_cardinality(steps))
    options = tf.data.Options()
    options.autotune.enabled = False  # tuning may hold up the end of an epoch for a second
    options.experimental_optimization.apply_default_optimizations = False  # 5 ms in every epoch
    return dataset.with_options(options)


def with_seeds(dataset, seed):
    """Gives all elements of a pass over a dataset one seed, int64, and another in every pass."""
    rng = np.random.default_rng(seed)

    def draw_once(seed_of_pass):
        return rng.integers(2**63) if seed_of_pass < 0 else seed_of_pass

    def step(seed_of_pass, element):
        seed_of_pass = tf.numpy_function(draw_once, [seed_of_pass], tf.int64)
        seed_of_pass = tf.ensure_shape(seed_of_pass, ())
        return seed_of_pass, (element, seed_of_pass)

    return dataset.scan(np.int64(-1), step)


@functools.cache
def wait_at_exit():
    """Lets Python end a moment later, once, however often this is called.

    Where it ends amid a pass, it waits for the threads of the pool, but not for those of TensorFlow
    that call them. Without this moment, one of these finds Python gone: the process never ends.
    """
    atexit.register(time.sleep, 0.2)
