"""Every reference loader stays flat in memory: peaks over 1 and 16 times the data."""

import gc
import threading
import tracemalloc

import cv2
import numpy as np
import pandas as pd
import psutil
import pytest

from helpers import packing, pipelines
from helpers.batches import Memory
from helpers.generators import (
    PackedBatches,
    TileBatches,
    batch_generator,
    make_dataset,
    pack_tiles,
    steps_per_epoch,
)

SIDE, BATCH, ROWS = 128, 8, 48
IMAGE_BYTES = SIDE * SIDE * 3


@pytest.fixture(scope="module")
def tile(tmp_path_factory):
    path = tmp_path_factory.mktemp("tile")
    noise = np.random.default_rng(0).integers(0, 255, (8, 8, 3), dtype=np.uint8)
    cv2.imwrite(str(path / "tile.jpg"), cv2.resize(noise, (SIDE, SIDE)))
    return path


def take_batch_generator(df, path):
    batches = batch_generator(df, BATCH, path, 2)
    for _ in range(steps_per_epoch(len(df), BATCH)):
        next(batches)


def take_tile_batches(df, path):
    for _ in TileBatches(df, BATCH, path, 2, shuffle=True):
        pass


def take_make_dataset(df, path):
    for _ in make_dataset(df, BATCH, path, 2, shuffle=True):
        pass


def take_pack_tiles(df, path):
    pack_tiles(df, path, path / f"{len(df)}-new.npy")
    for suffix in ("", ".json"):
        (path / f"{len(df)}-new.npy{suffix}").unlink()


def take_packed_batches(df, path):
    packed = pack_tiles(df, path, path / f"{len(df)}.npy")
    for _ in PackedBatches(packed, df, BATCH, 2, shuffle=True):
        pass


def take_packed_dataset(df, path):
    packed = pack_tiles(df, path, path / f"{len(df)}.npy")
    for _ in make_dataset(df, BATCH, None, 2, shuffle=True, packed=packed):
        pass


TAKE = [
    take_batch_generator,
    take_tile_batches,
    take_make_dataset,
    take_pack_tiles,
    take_packed_batches,
    take_packed_dataset,
]


def table(times):
    return pd.DataFrame({"tile_name": ["tile.jpg"] * (ROWS * times), "y": 0})


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(packing, "PORTION_BYTES", 2 * BATCH * IMAGE_BYTES)
    monkeypatch.setattr(pipelines, "PORTION_BATCHES", 1)


@pytest.mark.parametrize("take", TAKE)
def test_arrays_hold_a_few_batches_whatever_the_size_of_the_data(
    tile, take, small_portions, monkeypatch
):
    def peak(times):
        monkeypatch.setattr(pipelines, "MEMORY", Memory())  # what is kept of it would not count
        gc.collect()
        tracemalloc.start()
        take(table(times), tile)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(1)  # what is made once, TensorFlow's functions for one
    once, sixteen = peak(1), peak(16)
    assert once > BATCH * IMAGE_BYTES  # else the images would not be counted
    # Threads decide how many batches are there at a time: of `make_dataset` one to five. The data
    # are 90 more.
    assert sixteen < 1.2 * once + 5 * BATCH * IMAGE_BYTES


@pytest.mark.parametrize("take", TAKE)
def test_resident_memory_does_not_grow_with_the_data(tile, take, small_portions):
    # Sees what tracemalloc does not: TensorFlow's buffers and the pages of memory maps.
    def grown(times):
        gc.collect()
        process, peak, done = psutil.Process(), [], threading.Event()
        start = process.memory_info().rss

        def watch():
            while not done.wait(0.002):
                peak.append(process.memory_info().rss)

        watcher = threading.Thread(target=watch)
        watcher.start()
        take(table(times), tile)
        done.set()
        watcher.join()
        return max(peak, default=start) - start

    grown(4)
    more_data = (64 - 4) * ROWS * IMAGE_BYTES  # 135 MiB
    assert grown(64) - grown(4) < more_data / 4
