"""Measures how many images per second loaders give to `model.fit`, on this machine."""

import itertools
import os
import time
from concurrent.futures import ThreadPoolExecutor

import cv2
import keras
import pandas as pd
from tqdm.auto import tqdm

from helpers.batches import read_image, steps_per_epoch

LIMIT = "decode limit"


def measure_throughput(contestants, df, path_tiles, batch_size, seconds=0.5, rounds=3):
    """Lets loaders take turns in feeding `model.fit`, and counts their images.

    The model looks at no pixel, so what is measured is the loader and Keras' own reading from it.
    Taking turns is what makes the ratios hold: other work on the machine slows all of them down.
    The decode limit takes turns, too: the same files decoded on all cores, and nothing else done.

    Args:
        contestants: dict from a label to a function without arguments that makes the loader: a
            `PyDataset`, a `tf.data.Dataset` or an endless generator of batches `(x, y)`.
        df: DataFrame with a column `tile_name`, the rows that the loaders read.
        path_tiles: str or Path, the folder of the images.
        batch_size: int, rows per batch.
        seconds: float, for each turn. A turn takes two batches at least.
        rounds: int, turns of each.

    Returns:
        DataFrame with a row for each label and one for `"decode limit"`; columns
        `images_per_second` (the median of the rounds), `lowest`, `highest`, and `of_limit`, the
        median of the ratios to the decode limit of the same round.

    Raises:
        ValueError: where an epoch of a loader has one batch only.

    Example:
    ```python
    results = measure_throughput(
        {"threads": lambda: TileBatches(df, 64, path_tiles, 10, threads=2)}, df, path_tiles, 64
    )
    plot_throughput(results)
    ```
    """
    steps = steps_per_epoch(len(df), batch_size)
    model = Onlooker()
    model.compile()
    turns = {LIMIT: lambda seconds: decode_limit(df, path_tiles, seconds)}
    for label, make in contestants.items():
        turns[label] = lambda seconds, make=make: images_per_second(model, make(), steps, seconds)
    results = []
    with tqdm(total=(rounds + 1) * len(turns), desc="measuring", unit="turn", delay=1) as bar:
        for round_ in range(rounds + 1):
            speeds = {}
            for label, turn in turns.items():
                speeds[label] = turn(seconds if round_ else 0)
                bar.update()
            results.append(speeds)
    results = pd.DataFrame(results[1:])  # the first round is to warm up: files, compiled functions
    return pd.DataFrame(
        {
            "images_per_second": results.median(),
            "lowest": results.min(),
            "highest": results.max(),
            "of_limit": results.div(results[LIMIT], axis=0).median(),
        }
    ).rename_axis("loader")


def images_per_second(model, loader, steps, seconds):
    """Feeds `model.fit` from a loader for some seconds and returns its images per second."""
    clock = Clock(seconds)
    endless = hasattr(loader, "__next__")
    model.fit(
        loader,
        steps_per_epoch=steps if endless else None,
        epochs=10**6,  # the clock ends it
        shuffle=False,
        verbose=0,
        callbacks=[clock],
    )
    return clock.images / clock.seconds


def decode_limit(df, path_tiles, seconds):
    """Decodes the images on all cores, for some seconds, and returns its images per second."""
    folder, threads = str(path_tiles), os.cpu_count() or 1
    paths = [os.path.join(folder, name) for name in df["tile_name"]]
    buffers = [read_image(paths[0]) for _ in range(threads)]  # each thread writes into its own
    end = time.perf_counter() + seconds

    def decode(thread):
        for count, path in enumerate(itertools.cycle(paths[thread::threads] or paths), 1):
            cv2.imread(path, buffers[thread], cv2.IMREAD_COLOR_RGB)
            if time.perf_counter() >= end:
                return count

    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        images = sum(pool.map(decode, range(threads)))
    return images / (time.perf_counter() - start)


class Onlooker(keras.Model):
    """A model that counts the rows of its batches and does nothing else."""

    def call(self, x):
        return x

    def train_step(self, data):
        return {"rows": keras.ops.shape(data[0])[0]}


class Clock(keras.callbacks.Callback):
    """Counts images and seconds from the first batch of each epoch to its last; ends in time.

    What comes before the first batch and after the last is left out: it weighs heavily in an epoch
    of a few batches only.
    """

    def __init__(self, limit):
        super().__init__()
        self.limit, self.images, self.seconds = limit, 0, 0.0

    def on_epoch_begin(self, epoch, logs=None):
        self.last = None

    def on_train_batch_end(self, batch, logs=None):
        now = time.perf_counter()
        if self.last is not None:
            self.images += int(logs["rows"])
            self.seconds += now - self.last
            self.model.stop_training = self.seconds >= self.limit
        self.last = now

    def on_epoch_end(self, epoch, logs=None):
        if self.images == 0:  # and it would never be more
            raise ValueError(
                "Two batches per epoch are needed to measure the time from one to the next. "
                "Received: a loader with one"
            )
