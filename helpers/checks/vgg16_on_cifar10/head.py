"""Checks of `train_head`, on a base that sees colours and counts images."""

import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import keras
import numpy as np
from keras import layers

from helpers.checks import beside, check, expect, once
from helpers.checks.transfer_learning.bases import Watch, values, watched
from helpers.checks.vgg16_on_cifar10.colours import (
    ColourBatches,
    accuracy,
    as_pair,
    blends,
    expect_history,
    probabilities,
    quietly,
)

NAME = "train_head"


def colour_base(height, width, batch_norm):
    """A base that sees colours: `(n, h, w, 3)` to `(n, h / 8, w / 8, 720)`."""
    inputs = keras.Input((height, width, 3))
    x = layers.Rescaling(1 / 32)(Watch(name="watch")(inputs))
    see = layers.Conv2D(720, 1, activation="relu", name="block1_conv1")
    x = see(layers.AveragePooling2D(8)(x))  # in this order, as 720 maps of a whole image are slow
    if batch_norm:
        # Quick to follow what it is shown, so that not to be frozen shows in its weights alone.
        x = layers.BatchNormalization(momentum=0.5, name="block1_norm1")(x)
    base = keras.Model(inputs, x, name="colour_base")
    # Each colour as it is and negated, as half of them would be lost to the ReLU; and all of that
    # so often that the few steps of this trial train a head with any usual optimizer and rate.
    see.set_weights([np.hstack([np.eye(3), -np.eye(3)] * 120)[None, None], np.zeros(720)])
    return base


@once
@quietly
def trial(train_head, num_classes=3, height=16, width=32, batch_norm=False, again=True):
    """Trains once, then `again` with the same folder; the checks of an answer share this run."""
    base = colour_base(height, width, batch_norm)
    train = ColourBatches([40] * 3 + [7], num_classes, height, width)
    valid = ColourBatches([12, 5], num_classes, height, width)
    blocks = [layer for layer in base.layers if layer.name.startswith("block")]
    run = SimpleNamespace(base=base, train=train, valid=valid, before=values(blocks))
    folder = beside(tempfile.mkdtemp)  # where the answer can write
    try:
        run.answer = train_head(base, train, valid, num_classes, Path(folder, "features"))
        run.images = watched(base)[0]
        if again:
            train_head(base, train, valid, num_classes, Path(folder, "features"))
            run.images_again = watched(base)[0] - run.images
    finally:
        beside(shutil.rmtree, folder, True)
    run.after = values(blocks)
    return run


@check()
def train_head_form(train_head):
    """A model from RGB to probabilities comes back, and the history of its head."""
    run = trial(train_head)
    model, history = as_pair(run.answer, NAME)
    probabilities(model, np.concatenate([run.valid.x, blends(run.valid.x)]), 3, NAME)
    expect_history(history, NAME)


@check()
def train_head_one_pass(train_head):
    """Each image goes through the base once, however many epochs the head is trained."""
    run = trial(train_head)
    expect(
        run.images == 144,
        "127 images to train and 17 to validate must go through the base once each, 144 in all. "
        f"Received: {run.images}. Compute the features first, then train on them.",
    )


@check()
def train_head_goes_on(train_head):
    """Called again with the same folder, no image goes through the base again."""
    run = trial(train_head)
    expect(
        run.images_again == 0,
        f"The second call with the same folder sent {run.images_again} images through the base. "
        "Keep the features in the folder: what an interruption or a restart would cost is there.",
    )


@check()
def train_head_learns(train_head):
    """The classifier as a whole is right on images that it has not seen."""
    model, _ = as_pair(trial(train_head).answer, NAME)
    right = accuracy(model, 3, 16, 32, NAME)
    expect(
        right >= 0.8,
        f"On fresh images of three plain colours, RGB from 0 to 255, {right:.0%} were right; "
        "guessing gives 33 %. Is the head that was trained the one in the model, with the same "
        "preparation before the base, and do features and labels belong together?",
    )


@check()
def train_head_keeps_base(train_head):
    """The base stays as it was, also one with BatchNormalization."""
    run = trial(train_head, 5, 32, 16, True, False)
    expect(
        all(map(np.array_equal, run.before, run.after)),
        "The weights of the base changed. Only the head is trained here: freeze the base, and "
        "call it with training=False.",
    )


@check()
def train_head_other_sizes(train_head):
    """Images of another size and another number of classes do as well."""
    run = trial(train_head, 5, 32, 16, True, False)
    model, _ = as_pair(run.answer, NAME)
    probabilities(model, run.valid.x, 5, NAME)
    right = accuracy(model, 5, 32, 16, NAME)
    expect(
        right >= 0.8,
        f"With five colours, {right:.0%} of fresh images were right; guessing gives 20 %.",
    )
