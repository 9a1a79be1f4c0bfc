"""The pictures show what they were given."""

import numpy as np
import pytest

from helpers.memory import MemoryRun
from helpers.plots import plot_history, plot_memory, plot_runs, plot_speed, show_batch, show_pairs


@pytest.mark.parametrize(
    "y", [np.array([1, 0, 2]), np.array([[1], [0], [2]]), np.eye(3)[[1, 0, 2]]], ids=str
)
def test_images_stand_under_their_class_name(y):
    x = np.random.default_rng(0).random((3, 4, 6, 3), np.float32)
    figure = show_batch(x, y, ["a", "b", "c"])
    assert [axis.get_title() for axis in figure.axes] == ["b", "a", "c"]
    for axis, image in zip(figure.axes, x, strict=True):
        np.testing.assert_array_equal(axis.images[0].get_array(), image)


def test_a_batch_of_uint8_is_shown_as_it_is_and_a_long_one_is_cut():
    x = np.full((20, 4, 6, 3), 200, np.uint8)
    figure = show_batch(x, np.arange(20), num_columns=5, max_images=10)
    assert len(figure.axes) == 10 and figure.axes[9].get_title() == "9"
    assert figure.axes[0].images[0].get_array().max() == 200


def test_what_is_no_batch_of_images_is_refused():
    with pytest.raises(ValueError, match=r"\(b, height, width, 3\). Received: \(4, 6, 3\)"):
        show_batch(np.zeros((4, 6, 3)))


def test_memory_is_drawn_with_peak_cap_and_the_place_where_it_ran_out():
    seconds = np.array([0.0, 1.0, 2.0])
    runs = {
        "everything": MemoryRun(seconds, np.array([0.0, 50.0, 90.0]), "MemoryError", False, 100),
        "batches": MemoryRun(seconds, np.array([0.0, 9.0, 8.0]), "3 images", True, 100),
    }
    axis = plot_memory(runs).axes[0]
    assert [text.get_text() for text in axis.get_legend().get_texts()] == [
        "everything, at most 90 MiB",
        "batches, at most 9 MiB",
        "the cap, 100 MiB",
    ]
    assert [(a.get_text(), a.xy) for a in axis.texts] == [("out of memory", (2.0, 90.0))]
    assert axis.get_ylabel() == "memory above the start (MiB)"


def test_a_history_has_an_axis_for_each_metric_with_its_validation():
    history = {"loss": [2.0, 1.0], "accuracy": [0.1, 0.5], "val_loss": [2.5, 1.5]}
    loss, accuracy = plot_history(history).axes
    assert [list(line.get_ydata()) for line in loss.lines] == [[2.0, 1.0], [2.5, 1.5]]
    assert [list(line.get_ydata()) for line in accuracy.lines] == [[0.1, 0.5]]
    assert (loss.get_ylabel(), accuracy.get_ylabel()) == ("loss", "accuracy")


def test_pairs_stand_in_rows_with_a_gap_between_the_groups():
    noise = np.random.default_rng(0).random
    pairs = {"a": (noise((3, 4, 6, 3)), noise((2, 4, 6, 3))), "b": (noise((1, 4, 6, 3)),) * 2}
    figure = show_pairs(pairs, "old", "new")
    axes = np.array(figure.axes).reshape(2, 7)  # three, a gap, three
    assert [axis.get_title(loc="left") for axis in axes[0]] == ["old", "", "", "", "new", "", ""]
    assert [row[0].texts[0].get_text() for row in axes] == ["a", "b"]
    shown = [[len(axis.images) for axis in row] for row in axes]
    assert shown == [[1, 1, 1, 0, 1, 1, 0], [1, 0, 0, 0, 1, 0, 0]]
    np.testing.assert_array_equal(axes[0, 5].images[0].get_array(), pairs["a"][1][1])


def test_runs_of_several_seeds_are_drawn_thin_and_their_mean_thick():
    def history(shift):
        training = np.arange(6.0) + shift
        return {name: training.tolist() for name in ("accuracy", "loss")} | {
            "val_accuracy": [10.0 + shift, 20.0], "val_loss": [1.0, 2.0]
        }  # fmt: skip

    figure = plot_runs({"plain": [history(0), history(2)], "augmented": [history(1)]})
    (plain, augmented, loss, _) = figure.axes
    assert (plain.get_title(), augmented.get_title()) == ("plain", "augmented")
    assert (plain.get_ylabel(), loss.get_ylabel()) == ("accuracy", "loss")
    first, second, mean = plain.lines[3:]  # after those of training
    assert list(first.get_ydata()) == [10, 20] and list(second.get_ydata()) == [12, 20]
    assert list(mean.get_ydata()) == [11, 20] and list(mean.get_xdata()) == [3, 6]
    assert mean.get_linewidth() > first.get_linewidth()
    assert mean.get_label() == "validation, mean of 2 seeds"
    assert augmented.get_ylim() == plain.get_ylim()


def test_speeds_are_bars_of_the_median_with_their_spread():
    axis = plot_speed({"slow": [1.0, 3.0, 8.0], "fast": [90.0, 1000.0, 2000.0]}).axes[0]
    assert [bar.get_width() for bar in axis.patches] == [3, 1000]
    (whiskers,) = axis.collections
    assert [segment[:, 0].tolist() for segment in whiskers.get_segments()] == [[1, 8], [90, 2000]]
    assert [text.get_text() for text in axis.texts] == ["3", "1,000"]
    assert axis.get_xlabel() == "images per second"
    assert [label.get_text() for label in axis.get_yticklabels()] == ["slow", "fast"]
