"""The picture of rows shows where each one came, and which places stayed empty."""

from matplotlib.colors import to_hex

from helpers.plots import COLOURS
from helpers.row_plots import plot_rows


def test_each_row_stands_at_the_place_where_it_came():
    axis = plot_rows({"in order": [0, 1, 2], "moved": [1, 0, 2]}, num_rows=3).axes[0]
    shown = [(text.get_position(), text.get_text()) for text in axis.texts]
    assert shown == [((place, 0), str(place)) for place in range(3)] + [
        ((0, 1), "1"),
        ((1, 1), "0"),
        ((2, 1), "2"),
    ]
    assert [label.get_text() for label in axis.get_yticklabels()] == ["in order", "moved"]


def test_right_wrong_missing_and_doubled_rows_differ_in_colour_and_form():
    axis = plot_rows({"lost": [0, 2], "doubled": [0, 1, 2, 0]}, num_rows=3).axes[0]
    colours = [to_hex(patch.get_facecolor()).upper() for patch in axis.patches]
    right, wrong, empty = COLOURS[5], COLOURS[4], "#FFFFFF"
    assert colours == [right, wrong, empty, right, right, right, wrong]
    assert [bool(patch.get_hatch()) for patch in axis.patches] == [c == empty for c in colours]
    weights = [text.get_weight() for text in axis.texts]
    assert weights == ["normal", "bold", "normal", "normal", "normal", "bold"]
