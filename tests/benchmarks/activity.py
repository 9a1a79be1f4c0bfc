"""Measures how far the reference comes in the activity, lesson 5: what its steps are set from.

    python -m tests.benchmarks.activity [--seeds 5 | --cost]

It runs the reference answers of the notebook on the images that there are: CIFAR-10 where it is
prepared (with ImageNet's base where it can be had), otherwise the drawn stand-in. For every seed
another split into training and validation and another start:

- baseline: `baseline_from_scratch`;
- head: `train_head` on the frozen base;
- own: `your_classifier`, the reference for the free choice.

Test accuracy is taken on the test images of CIFAR-10, or on 1,000 things drawn anew.

`--cost` measures time and memory instead, with VGG16 at its full width and random weights, which
cost what those of ImageNet do: the features of all images, a head, and the report, in float32 and
in mixed_bfloat16.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import keras
import nbformat
import numpy as np
from nbgrader.utils import is_solution

from helpers import datasets, generators, precision
from helpers.checks.vgg16_on_cifar10 import accuracy
from helpers.vgg16 import vgg16_base

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

    def batches(df, shuffle=False, size=100 if small else 250):
        return generators.TileBatches(df, size, path, num_classes, shuffle, seed, dtype="uint8")

    valid = batches(valid_df)

    def baseline():
        epochs = 10 if small else 3
        return names["baseline_from_scratch"](batches(train_df, True), valid, num_classes, epochs)[
            0
        ]

    def head():
        base = accuracy.best_base(df.attrs["dataset"])
        with tempfile.TemporaryDirectory() as folder:
            return names["train_head"](base, batches(train_df), valid, num_classes, Path(folder))[0]

    def own():
        base = accuracy.best_base(df.attrs["dataset"])
        train = batches(train_df, True, 100)  # as in the check
        return names["your_classifier"](base, train, valid, num_classes)

    found = {}
    for train in (own, baseline, head):
        start = time.perf_counter()
        model = train()
        seconds = time.perf_counter() - start
        accuracy.unseen.cache_clear()  # other images for every contestant, where they are drawn
        x, y, _ = accuracy.unseen(df.attrs["dataset"])
        right = model.predict(x, batch_size=250, verbose=0).argmax(1) == y
        found[train.__name__] = right.mean(), seconds
        print(f"seed {seed}, {train.__name__}: {right.mean():.3f} in {seconds:.0f} s", flush=True)
    return found


def cost(names):
    """Prints seconds and peak memory of the full-width VGG16: features, head and report."""
    df, path, class_names = datasets.load_cifar10("train")
    test_df, test_path, _ = datasets.load_cifar10("test")
    train_df, valid_df = datasets.split_index(df, 0.1)
    train, valid, test = (
        generators.TileBatches(part, 250, folder, len(class_names), dtype="uint8")
        for part, folder in ((train_df, path), (valid_df, path), (test_df, test_path))
    )
    for policy in precision.POLICIES:
        keras.config.set_dtype_policy(policy)
        base = vgg16_base(None)
        keras.config.set_dtype_policy("float32")
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            model = names["train_head"](base, train, valid, len(class_names), Path(folder))[0]
        trained = time.perf_counter() - start
        table, _ = names["report"]({"head": (model, trained)}, test, class_names)
        seconds = time.perf_counter() - start
        print(
            f"{policy}: {len(df):,} + {len(test_df):,} images, features and head {trained:.0f} s, "
            f"with the report {seconds:.0f} s, peak memory so far {peak_megabytes():,.0f} MB"
        )


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cost", action="store_true", help="time and memory at full width")
    args = parser.parse_args(argv)
    names = answers()
    if args.cost:
        print(timing.machine())
        return cost(names)
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
