"""The pictures of transfer learning show what they were given."""

import numpy as np

from helpers.feature_plots import plot_labels, plot_points, show_maps


def test_filters_in_colour_and_maps_in_grey_are_stretched_to_their_own_range():
    maps = np.random.default_rng(0).normal(0, 5, (3, 4, 3, 5))
    figure = show_maps(maps, num_columns=3)
    shown = [np.asarray(axis.images[0].get_array()) for axis in figure.axes if axis.images]
    assert [image.shape for image in shown] == [(3, 4, 3)] * 5
    assert all(image.min() == 0 and image.max() == 1 for image in shown)
    figure = show_maps(np.stack([np.zeros((3, 4)), np.eye(3, 4)], -1))
    shown = [np.asarray(axis.images[0].get_array()) for axis in figure.axes if axis.images]
    np.testing.assert_array_equal(shown, [np.zeros((3, 4)), np.eye(3, 4)])


def test_points_are_told_apart_by_class():
    points = np.arange(24.0).reshape(12, 2)
    y = np.arange(12) % 4
    left, right = plot_points({"a": points, "b": -points}, y, list("pqrs")).axes
    assert (left.get_title(), right.get_title()) == ("a", "b")
    np.testing.assert_array_equal(right.collections[1].get_offsets(), -points[y == 1])
    assert [text.get_text() for text in right.get_legend().get_texts()] == list("pqrs")


def test_accuracy_is_drawn_over_the_number_of_labels():
    axis = plot_labels([50, 1000], {"scratch": [0.2, 0.8], "frozen": [0.7, 0.9]}).axes[0]
    assert [list(line.get_ydata()) for line in axis.lines] == [[0.2, 0.8], [0.7, 0.9]]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["50", "1,000"]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("labelled images", "test accuracy")
