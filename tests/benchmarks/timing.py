"""Times contestants against each other on a machine that may be busy with other work.

In every round each contestant runs once, in an order that is drawn anew. So a busy minute slows all
of them, and the ratio of two contestants within a round holds better than the figures themselves.
"""

import os
import time

import numpy as np


def alternate(contestants, num_rounds, seed=0):
    """Runs every contestant once per round, after one round that is not counted.

    Args:
        contestants: Dict of names to functions without arguments.
        num_rounds: Integer, at least 1.
        seed: Integer, for the order within each round.

    Returns:
        Dict of names to float64 arrays of shape `(num_rounds,)`, in seconds.
    """
    rng = np.random.default_rng(seed)
    names = list(contestants)
    seconds = {name: np.zeros(num_rounds) for name in names}
    for run in contestants.values():
        run()
    for i in range(num_rounds):
        for name in rng.permutation(names):
            start = time.perf_counter()
            contestants[name]()
            seconds[name][i] = time.perf_counter() - start
    return seconds


def table(seconds, num_items, references=(), missing=(), unit="images/s"):
    """Renders the medians, with the quartiles as their spread, as a Markdown table.

    Args:
        seconds: What `alternate` returns.
        num_items: How many items a contestant processes in one run.
        references: Names of contestants that all are compared with, a column each; one that did
            not run has none. The ratio is taken within each round; 2 means twice as fast.
        missing: Dict of names to the reason why that contestant could not run.
        unit: Heading of the figures.

    Returns:
        A string: the contestants from fast to slow, then the missing ones.
    """
    references = [name for name in references if name in seconds]
    rows = [["contestant", unit, *(f"times {reference}" for reference in references)]]
    rows.append(["---", *["---:"] * (1 + len(references))])
    for name in sorted(seconds, key=lambda name: np.median(seconds[name])):
        ratios = [_spread(seconds[reference] / seconds[name], ".2f") for reference in references]
        form = ",.0f" if num_items / np.median(seconds[name]) > 100 else ",.1f"
        rows.append([name, _spread(num_items / seconds[name], form), *ratios])
    for name, reason in dict(missing).items():
        rows.append([name, f"not run: {reason}", *[""] * len(references)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _spread(values, form):
    low, middle, high = np.percentile(values, [25, 50, 75])
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def machine():
    """Says how many processors there are, and how busy they are."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} processors, load {load} at the start"
