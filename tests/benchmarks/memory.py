"""Peak memory of loaders over one, four and sixteen times the data.

    python -m tests.benchmarks memory [--quick]

Each figure is the peak of resident memory above the start, in a process of its own that gives `fit`
one epoch. Pages of files, such as those of a packed one, do not count: the system drops them where
memory is short. What torch's worker processes take is not seen. Two processes run at a time: that
changes how long they take, which counts for nothing here.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from helpers.batches import steps_per_epoch
from helpers.memory import load_everything
from helpers.throughput import Onlooker

from . import timing
from .children import in_a_child
from .peers import OURS, PACKED, PEERS, packed_file, ready
from .pipelines import first_epoch, tiles_of

EVERYTHING = "load everything, float32"
SIZE, COUNT, BATCH_SIZE = 224, 160, 32
TIMES, QUICK_TIMES = (1, 4, 16), (1, 4)
QUICK = (EVERYTHING, "make_dataset, uint8")


def one_pass(name, times):
    """Feeds one epoch of `times` times the data to `fit`; returns the number of images it saw."""
    tiles = tiles_of(SIZE, COUNT * times, BATCH_SIZE)
    if name == EVERYTHING:
        return load_everything(tiles.df, tiles.path, BATCH_SIZE)
    loader, model = {**OURS, **PACKED, **PEERS}[name](tiles), Onlooker()
    model.compile()
    steps = steps_per_epoch(len(tiles.df), BATCH_SIZE)
    return first_epoch(model, loader, steps, limit=math.inf).images


def comparisons(quick):
    """Yields a `timing.Comparison` for each amount of data; every figure was measured once."""
    makers, missing = ready({**OURS, **PACKED, **PEERS}, tiles_of(SIZE, COUNT, BATCH_SIZE))
    names = QUICK if quick else (EVERYTHING, *makers)
    once = {}
    for times in QUICK_TIMES if quick else TIMES:
        tiles = tiles_of(SIZE, COUNT * times, BATCH_SIZE)
        packed_file(tiles)  # else its making would count
        figures = {}
        with ThreadPoolExecutor(2) as pool:
            one = partial(in_a_child, "memory", "one_pass")
            runs = pool.map(one, names, [times] * len(names))
            for name, (images, megabytes) in zip(names, runs, strict=True):
                if images != len(tiles.df):
                    raise RuntimeError(f"{name} gave {images} of {len(tiles.df)} images")
                figures[name] = np.array([megabytes])
        once = once or figures
        data = f"{len(tiles.df):,} images of {SIZE} px"
        yield timing.Comparison(
            f"Peak memory at {times}× the data: {data}, batches of {BATCH_SIZE}",
            figures,
            unit="MiB above the start",
            references=(EVERYTHING,),
            missing=missing,
            less_is_better=True,
        )
        if times > 1:
            growth = {name: figures[name] / once[name] for name in names}
            yield timing.Comparison(
                f"Growth of peak memory from 1× to {times}×", growth, "times", less_is_better=True
            )
