"""The benchmarks: turns are taken, tables tell the truth, and all of them run."""

import subprocess
import sys

import cv2
import numpy as np
import pandas as pd
import pytest
from benchmarks import children, peers, pipelines, report, timing

from helpers.paths import REPOSITORY
from helpers.throughput import Onlooker


def test_contestants_take_turns_and_the_first_round_is_left_out():
    order = []
    contestants = {name: lambda name=name: order.append(name) or len(order) for name in "abc"}
    figures = timing.turns(contestants, num_rounds=5)
    rounds = [order[i : i + 3] for i in range(0, len(order), 3)]
    assert len(rounds) == 6 and all(set(names) == set("abc") for names in rounds)
    assert sorted(np.concatenate(list(figures.values()))) == list(range(4, 19))


def test_a_table_shows_medians_quartiles_ratios_within_rounds_and_who_is_missing():
    speed = {"slow": np.array([4.0, 2.0, 2.0]), "fast": np.array([8.0, 8.0, 4.0])}
    comparison = timing.Comparison(
        "A race", speed, references=("slow", "absent"), missing={"absent": "No module"}
    )
    assert str(comparison).splitlines() == [
        "## A race",
        "",
        "| contestant | images/s | of slow |",
        "| --- | ---: | ---: |",
        "| fast | 8 (6 to 8) | 2.00 (2.00 to 3.00) |",
        "| slow | 2 (2 to 3) | 1.00 |",
        "",
        "Not run: absent (No module)",
    ]
    rows = list(comparison.rows())
    assert [row["contestant"] for row in rows] == ["fast", "slow"]
    assert rows[0]["median"] == 8 and rows[0]["reference"] == "slow"
    assert rows[0]["ratio_median"] == 2 and rows[0]["ratio_upper_quartile"] == 3


def test_the_best_comes_first_where_less_is_better():
    times = {"a": np.array([3.0]), "b": np.array([1.0])}
    assert timing.Comparison("", times, "s", less_is_better=True).names() == ["b", "a"]
    assert timing.Comparison("", times).names() == ["a", "b"]


@pytest.fixture
def tiles(tmp_path):
    names = [f"{i}.png" for i in range(10)]
    for i, name in enumerate(names):
        cv2.imwrite(str(tmp_path / name), np.full((4, 6, 3), 20 * i, np.uint8))
    return peers.Tiles(pd.DataFrame({"tile_name": names, "y": range(10)}), tmp_path, 4, 10)


@pytest.mark.parametrize("name", [n for n in {**peers.OURS, **peers.PACKED, **peers.PEERS}])
def test_every_loader_gives_the_rows_that_its_speed_is_counted_for(tiles, name):
    makers = {**peers.OURS, **peers.PACKED, **peers.PEERS}
    running, missing = peers.ready({name: makers[name]}, tiles)
    if missing:
        pytest.skip(missing[name])
    assert list(running) == [name]


def test_a_loader_that_gives_other_pixels_or_labels_is_no_contestant(tiles):
    rows = peers.OURS["batch_generator, float32"](tiles)
    x, y = next(rows)
    with pytest.raises(RuntimeError, match="cheat gives other images"):
        peers.ready({"cheat": lambda _: iter([(x[::-1], y)])}, tiles)
    with pytest.raises(RuntimeError, match="cheat gives other labels"):
        peers.ready({"cheat": lambda _: iter([(x, y[::-1])])}, tiles)


def test_a_peer_that_is_not_installed_is_named(tiles):
    def absent(tiles):
        import a_module_that_nobody_has  # noqa: F401

    assert peers.ready({"absent": absent}, tiles) == (
        {},
        {"absent": "No module named 'a_module_that_nobody_has'"},
    )


