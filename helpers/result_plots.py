"""The pictures of a report: learning curves, confusions, mistakes. Each returns the figure."""

import matplotlib.pyplot as plt
import numpy as np

from helpers.plots import COLOURS, STYLE


def plot_curves(histories, name="val_accuracy"):
    """Plots one metric of several training runs over their epochs.

    Args:
        histories: dict from a label to a `keras.callbacks.History` or its dict.
        name: str, the metric.

    Returns:
        The matplotlib Figure.
    """
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(6.5, 3.6))
        for i, (label, history) in enumerate(histories.items()):
            values = getattr(history, "history", history)[name]
            mark, line = "os^Dv"[i % 5], ["-", "--", "-.", ":"][i % 4]
            epochs = range(1, len(values) + 1)
            colour = COLOURS[i % len(COLOURS)]
            axis.plot(epochs, values, marker=mark, linestyle=line, color=colour, label=label)
        axis.set(xlabel="epoch", ylabel=name.replace("val_", "validation "))
        axis.xaxis.get_major_locator().set_params(integer=True)
        axis.legend(frameon=False)
        figure.tight_layout()
    plt.close(figure)
    return figure


def plot_confusion(confusion, class_names):
    """Shows which classes are taken for which: a row for each true class, in percent of it.

    Args:
        confusion: int array `(num_classes, num_classes)`: in row i and column j how many images of
            class i were taken for class j.
        class_names: list of str.

    Returns:
        The matplotlib Figure.
    """
    confusion = np.asarray(confusion)
    percent = 100 * confusion / np.maximum(confusion.sum(1, keepdims=True), 1)
    size = 0.52 * len(class_names)
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(size + 2.2, size + 1.5))
        axis.imshow(percent, cmap="Blues", vmin=0, vmax=100)
        for (row, column), value in np.ndenumerate(percent):
            if confusion[row, column]:
                colour = "white" if value > 55 else "black"
                axis.text(
                    column, row, f"{value:.0f}", ha="center", va="center", color=colour, size=10
                )
        places = range(len(class_names))
        axis.set_xticks(places, class_names, rotation=45, ha="right", rotation_mode="anchor")
        axis.set_yticks(places, class_names)
        axis.set(xlabel="predicted class", ylabel="true class (each row: 100 %)")
        axis.spines[:].set_visible(False)
        axis.tick_params(length=0)
        figure.tight_layout()
    plt.close(figure)
    return figure


def show_mistakes(images, y, probabilities, class_names, count=10, num_columns=5):
    """Shows the worst mistakes: where a model was surest of a wrong class.

    Args:
        images: uint8 array `(n, height, width, 3)`, RGB.
        y: class numbers `(n,)` or one-hot `(n, num_classes)`.
        probabilities: float array `(n, num_classes)`, what the model said.
        class_names: list of str.
        count: int, how many to show.
        num_columns: int.

    Returns:
        The matplotlib Figure; empty, with a line that says so, where there is no mistake.
    """
    probabilities, y = np.asarray(probabilities), np.asarray(y)
    y = y.argmax(1) if y.ndim == 2 else y
    predicted, sure = probabilities.argmax(1), probabilities.max(1)
    wrong = np.flatnonzero(predicted != y)
    worst = wrong[np.argsort(-sure[wrong], kind="stable")][:count]
    num_rows = max(1, -(-len(worst) // num_columns))
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            num_rows, num_columns, figsize=(1.9 * num_columns, 2.2 * num_rows), squeeze=False
        )
        for axis in axes.flat:
            axis.axis("off")
        for axis, i in zip(axes.flat, worst, strict=False):
            axis.imshow(images[i])
            said = f"{class_names[predicted[i]]} {sure[i]:.0%}\nis {class_names[y[i]]}"
            axis.set_title(said, fontsize=10)
        if not len(worst):
            figure.text(0.5, 0.5, "No mistake.", ha="center", va="center")
        figure.tight_layout()
    plt.close(figure)
    return figure
