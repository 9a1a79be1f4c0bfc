"""The pictures of the lesson on transfer learning. Every function returns the figure."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.plots import COLOURS, STYLE


def show_maps(maps, num_columns=8):
    """Shows filters or activations in a grid: colour filters as images, others in grey.

    Args:
        maps: array `(height, width, n)` for n maps, or `(height, width, 3, n)` for n RGB filters.
            Each is stretched to its own smallest and largest value.
        num_columns: int.

    Returns:
        The matplotlib Figure.
    """
    maps = np.moveaxis(np.asarray(maps, np.float64), -1, 0)
    num_rows = -(-len(maps) // num_columns)
    with plt.rc_context(STYLE):
        size = (1.1 * num_columns, 1.1 * num_rows)
        figure, axes = plt.subplots(num_rows, num_columns, figsize=size, squeeze=False)
        for axis in axes.flat:
            axis.axis("off")
        for axis, values in zip(axes.flat, maps, strict=False):
            values = (values - values.min()) / max(np.ptp(values), 1e-12)
            axis.imshow(values, cmap="gray")
        figure.tight_layout(pad=0.3)
    plt.close(figure)
    return figure


def plot_points(groups, y, class_names):
    """Plots groups of points in the plane side by side, a colour and a mark for each class.

    Args:
        groups: dict from a title to points `(n, 2)`.
        y: class numbers `(n,)`.
        class_names: list of str.

    Returns:
        The matplotlib Figure.
    """
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(1, len(groups), figsize=(4.3 * len(groups), 4), squeeze=False)
        for axis, (title, points) in zip(axes.flat, groups.items(), strict=True):
            for number, name in enumerate(class_names):
                mark = {"color": COLOURS[number % 6], "marker": "o^s"[number // 6 % 3]}
                axis.scatter(*points[y == number].T, s=14, alpha=0.7, label=name, **mark)
            axis.set(title=title, xlabel="first component", ylabel="second component")
        axes.flat[-1].legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
        figure.tight_layout()
    plt.close(figure)
    return figure


def plot_labels(num_labels, accuracies):
    """Plots test accuracy against the number of labelled images, on a logarithmic axis.

    Args:
        num_labels: list of int.
        accuracies: dict from a label to a list of accuracies, one for each number.

    Returns:
        The matplotlib Figure.
    """
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(6.5, 3.8))
        for (label, values), style in zip(accuracies.items(), ["o-", "s--", "^-."], strict=False):
            axis.plot(num_labels, values, style, label=label)
        axis.set(xscale="log", xlabel="labelled images", ylabel="test accuracy", ylim=(0, 1))
        axis.set_xticks(num_labels, [f"{n:,}" for n in num_labels], minor=False)
        axis.minorticks_off()
        axis.legend(frameon=False)
        figure.tight_layout()
    plt.close(figure)
    return figure
