"""Writes what the benchmarks found: a CSV file and a picture."""

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from helpers.paths import write_atomically
from helpers.plots import COLOURS, STYLE

from .peers import OURS, PACKED
from .pipelines import LIMIT, OPENCV, SIMPLEJPEG


def write(done, folder):
    """Writes `results.csv`, and `pipelines.png` where pipelines were compared.

    Args:
        done: Dict from the name of a benchmark to a list of `timing.Comparison`. What the file
            holds of other benchmarks stays.
        folder: Path, made if needed.

    Returns:
        List of the paths that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, picture = folder / "results.csv", folder / "pipelines.png"
    rows = [{"benchmark": name, **row} for name in done for c in done[name] for row in c.rows()]
    table = pd.DataFrame(rows)
    if path.exists():
        old = pd.read_csv(path)
        table = pd.concat([old[~old["benchmark"].isin(done)], table])
    table = table.sort_values("benchmark", kind="stable")
    write_atomically(path, table.to_csv(index=False, float_format="%.4g", lineterminator="\n"))
    if "pipelines" not in done:
        return [path]
    draw(done["pipelines"]).savefig(picture, dpi=110, metadata={"Software": None})
    return [path, picture]


def draw(pipelines):
    """Draws a column for each comparison: the speed of every loader as a part of the limit.

    Returns:
        The matplotlib Figure. Bars are medians, lines the quartiles; the course's own are dark.
    """
    speed = {name: np.median(values) for name, values in pipelines[0].figures.items()}
    names = [n for n in sorted(speed, key=speed.get) if n not in (LIMIT, OPENCV, SIMPLEJPEG)]
    mine = {*OURS, *PACKED, "pack_tiles, once"}
    colours = [COLOURS[5] if name in mine else "0.65" for name in names]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            1, len(pipelines), figsize=(4 + 2.6 * len(pipelines), 0.32 * len(names) + 1.3),
            sharey=True, squeeze=False,
        )  # fmt: skip
        for axis, comparison in zip(axes[0], pipelines, strict=True):
            ratios = [comparison.figures[name] / comparison.figures[LIMIT] for name in names]
            low, middle, high = np.percentile(ratios, [25, 50, 75], axis=1)
            axis.barh(
                names, middle, xerr=[middle - low, high - middle], color=colours, ecolor="0.3",
                capsize=2,
            )  # fmt: skip
            for row, (value, end) in enumerate(zip(middle, high, strict=True)):
                axis.annotate(
                    f"{value:.2f}", (end, row), xytext=(4, 0), textcoords="offset points",
                    va="center", fontsize=8,
                )  # fmt: skip
            axis.axvline(1, color="0.2", linestyle="--", linewidth=1.2)
            axis.set(title=comparison.title.split(":")[0].rpartition(" at ")[2])
            axis.set(xlabel="part of the decode limit", xlim=(0, 1.2 * max(high.max(), 1)))
        figure.tight_layout()
    plt.close(figure)
    return figure
