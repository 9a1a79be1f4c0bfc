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


def table(seconds, num_items, reference, missing=(), unit="images/s"):
    """Renders the medians, with the quartiles as their spread, as a Markdown table.

    Args:
        seconds: What `alternate` returns.
        num_items: How many items a contestant processes in one run.
        reference: Name of the contestant that the others are compared with. The ratio is taken
            within each round; 2 means twice as fast as the reference.
        missing: Dict of names to the reason why that contestant could not run.
        unit: Heading of the figures.

    Returns:
        A string: the contestants from fast to slow, then the missing ones.
    """
    lines = [
        f"| contestant | {unit} (quartiles) | times {reference} (quartiles) |",
        "| --- | ---: | ---: |",
    ]
    for name in sorted(seconds, key=lambda name: np.median(seconds[name])):
        rate = _spread(num_items / seconds[name], ",.0f")
        ratio = _spread(seconds[reference] / seconds[name], ".2f")
        lines.append(f"| {name} | {rate} | {ratio} |")
    lines += [f"| {name} | not run: {reason} | |" for name, reason in dict(missing).items()]
    return "\n".join(lines)


def _spread(values, form):
    low, middle, high = np.percentile(values, [25, 50, 75])
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def machine():
    """Says how many processors there are, and how busy they are."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} processors, load {load} at the start"
