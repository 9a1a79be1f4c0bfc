"""The pictures of a report show what they are given."""

import numpy as np

from helpers import result_plots

NAMES = ["ant", "bee", "cat"]


def texts(axis):
    return [text.get_text() for text in axis.texts]


def test_curves_have_a_line_and_a_name_for_each_run():
    figure = result_plots.plot_curves(
        {"a": {"val_accuracy": [0.1, 0.4]}, "b": {"val_accuracy": [0.2]}}
    )
    (axis,) = figure.axes
    assert [line.get_ydata().tolist() for line in axis.lines] == [[0.1, 0.4], [0.2]]
    assert axis.lines[0].get_xdata().tolist() == [1, 2]
    assert [text.get_text() for text in axis.get_legend().get_texts()] == ["a", "b"]
    assert (axis.get_xlabel(), axis.get_ylabel()) == ("epoch", "validation accuracy")


def test_a_confusion_matrix_is_shown_in_percent_of_its_rows():
    (axis,) = result_plots.plot_confusion([[3, 1, 0], [0, 5, 0], [0, 0, 0]], NAMES).axes
    assert texts(axis) == ["75", "25", "100"]  # a class without images has no share
    assert axis.get_ylabel().startswith("true") and axis.get_xlabel().startswith("predicted")
    assert [label.get_text() for label in axis.get_yticklabels()] == NAMES


def test_the_surest_mistakes_come_first():
    p = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.6, 0.3, 0.1], [0.1, 0.1, 0.8]])
    images = np.arange(4, dtype="uint8")[:, None, None, None] * np.ones((4, 5, 6, 3), "uint8")
    figure = result_plots.show_mistakes(images, [0, 0, 1, 1], p, NAMES, num_columns=2)
    titles = [axis.get_title() for axis in figure.axes if axis.get_title()]
    assert titles == ["bee 80%\nis ant", "cat 80%\nis bee"] + ["ant 60%\nis bee"]
    assert [int(axis.images[0].get_array().max()) for axis in figure.axes[:3]] == [1, 3, 2]


def test_no_mistake_is_said_in_words():
    figure = result_plots.show_mistakes(
        np.zeros((1, 4, 4, 3), "uint8"), np.eye(3)[:1], [[1, 0, 0]], NAMES
    )
    assert [text.get_text() for text in figure.texts] == ["No mistake."]
