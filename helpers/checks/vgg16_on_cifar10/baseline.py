"""Checks of `baseline_from_scratch`: it learns colours from batches that count their reads."""

import functools
from types import SimpleNamespace

import numpy as np

from helpers.checks import check, expect, once
from helpers.checks.vgg16_on_cifar10.colours import (
    ColourBatches,
    Counts,
    accuracy,
    as_pair,
    blends,
    expect_callbacks,
    expect_history,
    logs_of,
    probabilities,
    quietly,
)

NAME = "baseline_from_scratch"


NUM_CLASSES, EPOCHS = 3, 2
FEW, MORE = (4,) * 98 + (3,), (8,) * 256 + (3,)  # the rows of each batch


@once
@quietly
def trial(baseline_from_scratch, sizes):
    """Trains once, on images of a size drawn anew; the checks of one answer look at this run."""
    size = np.random.default_rng().permutation([32, 40, 48])[:2].tolist()
    train = ColourBatches(sizes, NUM_CLASSES, *size)
    valid = ColourBatches([12, 12], NUM_CLASSES, *size)
    counts = Counts(train)
    answer = baseline_from_scratch(train, valid, NUM_CLASSES, EPOCHS, [counts])
    return SimpleNamespace(answer=answer, train=train, valid=valid, size=size, counts=counts)


@check()
def baseline_form(baseline_from_scratch):
    """A model from RGB to probabilities comes back, and its history."""
    run = trial(baseline_from_scratch, FEW)
    model, history = as_pair(run.answer, NAME)
    probabilities(model, np.concatenate([run.valid.x, blends(run.valid.x)]), NUM_CLASSES, NAME)
    expect_history(history, NAME, EPOCHS)


@check()
def baseline_reads(baseline_from_scratch):
    """Each batch is read once an epoch, also the last, smaller one."""
    run = trial(baseline_from_scratch, FEW)
    expect(
        all(run.valid.reads),
        f"The validation batches must be read as well. Received: {run.valid.reads} reads.",
    )
    # Keras and you look at the first batches to learn the size of an image: that is no epoch.
    expect(
        min(run.train.reads) == np.median(run.train.reads) == EPOCHS,
        f"In {EPOCHS} epochs each of the {len(FEW)} training batches must be read {EPOCHS} times. "
        f"Received: {run.train.reads}. Give the dataset itself to `fit`: it knows its length.",
    )


@check()
def baseline_learns(baseline_from_scratch):
    """The model has learned: it tells colours apart on images that it has not seen."""
    # The run that all checks share, then a longer one: Dropout and BatchNormalization may need it.
    for sizes in (FEW, MORE):
        run = trial(baseline_from_scratch, sizes)
        model, history = as_pair(run.answer, NAME)
        right = accuracy(model, NUM_CLASSES, *run.size, NAME)
        if right >= 0.8:
            break
    expect(
        right >= 0.8,
        f"Three classes of plain colours were trained for {EPOCHS} epochs of {len(run.train)} "
        f"batches. On fresh images, RGB from 0 to 255, {right:.0%} were right; guessing gives "
        "33 %. Does the model itself scale its input, is it the one that was trained, and do its "
        "loss and labels fit?",
    )
    expect_scale(model, history, run.valid)


def expect_scale(model, history, valid):
    """Colours may come out right at the wrong scale, too: the loss that `fit` has measured tells.

    Only a model that has the loss of its history on images from 0 to 1, and another on RGB, was
    trained on images that were scaled outside.
    """
    logs = logs_of(history)
    if not isinstance(logs, dict) or not logs.get("val_loss"):
        return  # what is missing there is not of this check
    reported = logs["val_loss"][-1]
    rgb, small = (loss(model, x, valid.y) for x in (valid.x, valid.x / np.float32(255)))
    near = functools.partial(np.isclose, reported, rtol=0.02, atol=1e-7)
    expect(
        near(rgb) or not near(small),
        f"By its history the model has a val_loss of {reported:.3g}. On the same images, RGB from "
        f"0 to 255, it has {rgb:.3g}; on images from 0 to 1, {small:.3g}. Does the model itself "
        "scale its input? It is to be given RGB as files have it: begin with "
        "layers.Rescaling(1 / 255).",
    )


def loss(model, x, y):
    """The mean cross-entropy, as Keras takes it."""
    p = probabilities(model, x, y.shape[1], NAME)
    return -np.log(np.clip((p * y).sum(1), 1e-7, 1)).mean()


@check()
def baseline_streams(baseline_from_scratch):
    """Batches are used one after the other: few are in memory at once."""
    run = trial(baseline_from_scratch, FEW)
    # What is alive can be counted in this process only; what was read, wherever the answer runs.
    most = max(run.train.most_alive, run.counts.read_ahead or 0)
    expect(
        most <= 32,
        f"Of {len(FEW)} batches, {most} were in memory at once. The dataset may be larger than "
        "memory: hand it to `fit` as it is, do not put its batches together first.",
    )


@check()
def baseline_callbacks(baseline_from_scratch):
    """The callbacks take part in training."""
    run = trial(baseline_from_scratch, FEW)
    expect_callbacks(run.counts, EPOCHS)
