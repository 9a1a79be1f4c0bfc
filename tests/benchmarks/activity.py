"""Measures how far the reference comes in the activity, lesson 5: what its steps are set from.

    python -m tests.benchmarks.activity [--seeds 5]

It runs the reference answers of the notebook on the images that there are: CIFAR-10 where it is
prepared (with ImageNet's base where it can be had), otherwise the drawn stand-in. For every seed
another split into training and validation and another start:

- baseline: `baseline_from_scratch`;
- head: `train_head` on the frozen base;
- own: `your_classifier`, the reference for the free choice.

Test accuracy is taken on the test images of CIFAR-10, or on 1,000 things drawn anew.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import keras
import nbformat
import numpy as np
from nbgrader.utils import is_solution

from helpers import datasets, generators
from helpers.checks.vgg16_on_cifar10 import accuracy

from . import timing

LESSON = "05_vgg16_on_cifar10"
NOTEBOOK = Path(__file__).resolve().parents[2] / "solutions" / LESSON / f"{LESSON}.ipynb"


def answers():
    """The functions of the solution, by name."""
    cells, names = nbformat.read(NOTEBOOK, as_version=4).cells, {}
    answers = [cell for cell in cells if cell.cell_type == "code" and is_solution(cell)]
    for cell in [cells[1], *answers]:
        exec(cell.source, names)
    return names


def measure(seed, names):
    """One seed: a dict from a contestant to `(test accuracy, seconds)`."""
    keras.utils.set_random_seed(seed)
    df, path, class_names = datasets.load_cifar10("train")
    train_df, valid_df = datasets.split_index(df, 0.1, seed)
    num_classes, small = len(class_names), len(train_df) < 10_000

    def batches(df, shuffle=False):
        return generators.TileBatches(
            df, 100 if small else 250, path, num_classes, shuffle, seed, dtype="uint8"
        )

    valid = batches(valid_df)

    def baseline():
        epochs = 5 if small else 3
        return names["baseline_from_scratch"](batches(train_df, True), valid, num_classes, epochs)[
            0
        ]

    def head():
        base = accuracy.best_base(df.attrs["dataset"])
        with tempfile.TemporaryDirectory() as folder:
            return names["train_head"](base, batches(train_df), valid, num_classes, Path(folder))[0]

    def own():
        base = accuracy.best_base(df.attrs["dataset"])
        return names["your_classifier"](base, batches(train_df, True), valid, num_classes)

    found = {}
    for train in (baseline, head, own):
        start = time.perf_counter()
        model = train()
        seconds = time.perf_counter() - start
        accuracy.unseen.cache_clear()  # other images for every contestant, where they are drawn
        x, y, _ = accuracy.unseen(df.attrs["dataset"])
        right = model.predict(x, batch_size=250, verbose=0).argmax(1) == y
        found[train.__name__] = right.mean(), seconds
        print(f"seed {seed}, {train.__name__}: {right.mean():.3f} in {seconds:.0f} s", flush=True)
    return found


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args(argv)
    names = answers()
    results = [measure(seed, names) for seed in range(args.seeds)]
    print(f"\n{timing.machine()}, {args.seeds} seeds: mean (lowest to highest)")
    print("| contestant | test accuracy | seconds |\n| --- | --- | --- |")
    for name in results[0]:
        values = np.array([result[name] for result in results])
        (a, s), (low, least), (high, most) = values.mean(0), values.min(0), values.max(0)
        print(
            f"| {name} | {a:.1%} ({low:.1%} to {high:.1%}) | {s:.0f} ({least:.0f} to {most:.0f}) |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
