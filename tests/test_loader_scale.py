"""A million rows: what loaders do before the first batch and for each batch, counted."""

import tracemalloc

import cv2
import numpy as np
import pandas as pd
import pytest

from data_scripts.make_tiles import INDEX, read_index
from helpers import batches, generators, pipelines
from helpers.generators import TileBatches, batch_generator, make_dataset

MANY, BATCH = 1_000_000, 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiles")
    cv2.imwrite(str(folder / "0.png"), np.full((4, 6, 3), 9, np.uint8))
    return folder


def table(count):
    return pd.DataFrame({"tile_name": ["0.png"] * count, "y": 0})


LOADERS = {
    "batch_generator": lambda df, path: batch_generator(df, BATCH, path, 1),
    "TileBatches": lambda df, path: TileBatches(df, BATCH, path, 1, shuffle=True),
    "make_dataset": lambda df, path: make_dataset(df, BATCH, path, 1, shuffle=True),
}


@pytest.fixture
def small_portions(monkeypatch):
    monkeypatch.setattr(pipelines, "PORTION_BATCHES", 1)


@pytest.mark.parametrize("name", LOADERS)
def test_no_more_images_are_read_before_the_first_batch_where_rows_are_many(
    folder, monkeypatch, small_portions, name
):
    # Guards against a look at every file, or a shuffle buffer that fills before training begins.
    read, real = [], cv2.imread

    def spy(path, *args):
        read.append(path)
        return real(path, *args)

    monkeypatch.setattr(batches.cv2, "imread", spy)
    next(iter(LOADERS[name](table(MANY), folder)))
    # At most the batch that is taken, three that are read meanwhile, and one image for its size at
    # the beginning and in each batch.
    assert BATCH <= len(read) <= 4 * (BATCH + 1) + 1


@pytest.mark.parametrize("name", LOADERS)
def test_a_million_rows_take_a_few_bytes_each(folder, name):
    df = table(MANY)
    tracemalloc.start()
    next(iter(LOADERS[name](df, folder)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * MANY  # names and labels as pointers and numbers, an order, a copy of it


def test_the_index_of_files_takes_less_than_500_bytes_a_name(tmp_path):
    # So a million names fit in 500 MB, with the loader that is made of them.
    count = MANY // 10
    names = [f"class_{i % 10}/{i:07d}.jpg" for i in range(count)]
    rows = pd.DataFrame({"tile_name": names, "y": np.arange(count) % 10})
    rows.to_csv(tmp_path / INDEX, index=False)
    del names, rows
    tracemalloc.start()
    df = read_index(tmp_path)
    with pytest.raises(ValueError, match="does not exist. Received: .*class_0/0000000.jpg"):
        make_dataset(df, BATCH, "nowhere", 10)  # the table was taken in, the first image is missing
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(df) == count and peak < 500 * count


@pytest.mark.parametrize("count", [10_000, MANY])
def test_a_batch_costs_its_own_rows_only(folder, monkeypatch, small_portions, count):
    # Images per second must not fall with the length of the table: every batch takes as many names
    # and labels as it has rows, and touches no other.
    taken, one_hot = [], batches.one_hot

    def spy(labels, num_classes):
        taken.append(len(labels))
        return one_hot(labels, num_classes)

    for module in (batches, generators, pipelines):
        monkeypatch.setattr(module, "one_hot", spy)
    df = table(count)
    TileBatches(df, BATCH, folder, 1, shuffle=True)[3]
    next(iter(make_dataset(df, BATCH, folder, 1, shuffle=True)))
    assert taken and set(taken) == {BATCH}


def test_no_autotuning_holds_up_the_end_of_an_epoch(folder):
    assert make_dataset(table(20), BATCH, folder, 1).options().autotune.enabled is False
