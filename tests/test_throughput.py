"""The measurement of throughput: what is counted, and that the loaders take turns."""

import itertools
from types import SimpleNamespace

import cv2
import keras
import numpy as np
import pandas as pd
import pytest

from helpers import throughput
from helpers.generators import TileBatches, batch_generator, make_dataset
from helpers.plots import plot_throughput
from helpers.throughput import LIMIT, decode_limit, images_per_second, measure_throughput


@pytest.fixture
def tiles(tmp_path):
    cv2.imwrite(str(tmp_path / "tile.png"), np.full((4, 6, 3), 9, np.uint8))
    return pd.DataFrame({"tile_name": ["tile.png"] * 10, "y": 0}), tmp_path


def test_loaders_of_every_kind_are_measured_beside_the_decode_limit(tiles):
    df, path = tiles
    kinds = {
        "generator": lambda: batch_generator(df, 4, path, 1),
        "threads": lambda: TileBatches(df, 4, path, 1, dtype="uint8", threads=2),
        "tf.data": lambda: make_dataset(df, 4, path, 1),
    }
    results = measure_throughput(kinds, df, path, 4, seconds=0.01, rounds=2)
    assert results.index.tolist() == [LIMIT, "generator", "threads", "tf.data"]
    assert results.columns.tolist() == ["images_per_second", "lowest", "highest", "of_limit"]
    assert (0 < results["lowest"]).all()
    assert (results["lowest"] <= results["images_per_second"]).all()
    assert (results["images_per_second"] <= results["highest"]).all()
    assert results.loc[LIMIT, "of_limit"] == 1


def test_loaders_take_turns_and_the_first_round_is_left_out(tiles, monkeypatch):
    turns = []

    def speed(label, seconds):
        turns.append((label, seconds))
        return {LIMIT: 100, "a": 10, "b": 50}[label] * len(turns)

    monkeypatch.setattr(throughput, "decode_limit", lambda df, path, s: speed(LIMIT, s))
    monkeypatch.setattr(
        throughput, "images_per_second", lambda model, loader, steps, s: speed(loader, s)
    )
    loaders = {"a": lambda: "a", "b": lambda: "b"}
    results = measure_throughput(loaders, tiles[0], tiles[1], 4, seconds=2, rounds=3)
    warm_up = [(LIMIT, 0), ("a", 0), ("b", 0)]
    assert turns == warm_up + [(LIMIT, 2), ("a", 2), ("b", 2)] * 3
    # Turns 5, 8 and 11 were those of a, and 4, 7 and 10 the limit's.
    assert results.loc["a"].tolist() == [80, 50, 110, pytest.approx(80 / 700)]


@pytest.mark.parametrize("endless", [False, True])
def test_images_are_counted_from_the_first_batch_of_an_epoch_to_its_last(monkeypatch, endless):
    # Batches of 4, 4 and 2, a second apart: 6 images in 2 seconds, whatever lies between epochs.
    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return np.zeros((2 if i == 2 else 4, 1)), np.zeros((2 if i == 2 else 4, 1))

    ticks = itertools.count()
    clock = SimpleNamespace(perf_counter=lambda: next(ticks))
    monkeypatch.setattr(throughput, "time", clock)
    model = throughput.Onlooker()
    model.compile()
    loader = (b for b in itertools.cycle(list(Batches()))) if endless else Batches()
    assert images_per_second(model, loader, 3, seconds=4) == 3
    assert next(ticks) == 6  # two epochs of three batches


def test_the_decode_limit_counts_images_read_on_all_cores(tiles, monkeypatch):
    df, path = tiles
    read = []
    monkeypatch.setattr(throughput.cv2, "imread", lambda *args: read.append(args[0]))
    monkeypatch.setattr(throughput, "read_image", lambda path: np.zeros((4, 6, 3), np.uint8))
    monkeypatch.setattr(throughput.os, "cpu_count", lambda: 3)
    ticks = itertools.count(0, 0.5)
    monkeypatch.setattr(throughput, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))
    speed = decode_limit(df, path, seconds=10)
    assert speed == len(read) / ((next(ticks) - 0.5) - 0.5)
    assert len(read) >= 20


def test_an_epoch_of_one_batch_is_refused(tiles):
    df, path = tiles
    with pytest.raises(ValueError, match="Two batches per epoch are needed"):
        measure_throughput({"one": lambda: TileBatches(df, 10, path, 1)}, df, path, 10)


def test_the_error_of_a_loader_is_not_swallowed(tiles):
    df, path = tiles
    lost = df.assign(tile_name="none.png")
    with pytest.raises(ValueError, match="does not exist"):
        measure_throughput({"lost": lambda: TileBatches(lost, 4, path, 1)}, df, path, 4)


def test_the_picture_has_a_bar_for_each_loader_and_a_line_for_the_limit():
    results = pd.DataFrame(
        {
            "images_per_second": [100.0, 10, 60],
            "lowest": [90.0, 5, 50],
            "highest": [110.0, 11, 70],
            "of_limit": [1, 0.1, 0.6],
        },
        index=[LIMIT, "naive", "tf.data"],
    )
    axis = plot_throughput(results).axes[0]
    assert [bar.get_width() for bar in axis.patches] == [10, 60]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["naive", "tf.data"]
    assert [100, 100] in [list(line.get_xdata()) for line in axis.lines]
    assert "decode limit, 100" in [text.get_text() for text in axis.texts]
    assert axis.get_xlim()[1] > 100 and axis.get_xlabel() == "images per second"
