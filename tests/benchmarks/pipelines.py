"""Images per second that loaders give to `Model.fit`, beside the decode limit.

    python -m tests.benchmarks pipelines [--quick]

Every turn makes a new loader and gives `fit` its first epoch, all of it or what fits in some
seconds; the wait for the first batch counts. The files are in the system's cache. "Packed" loaders
read what `pack_tiles` has decoded, as from the second epoch on.
The decode limit is the faster of two decoders on all cores that do nothing else: OpenCV, and
simplejpeg where it is installed.

The loop of `fit` takes about 1.2 ms for a batch, as long as a core needs to decode some 50 images
of 32 pixels. So their batches are the largest, for all loaders: what is compared is the loaders.
"""

import gc
import os
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import keras
import numpy as np

from data_scripts.make_tiles import CLASS_NAMES, make_tiles
from helpers.batches import read_image, steps_per_epoch
from helpers.packing import pack_tiles
from helpers.paths import data_dir
from helpers.throughput import Onlooker, decode_limit

from . import timing
from .peers import NAIVE, OURS, PACKED, PEERS, Tiles, again, ready

BATCH_SIZE = 128
BATCH_SIZES = {32: 256, 224: BATCH_SIZE, 512: 32}
COUNTS = {32: 50_000, 224: 2560, 512: 640}  # 32 px as many as CIFAR-10 has for training
ROUNDS = {32: 5, 224: 3, 512: 3}  # short turns vary the most
QUICK_COUNTS = {32: 1280, 224: 640, 512: 96}  # the first two are there for other benchmarks, too
LIMIT, OPENCV, SIMPLEJPEG = "decode limit", "limit: OpenCV", "limit: simplejpeg"


def tiles_of(size, count, batch_size=BATCH_SIZE):
    """Land tiles of one size in a folder of their own, drawn on first use."""
    folder = data_dir() / "benchmarks" / f"{size}px-{count}"
    return Tiles(make_tiles(folder, count, size), folder, batch_size, len(CLASS_NAMES))


class FirstEpoch(keras.callbacks.Callback):
    """Counts the images of one epoch, from its beginning to its last batch; ends it in time."""

    def __init__(self, limit):
        super().__init__()
        self.limit, self.images = limit, 0

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.images += int(logs["rows"])
        self.seconds = time.perf_counter() - self.start
        self.model.stop_training = self.seconds >= self.limit

    @property
    def images_per_second(self):
        return self.images / self.seconds


def feed(model, loader, steps, callback, epochs=1):
    """Feeds epochs of a loader, `steps` long where it has no end, and returns the callback."""
    endless = hasattr(loader, "__next__")
    model.fit(
        loader,
        steps_per_epoch=steps if endless else None,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=[callback],
    )
    return callback


def first_epoch(model, loader, steps, limit):
    """Feeds the first epoch of a loader to `model.fit`, and returns the clock."""
    clock = feed(model, loader, steps, FirstEpoch(limit))
    del loader
    gc.collect()  # what an epoch was ended in would else read on, in the turn of the next
    return clock


def simplejpeg_limit(tiles, seconds):
    """As `helpers.throughput.decode_limit`, with simplejpeg."""
    import simplejpeg

    paths = [os.path.join(tiles.path, name) for name in tiles.df["tile_name"]]
    threads = os.cpu_count() or 1
    buffers = [np.empty_like(read_image(paths[0])) for _ in range(threads)]
    start = time.perf_counter()

    def decode(thread):
        count = 0
        while True:
            for path in paths[thread::threads]:
                with open(path, "rb") as file:
                    simplejpeg.decode_jpeg(file.read(), "RGB", buffer=buffers[thread])
                count += 1
                if time.perf_counter() >= start + seconds:
                    return count

    with ThreadPoolExecutor(threads) as pool:
        images = sum(pool.map(decode, range(threads)))
    return images / (time.perf_counter() - start)


def limits(tiles, seconds):
    """The decoders that are installed, as contestants, and those that are not, with the reason."""
    found = {OPENCV: lambda: decode_limit(tiles.df, tiles.path, seconds)}
    try:
        import simplejpeg  # noqa: F401
    except ImportError as error:
        return found, {SIMPLEJPEG: str(error)}
    return {**found, SIMPLEJPEG: lambda: simplejpeg_limit(tiles, seconds)}, {}


def packing_speed(tiles):
    """Images per second that `pack_tiles` decodes and writes to the disk: the price of packing."""
    rows, out = tiles.df[: len(tiles.df) // 4], tiles.path.with_name("packing-speed.npy")
    try:
        return len(rows) / timing.seconds_of(lambda: pack_tiles(rows, tiles.path, out))
    finally:
        for name in (out.name, f"{out.name}.json"):
            out.with_name(name).unlink(missing_ok=True)


def compare(size, count, rounds, seconds):
    """All loaders on tiles of one size."""
    batch_size = BATCH_SIZES[size]
    tiles = tiles_of(size, count, batch_size)
    steps, model = steps_per_epoch(count, batch_size), Onlooker()
    model.compile()
    makers, missing = ready({**OURS, **PACKED, **PEERS}, tiles)
    contestants, absent = limits(tiles, seconds)
    contestants["pack_tiles, once"] = partial(packing_speed, tiles)
    for name, make in makers.items():
        contestants[name] = lambda make=make: again(
            lambda: first_epoch(model, make(tiles), steps, 2 * seconds).images_per_second
        )
    # `ready` had a batch of each: nothing is left to warm up.
    figures = timing.turns(contestants, rounds, label=f"{size} px", warm_up=False)
    found = [figures[name] for name in (OPENCV, SIMPLEJPEG) if name in figures]
    figures[LIMIT] = np.maximum.reduce(found)
    title = f"Input pipelines at {size} px: {count:,} images, batches of {batch_size}, through fit"
    return timing.Comparison(
        title, figures, references=(LIMIT, NAIVE), missing={**missing, **absent}
    )


def comparisons(quick):
    """Yields a `timing.Comparison` for each size."""
    counts, seconds = (QUICK_COUNTS, 0.1) if quick else (COUNTS, 0.7)
    for size, count in counts.items():
        yield compare(size, count, 1 if quick else ROUNDS[size], seconds)
