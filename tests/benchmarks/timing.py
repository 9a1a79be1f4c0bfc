"""Lets contestants take turns on a machine that may be busy with other work, and tells the result.

In every round each contestant runs once, in an order that is drawn anew. So a busy minute slows all
of them, and the ratio of two contestants within a round holds better than the figures themselves.
"""

import dataclasses
import os
import time
from functools import partial

import numpy as np
from tqdm import tqdm


def turns(contestants, num_rounds, seed=0, label="turns", warm_up=True):
    """Runs every contestant once per round.

    Args:
        contestants: Dict of names to functions without arguments that return a figure.
        num_rounds: Integer, at least 1.
        seed: Integer, for the order within each round.
        label: String, for the progress bar.
        warm_up: Boolean, whether one round before the others is not counted.

    Returns:
        Dict of names to float64 arrays of shape `(num_rounds,)`.
    """
    rng = np.random.default_rng(seed)
    names = list(contestants)
    figures = {name: np.zeros(num_rounds) for name in names}
    rounds = range(-1 if warm_up else 0, num_rounds)
    with tqdm(total=len(rounds) * len(names), desc=label, unit="turn", delay=5) as bar:
        for i in rounds:
            for name in rng.permutation(names):
                figure = contestants[name]()
                if i >= 0:
                    figures[name][i] = figure
                bar.update()
    return figures


def alternate(contestants, num_rounds, seed=0, label="turns", warm_up=True):
    """As `turns`, for functions of any result: the figures are the seconds that they take."""
    runs = {name: partial(seconds_of, run) for name, run in contestants.items()}
    return turns(runs, num_rounds, seed, label, warm_up)


def seconds_of(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


@dataclasses.dataclass
class Comparison:
    """What some contestants did in one run.

    Attributes:
        title: String, what was compared on what.
        figures: Dict of names to float arrays with one figure per round.
        unit: String, of the figures.
        references: Names of contestants that all are compared with, a column each; one that did
            not run has none. The ratio is taken within each round.
        missing: Dict of names to the reason why that contestant could not run.
        less_is_better: Boolean: seconds and megabytes, not images per second.
    """

    title: str
    figures: dict
    unit: str = "images/s"
    references: tuple = ()
    missing: dict = dataclasses.field(default_factory=dict)
    less_is_better: bool = False

    def names(self):
        """The contestants, from best to worst."""
        names = sorted(self.figures, key=lambda name: np.median(self.figures[name]))
        return names if self.less_is_better else names[::-1]

    def ratios(self, name):
        """Dict of the references that ran to the ratios `(num_rounds,)` of a contestant to them."""
        return {
            other: self.figures[name] / self.figures[other]
            for other in self.references
            if other in self.figures
        }

    def __str__(self):
        """A Markdown table of medians and, in brackets, quartiles; below it who is missing."""
        columns = [f"of {other}" for other in self.references if other in self.figures]
        rows = [["contestant", self.unit, *columns], ["---", *["---:"] * (1 + len(columns))]]
        for name in self.names():
            ratios = [spread(ratio, ".2f") for ratio in self.ratios(name).values()]
            rows.append([name, spread(self.figures[name], form(self.figures[name])), *ratios])
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines += [f"\nNot run: {name} ({reason})" for name, reason in self.missing.items()]
        return "\n".join([f"## {self.title}", "", *lines, ""])

    def rows(self):
        """A dict for each contestant and reference, for a CSV file."""
        for name in self.names():
            ratios = self.ratios(name) or {"": np.array([np.nan])}
            for other, ratio in ratios.items():
                yield {
                    "comparison": self.title,
                    "contestant": name,
                    "unit": self.unit,
                    **quartiles(self.figures[name]),
                    "reference": other,
                    **{f"ratio_{key}": value for key, value in quartiles(ratio).items()},
                }


def quartiles(values):
    low, middle, high = np.percentile(values, [25, 50, 75])
    return {"median": middle, "lower_quartile": low, "upper_quartile": high}


def spread(values, form):
    middle, low, high = quartiles(values).values()
    if low == high:
        return f"{middle:{form}}"
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def form(values):
    """Whole numbers with commas; three digits for what is below 100."""
    return ",.0f" if np.median(values) >= 100 or np.all(values == np.rint(values)) else ".3g"


def machine():
    """Says how many processors there are, and how busy they are."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} processors, load {load} at the start"
