"""The pictures of the lessons. Every function draws on new axes and returns the figure."""

import matplotlib.pyplot as plt
import numpy as np

# Okabe and Ito's colours, which people with colour-blindness can tell apart.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
STYLE = {
    "axes.prop_cycle": plt.cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 11,
    "lines.linewidth": 2,
}


def show_batch(x, y=None, class_names=None, num_columns=8, max_images=16):
    """Shows the images of a batch in a grid.

    Args:
        x: array `(b, height, width, 3)`, RGB; integers 0 to 255 or floats 0 to 1.
        y: None, one-hot `(b, num_classes)` or class numbers `(b,)` or `(b, 1)`.
        class_names: list of str, by class number, or None to show the numbers.
        num_columns: int.
        max_images: int, images beyond it are left out.

    Returns:
        The matplotlib Figure.

    Raises:
        ValueError: where x is not a batch of RGB images.
    """
    x = np.asarray(x)
    if x.ndim != 4 or x.shape[-1] != 3:
        raise ValueError(f"`x` must have the shape (b, height, width, 3). Received: {x.shape}")
    count = min(len(x), max_images)
    num_columns = min(num_columns, count)
    num_rows = -(-count // num_columns)
    titles = [""] * count
    if y is not None:
        y = np.asarray(y)
        one_hot = y.ndim == 2 and y.shape[1] > 1
        numbers = (y.argmax(1) if one_hot else y.ravel()).astype(int)
        titles = [class_names[n] if class_names else str(n) for n in numbers[:count]]
    with plt.rc_context(STYLE):
        size = (1.4 * num_columns, 1.6 * num_rows)
        figure, axes = plt.subplots(num_rows, num_columns, figsize=size, squeeze=False)
        for axis in axes.flat:
            axis.axis("off")
        for axis, image, title in zip(axes.flat, x, titles, strict=False):
            axis.imshow(image if image.dtype == np.uint8 else np.clip(image, 0, 1))
            axis.set_title(title, fontsize=10)
        figure.tight_layout()
    plt.close(figure)  # the notebook shows what a cell returns; shown twice otherwise
    return figure


def plot_memory(runs):
    """Plots the memory of tasks over time, with the cap where there was one.

    Args:
        runs: dict from a label to a `helpers.memory.MemoryRun`.

    Returns:
        The matplotlib Figure.
    """
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(7, 3.6))
        for (label, run), style in zip(runs.items(), ["-", "--", "-.", ":"], strict=False):
            peak = f"{label}, at most {run.megabytes.max():.0f} MiB"
            (line,) = axis.plot(run.seconds, run.megabytes, style, label=peak)
            if not run.finished:
                end = (run.seconds[-1], run.megabytes[-1])
                axis.plot(*end, "x", color=line.get_color(), markersize=12, markeredgewidth=3)
                axis.annotate(
                    "out of memory", end, xytext=(8, 8), textcoords="offset points",
                    color=line.get_color(),
                )  # fmt: skip
        for cap in {run.cap_mb for run in runs.values() if run.cap_mb}:
            axis.axhline(cap, color="0.4", linestyle=":", label=f"the cap, {cap} MiB")
        axis.set(xlabel="time (s)", ylabel="memory above the start (MiB)", ylim=(0, None))
        axis.legend(frameon=False)
        figure.tight_layout()
    plt.close(figure)
    return figure


def plot_history(history):
    """Plots the loss and the metrics of a training run, an axis each.

    Args:
        history: a `keras.callbacks.History` or its dict, a list per epoch for `loss` and each
            metric, `val_…` for validation data.

    Returns:
        The matplotlib Figure.
    """
    history = getattr(history, "history", history)
    names = [name for name in history if not name.startswith("val_") and name != "learning_rate"]
    names.sort(key=lambda name: name != "loss")  # the loss first
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(1, len(names), figsize=(4.2 * len(names), 3.2), squeeze=False)
        for axis, name in zip(axes.flat, names, strict=True):
            epochs = range(1, len(history[name]) + 1)
            axis.plot(epochs, history[name], "o-", label="training")
            if f"val_{name}" in history:
                axis.plot(epochs, history[f"val_{name}"], "s--", label="validation")
            axis.set(xlabel="epoch", ylabel=name, xticks=list(epochs)[:: -(-len(epochs) // 10)])
            axis.legend(frameon=False)
        figure.tight_layout()
    plt.close(figure)
    return figure
