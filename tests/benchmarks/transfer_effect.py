"""Measures what transfer is worth: few labels, with the shipped base and without.

    python -m tests.benchmarks.transfer_effect [--quick]

The ten classes of the stand-in; for every seed other images, other labels and another start:

- shipped base: frozen, a linear head on its features;
- random base: the same network with random weights, frozen, the same head;
- from scratch: the same network with random weights and a linear head, all trained.

Every head sees its features with mean 0 and deviation 1 and gets the same fixed settings: Adam at
0.01, 100 epochs of batches of 32, weight decay 0.01 on the kernel.

From scratch has a fair chance. It starts from He's initial weights, which 13 layers of ReLU need,
and gets Adam with a rate that falls to 0 along a cosine, for 80 epochs at 100 labels and 40 at
1,000, which bring the training accuracy to 1. It is trained with each of three rates (0.001, 0.002,
0.004), and the one counts that does best on 500 more labelled images, which the heads never get.
The heads' settings are not tuned. No contestant sees augmented images.

Exit status 1 where the course's claim does not hold on average: at least 20 points above from
scratch at 100 labels, 5 at 1,000, and more than that above the random base.
"""

import argparse
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from tqdm import tqdm

from data_scripts.shapes import SIZE, TARGET_CLASSES, draw
from helpers.features import extract_features
from helpers.transfer import build_classifier
from helpers.vgg16 import SMALL_WIDTH, vgg16_base

from . import timing

CLAIM = {100: 20, 1000: 5}  # labels: points above from scratch
EPOCHS = {100: 80, 1000: 40}
RATES = (0.001, 0.002, 0.004)
SHIPPED, RANDOM, SCRATCH = "shipped base, frozen", "random base, frozen", "from scratch"


def images(num_images, seed, part):
    """Draws images of the target classes in turn: `(x, y)`, uint8 and int64."""
    y = np.arange(num_images) % len(TARGET_CLASSES)
    # 77 keeps these apart from the images of make_standin and of the pretraining.
    rngs = (np.random.default_rng([77, seed, part, i]) for i in range(num_images))
    x = [draw(TARGET_CLASSES[k], rng) for k, rng in zip(y, rngs, strict=True)]
    return np.array(x).reshape(-1, SIZE, SIZE, 3), y


def head_accuracy(base, train, test):
    """Test accuracy of a linear head on frozen features."""
    (x, y), (test_x, test_y) = (
        extract_features(base, [(a[i : i + 500], b[i : i + 500]) for i in range(0, len(a), 500)])
        for a, b in (train, test)
    )
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    decay = keras.regularizers.L2(0.005)  # its gradient is 0.01 times the kernel
    outputs = keras.layers.Dense(len(TARGET_CLASSES), "softmax", kernel_regularizer=decay)
    head = keras.Sequential([keras.Input(x.shape[1:]), outputs])
    head.compile(
        keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    head.fit((x - mean) / deviation, y, batch_size=32, epochs=100, verbose=0)
    return head.evaluate((test_x - mean) / deviation, test_y, verbose=0)[1]


def scratch_accuracy(train, validation, test, rate, epochs):
    """Validation and test accuracy of the network trained from nothing."""
    base = vgg16_base(None, (SIZE, SIZE, 3), width=SMALL_WIDTH)
    model = build_classifier(base, len(TARGET_CLASSES))
    base.trainable = True
    steps = epochs * -(-len(train[0]) // 32)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps)),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.fit(*train, batch_size=32, epochs=epochs, verbose=0)
    return tuple(model.evaluate(*a, batch_size=500, verbose=0)[1] for a in (validation, test))


def measure(seed, rates):
    """One seed: a dict of contestants to dicts of label counts to test accuracy."""
    keras.utils.set_random_seed(seed)
    validation, test = images(500, seed, part=1), images(1000, seed, part=2)
    pool = images(max(CLAIM), seed, part=0)
    bases = {
        SHIPPED: vgg16_base("tiles"),
        RANDOM: vgg16_base(None, (SIZE, SIZE, 3), width=SMALL_WIDTH),
    }
    accuracy = {name: {} for name in (SHIPPED, RANDOM, SCRATCH)}
    for labels in CLAIM:
        train = pool[0][:labels], pool[1][:labels]
        for name, base in bases.items():
            accuracy[name][labels] = head_accuracy(base, train, test)
        runs = [scratch_accuracy(train, validation, test, r, EPOCHS[labels]) for r in rates]
        accuracy[SCRATCH][labels] = max(runs)[1]
    return accuracy


def table(results):
    """A Markdown table: test accuracy in percent, mean, deviation and range over the seeds."""
    rows = [["contestant", *(f"{labels:,} labels" for labels in CLAIM)]]
    rows.append(["---", *["---:"] * len(CLAIM)])
    for name in (SHIPPED, SCRATCH, RANDOM):
        rows.append([name, *(spread([r[name][n] for r in results]) for n in CLAIM)])
    for name in (SCRATCH, RANDOM):
        gains = ([r[SHIPPED][n] - r[name][n] for r in results] for n in CLAIM)
        rows.append([f"points above {name}", *map(spread, gains)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def spread(values):
    points = 100 * np.array(values)
    return f"{points.mean():.1f} ± {points.std():.1f} ({points.min():.1f} to {points.max():.1f})"


def holds(results):
    """True where the claim holds on average."""
    mean = {
        name: {n: np.mean([r[name][n] for r in results]) * 100 for n in CLAIM}
        for name in (SHIPPED, RANDOM, SCRATCH)
    }
    return all(
        mean[SHIPPED][n] - mean[SCRATCH][n] >= points
        and mean[SHIPPED][n] - mean[RANDOM][n] >= mean[SHIPPED][n] - mean[SCRATCH][n]
        for n, points in CLAIM.items()
    )


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed, one rate")
    args = parser.parse_args(argv)
    seeds, rates = (range(1), RATES[1:2]) if args.quick else (range(5), RATES)
    start, machine = time.perf_counter(), timing.machine()
    results = [measure(seed, rates) for seed in tqdm(seeds, unit="seed")]
    print(f"Test accuracy in percent on 1,000 images, mean ± deviation (range), {len(seeds)} seeds")
    print(f"{machine}; {time.perf_counter() - start:.0f} s\n")
    print(table(results))
    return 0 if holds(results) else 1


if __name__ == "__main__":
    sys.exit(main())
