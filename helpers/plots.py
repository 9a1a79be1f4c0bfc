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


def show_pairs(pairs, left, right):
    """Shows rows of images in two groups side by side, to compare them.

    Args:
        pairs: dict from the title of a row to its two batches `(b, height, width, 3)`, RGB;
            integers 0 to 255 or floats 0 to 1.
        left, right: str, the titles of the groups.

    Returns:
        The matplotlib Figure.
    """
    half = max(len(batch) for batches in pairs.values() for batch in batches)
    with plt.rc_context(STYLE):
        # A narrow empty column stands between the groups.
        figure, axes = plt.subplots(
            len(pairs), 2 * half + 1, figsize=(2.2 * half + 2, 1.15 * len(pairs) + 0.3),
            squeeze=False, width_ratios=[1] * half + [0.15] + [1] * half,
        )  # fmt: skip
        for axis in axes.flat:
            axis.axis("off")
        for row, (title, batches) in zip(axes, pairs.items(), strict=True):
            at = (-0.15, 0.5)
            row[0].text(*at, title, transform=row[0].transAxes, ha="right", va="center", size=10)
            for start, batch in zip((0, half + 1), batches, strict=True):
                for axis, image in zip(row[start:], np.asarray(batch), strict=False):
                    axis.imshow(image if image.dtype == np.uint8 else np.clip(image, 0, 1))
        for column, title in ((0, left), (half + 1, right)):
            axes[0, column].set_title(title, loc="left", size=11)
        figure.tight_layout(h_pad=0.3)
        figure.subplots_adjust(wspace=0.08)
    plt.close(figure)
    return figure


def plot_runs(runs, names=("accuracy", "loss")):
    """Plots training runs of several seeds: each run thin, their mean thick, side by side.

    Args:
        runs: dict from a label to a list of `keras.callbacks.History` or their dicts. Where
            validation was taken every few epochs only, its points stand at those epochs.
        names: the metrics, a row of axes each.

    Returns:
        The matplotlib Figure.
    """
    size = (4.6 * len(runs), 3 * len(names))
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            len(names), len(runs), figsize=size, sharex=True, sharey="row", squeeze=False
        )
        for column, (label, histories) in zip(axes.T, runs.items(), strict=True):
            histories = [getattr(history, "history", history) for history in histories]
            column[0].set_title(label)
            for axis, name in zip(column, names, strict=True):
                num_epochs = len(histories[0][name])
                curves = [(name, "training", ":"), (f"val_{name}", "validation", "-")]
                for (key, what, style), colour in zip(curves, COLOURS, strict=False):
                    values = np.array([history[key] for history in histories])
                    step = num_epochs // values.shape[1]
                    epochs = np.arange(step, num_epochs + 1, step)[: values.shape[1]]
                    axis.plot(epochs, values.T, style, color=colour, alpha=0.35, linewidth=1)
                    mean = f"{what}, mean of {len(values)} seeds"
                    axis.plot(epochs, values.mean(0), style, color=colour, label=mean, linewidth=3)
                axis.set_ylabel(name)
                axis.yaxis.set_tick_params(labelleft=True)
            column[-1].set_xlabel("epoch")
        axes[0, 0].legend(frameon=False, fontsize=9)
        figure.tight_layout()
    plt.close(figure)
    return figure


def plot_speed(speed, unit="images per second"):
    """Plots how fast several ways are: a bar for the median, a line from slowest to fastest.

    Args:
        speed: dict from a label to an array of figures, one for each time that it was measured.
        unit: str.

    Returns:
        The matplotlib Figure.
    """
    values = [np.asarray(figures, float) for figures in speed.values()]
    medians = np.array([np.median(figures) for figures in values])
    spread = [medians - [v.min() for v in values], [v.max() for v in values] - medians]
    with plt.rc_context(STYLE):
        figure, axis = plt.subplots(figsize=(7, 0.45 * len(speed) + 0.9))
        axis.barh(list(speed), medians, xerr=spread, color=COLOURS[5], ecolor="0.3", capsize=3)
        for row, (median, figures) in enumerate(zip(medians, values, strict=True)):
            axis.annotate(
                f"{median:,.0f}", (figures.max(), row), xytext=(6, 0), textcoords="offset points",
                va="center",
            )  # fmt: skip
        axis.set(xlabel=unit, xlim=(0, 1.15 * max(v.max() for v in values)))
        axis.invert_yaxis()  # the first on top
        figure.tight_layout()
    plt.close(figure)
    return figure


def plot_throughput(results):
    """Plots the images per second of loaders, with the decode limit drawn in.

    Args:
        results: DataFrame that `helpers.throughput.measure_throughput` returned.

    Returns:
        The matplotlib Figure.
    """
    limit = results.loc["decode limit", "images_per_second"]
    figures = results.drop("decode limit")[["lowest", "images_per_second", "highest"]]
    figure = plot_speed(dict(zip(figures.index, figures.to_numpy(), strict=True)))
    axis = figure.axes[0]
    axis.axvline(limit, color="0.2", linestyle="--", linewidth=1.5)
    axis.annotate(
        f"decode limit, {limit:,.0f}", (limit, 1), xycoords=("data", "axes fraction"),
        xytext=(0, 4), textcoords="offset points", ha="center",
    )  # fmt: skip
    axis.set_xlim(0, max(axis.get_xlim()[1], 1.15 * limit))
    axis.locator_params(axis="x", nbins=5)  # numbers of five digits need the room
    figure.tight_layout()
    return figure