def test_what_stands_still_by_chance_is_run_again_and_what_fails_is_an_error(capsys):
    results = [RuntimeError("timed out"), 7]

    def run():
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    assert peers.again(run) == 7 and "timed out" in capsys.readouterr().err
    results += [RuntimeError(f"failure {i}") for i in range(3)]
    with pytest.raises(RuntimeError, match="failure 2"):
        peers.again(run)


def test_the_first_epoch_counts_every_image_and_the_wait_for_the_first_batch(tiles, monkeypatch):
    ticks = iter([10.0, 12.0, 13.0, 14.0])  # its beginning, then batches of 4, 4 and 2
    monkeypatch.setattr(pipelines.time, "perf_counter", lambda: next(ticks))
    model = Onlooker()
    model.compile(run_eagerly=True)
    batches = peers.OURS["batch_generator, float32"](tiles)
    clock = pipelines.FirstEpoch(limit=100)
    clock.set_model(model)
    clock.on_epoch_begin(0)
    for batch in range(3):
        clock.on_train_batch_end(batch, {"rows": len(next(batches)[0])})
    assert clock.images == 10 and clock.seconds == 4 and not model.stop_training


def test_the_first_epoch_ends_in_time(tiles):
    model = Onlooker()
    model.compile()
    clock = pipelines.first_epoch(model, peers.naive(tiles), 10**6, limit=0.01)
    assert 0 < clock.images < 4 * 10**6 and clock.images_per_second > 0


def test_what_fails_in_a_child_is_an_error_with_its_words():
    with pytest.raises(RuntimeError, match=r"(?s)memory\.one_pass.*KeyError: 'no such loader'"):
        children.in_a_child("memory", "one_pass", "no such loader", 1)


def test_the_picture_shows_every_loader_beside_the_limit():
    names = (*peers.OURS, *peers.PEERS, pipelines.OPENCV, pipelines.LIMIT)
    figures = {name: np.array([1.0, 2.0, 3.0]) * (i + 1) for i, name in enumerate(names)}
    race = timing.Comparison("Input pipelines at 32 px: 9 images", figures)
    axis = report.draw([race]).axes[0]
    labels = [label.get_text() for label in axis.get_yticklabels()]
    assert labels == [*peers.OURS, *peers.PEERS]
    widths = [bar.get_width() for bar in axis.patches]
    np.testing.assert_allclose(widths, (np.arange(len(labels)) + 1) / len(names))
    assert axis.get_title() == "32 px"


def test_a_run_of_some_benchmarks_keeps_the_figures_of_the_others(tmp_path):
    def race(title, figure):
        names = pipelines.LIMIT, "make_dataset, uint8"
        return timing.Comparison(title, {name: np.array([figure]) for name in names})

    folder = tmp_path / "new"
    first = {"scale": [race("B", 1.0)], "pipelines": [race("A at 32 px", 2.0)]}
    assert [path.name for path in report.write(first, folder)] == ["results.csv", "pipelines.png"]
    assert report.write({"scale": [race("C", 3.0)]}, folder) == [folder / "results.csv"]
    table = pd.read_csv(folder / "results.csv")
    assert table["comparison"].tolist() == ["A at 32 px"] * 2 + ["C"] * 2
    assert table["median"].tolist() == [2, 2, 3, 3]


def test_an_unknown_benchmark_is_named():
    result = bench("pipeline")
    assert result.returncode == 2 and "Received: pipeline" in result.stdout


def test_all_benchmarks_run_quickly_and_write_their_figures(tmp_path):
    result = bench("--quick")
    assert result.returncode == 0, result.stdout
    for heading in (
        "Input pipelines at 32 px", "Input pipelines at 224 px", "Input pipelines at 512 px",
        "Index of", "Epochs that end", "Peak memory at 4×", "Augmentation at 32 px",
        "Feature extraction", "An epoch of a linear head", "Grading lesson 1",
    ):  # fmt: skip
        assert f"## {heading}" in result.stdout
    assert "results.csv" in result.stdout and "pipelines.png" in result.stdout


def bench(*args):
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *args],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
