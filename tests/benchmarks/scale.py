"""What grows with the number of files, and what happens where an epoch ends.

    python -m tests.benchmarks scale [--quick]

- The index: a table of a million file names is read from its CSV file and given to each loader, in
  a process of its own; seconds until the loader is there and until its first batch is, and memory.
- Images per second over a million rows and over ten thousand, in turns. The rows name the same
  files over and over, and come in random order.
- Epochs that end late: how many of 50, of ten batches each, end more than 50 ms after their last.
  `TileBatches` is there twice: two `workers` of Keras wait at the end of an epoch.
"""

import time
from functools import partial

import keras
import numpy as np

from data_scripts.make_tiles import INDEX, read_index
from helpers.batches import steps_per_epoch
from helpers.generators import TileBatches, make_dataset
from helpers.paths import data_dir, write_atomically
from helpers.throughput import Onlooker

from . import timing
from .children import in_a_child
from .peers import NAIVE, OURS, PACKED, PEERS, Tiles, again, first_batch, ready
from .pipelines import feed, first_epoch, tiles_of

MANY, FEW, EPOCHS, LATE = 1_000_000, 10_000, 50, 0.05
# The naive generator looks names up in the whole table, for minutes; the folder's files are not
# the table's rows, and a folder is all that the other takes.
NOT_AT_SCALE = {NAIVE, "image_dataset_from_directory, float32"}


def repeated(tiles, count):
    """A table of `count` rows, the files of `tiles` over and over."""
    rows = np.arange(count) % len(tiles.df)
    return tiles._replace(df=tiles.df.iloc[rows].reset_index(drop=True))


def start(name, folder, count):
    """Reads the index and makes a loader: seconds for the index, the loader and the first batch."""
    tiles = tiles_of(32, count)
    begin = time.perf_counter()
    df = read_index(folder)
    index = time.perf_counter()
    loader = {**OURS, **PEERS}[name](Tiles(df, tiles.path, 128, tiles.num_classes))
    made = time.perf_counter()
    first_batch(loader)
    return index - begin, made - begin, time.perf_counter() - index


def index_comparisons(makers, tiles, quick):
    many = MANY // 10 if quick else MANY
    folder = data_dir() / "benchmarks" / f"index-{many}"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / INDEX).exists():
        write_atomically(folder / INDEX, repeated(tiles, many).df.to_csv(index=False))
    names = [name for name in makers if name not in NOT_AT_SCALE]
    runs = {
        name: in_a_child("scale", "start", name, str(folder), len(tiles.df))
        for name in (names[:1] if quick else names)
    }
    table = partial(timing.Comparison, less_is_better=True)
    rows = f"{many:,} rows"
    yield table(
        f"Index of {rows}, read from its CSV file and made into a loader",
        {name: np.array([seconds[1]]) for name, (seconds, _) in runs.items()},
        "s",
    )
    yield table(
        f"From the index of {rows} to the first batch of 128 at 32 px",
        {name: np.array([seconds[2]]) for name, (seconds, _) in runs.items()},
        "s",
    )
    yield table(
        f"Peak memory of index, loader and first batch at {rows}",
        {name: np.array([megabytes]) for name, (_, megabytes) in runs.items()},
        "MiB above the start",
    )


def speed_comparison(tiles, quick):
    """Images per second at ten thousand rows and a million."""
    few, many, model = f"{FEW:,} rows", f"{MANY:,} rows", Onlooker()
    model.compile()
    contestants = {}
    for label, count in ((few, FEW), (many, MANY)):
        df, path, batch_size, num_classes = repeated(tiles, count)
        steps = steps_per_epoch(count, batch_size)
        args = df, batch_size, path, num_classes
        makers = {
            "make_dataset": partial(make_dataset, *args, shuffle=True),
            "TileBatches": partial(TileBatches, *args, shuffle=True, dtype="uint8", threads=2),
        }
        for name, make in makers.items():
            contestants[f"{name}, {label}"] = partial(
                lambda make, steps: first_epoch(
                    model, make(), steps, 0.2 if quick else 1.0
                ).images_per_second,
                make, steps,
            )  # fmt: skip
    figures = timing.turns(contestants, 1 if quick else 7, label="rows")
    ratios = {
        name: figures[f"{name}, {many}"] / figures[f"{name}, {few}"]
        for name in ("make_dataset", "TileBatches")
    }
    yield timing.Comparison("Speed by the length of the table, shuffled, 32 px", figures)
    yield timing.Comparison(f"Speed at {many} of that at {few}", ratios, "times")


class EpochEnds(keras.callbacks.Callback):
    """Notes the seconds from the last batch of each epoch to its end."""

    def __init__(self):
        super().__init__()
        self.seconds = []

    def on_train_batch_end(self, batch, logs=None):
        self.last = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.last)


def epoch_end_comparisons(makers, tiles, quick):
    epochs, ends = EPOCHS // 10 if quick else EPOCHS, {}
    model, steps = Onlooker(), steps_per_epoch(len(tiles.df), tiles.batch_size)
    model.compile()
    for name, make in makers.items():
        fed = again(lambda make=make: feed(model, make(tiles), steps, EpochEnds(), epochs))
        ends[name] = np.array(fed.seconds)
    counts = {name: np.array([np.sum(seconds > LATE)]) for name, seconds in ends.items()}
    worst = {name: np.array([1000 * seconds.max()]) for name, seconds in ends.items()}
    what = f"more than {1000 * LATE:.0f} ms after the last batch"
    yield timing.Comparison(
        f"Epochs that end {what}, of {epochs}", counts, "epochs", less_is_better=True
    )
    yield timing.Comparison(
        f"The longest wait of {epochs} epochs after the last batch",
        worst,
        "ms",
        less_is_better=True,
    )


def comparisons(quick):
    """Yields a `timing.Comparison` for each question."""
    tiles = tiles_of(32, 1280)
    makers, missing = ready({**OURS, **PEERS, **PACKED}, tiles)
    slow = {"torch DataLoader, 2 processes, uint8"} if quick else set()
    yield from index_comparisons({n: m for n, m in makers.items() if n not in PACKED}, tiles, quick)
    yield from speed_comparison(tiles, quick)
    makers["TileBatches, 2 workers of Keras, uint8"] = lambda t: TileBatches(
        t.df, t.batch_size, t.path, t.num_classes, dtype="uint8", workers=2
    )
    for comparison in epoch_end_comparisons(
        {n: m for n, m in makers.items() if n not in slow}, tiles_of(32, 320, 32), quick
    ):
        comparison.missing = missing
        yield comparison
