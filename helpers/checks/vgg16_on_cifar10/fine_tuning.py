"""Checks of `augment_and_fine_tune`: what moves, what the base was shown, what it is asked."""

from types import SimpleNamespace

import numpy as np

from helpers.checks import check, expect, once
from helpers.checks.transfer_learning.bases import BLOCKS, tiny_base, tiny_classifier, values
from helpers.checks.vgg16_on_cifar10.colours import (
    ColourBatches,
    Counts,
    accuracy,
    as_pair,
    expect_callbacks,
    expect_history,
    probabilities,
    quietly,
)

NAME = "augment_and_fine_tune"
EPOCHS = 2


@once
@quietly
def trial(augment_and_fine_tune, block="block4", learning_rate=1e-5, epochs=EPOCHS):
    """Fine-tunes once; the checks of one answer look at the same run."""
    base = tiny_base(32, 64)
    model = tiny_classifier(base)
    train, valid = ColourBatches([8] * 12 + [5], 3, 32, 64), ColourBatches([12, 5], 3, 32, 64)
    run = SimpleNamespace(base=base, train=train, valid=valid, learning_rate=learning_rate)
    run.parts = {name: [x for x in base.layers if x.name.startswith(name)] for name in BLOCKS}
    run.parts["head"] = [model.get_layer("head")]
    before = {name: values(part) for name, part in run.parts.items()}
    run.counts = Counts(train)
    run.answer = augment_and_fine_tune(
        model, base, train, valid, block, learning_rate, epochs, [run.counts]
    )
    run.prints = prints_since(base, 0)
    run.distances = {
        name: np.concatenate(
            [np.abs(a - b).ravel() for a, b in zip(before[name], values(part), strict=True)]
        )
        for name, part in run.parts.items()
    }
    run.moved = {name: d.max() for name, d in run.distances.items()}
    return run


def prints_since(base, start):
    """The prints of the images that the base has seen, in order."""
    return np.array(base.get_layer("watch").seen.prints[start:])


def prints_of(base, x):
    """The prints that images have when nothing changed them; `tiny_classifier` takes 127.5 off."""
    return base.get_layer("watch").seen.prints_of(x.astype("float32") - 127.5)


def is_among(prints, known):
    """Which of `prints` are one of `known`, to within the rounding of sums."""
    known = np.sort(known)
    at = np.clip(np.searchsorted(known, prints), 1, len(known) - 1)
    return np.minimum(np.abs(prints - known[at - 1]), np.abs(prints - known[at])) < 2e-3


def shown_to_train(run):
    """The prints of all images that were shown and are none of those for validation."""
    return run.prints[~is_among(run.prints, prints_of(run.base, run.valid.x))]


@check()
def fine_tune_form(augment_and_fine_tune):
    """A model from RGB to probabilities comes back, and its history; callbacks take part."""
    run = trial(augment_and_fine_tune)
    model, history = as_pair(run.answer, NAME)
    probabilities(model, run.valid.x, 3, NAME)
    expect_history(history, NAME, EPOCHS)
    expect_callbacks(run.counts, EPOCHS)


@check()
def fine_tune_blocks(augment_and_fine_tune):
    """The blocks from the one named on are trained, with the head; those below stay."""
    run = trial(augment_and_fine_tune)
    moved = [name for name in BLOCKS if run.moved[name] > 0]
    expect(
        moved == ["block4", "block5"],
        'Asked for "block4", training must move block4 and block5. Received: '
        f"{', '.join(moved) or 'no block'} moved. What may move is settled by `trainable` first, "
        "by `compile` after it.",
    )
    expect(run.moved["head"] > 0, "The head must be trained as well. Received: it did not move.")


@check()
def fine_tune_gently(augment_and_fine_tune):
    """The weights move by small steps, as the learning rate says."""
    run = trial(augment_and_fine_tune)
    moved = [run.distances[name] for name in BLOCKS if run.moved[name] > 0]
    if not moved:
        return  # what must move is of another check
    # An optimizer such as Adam moves a weight by about one rate a step; plain SGD moves few of them
    # further than that, but most of them less.
    steps, half = EPOCHS * len(run.train), np.median(np.concatenate(moved))
    expect(
        half <= 3 * run.learning_rate * steps,
        f"With a rate of {run.learning_rate:g} and {steps} steps, weights move by about "
        f"{run.learning_rate * steps:.2g}. Received: half of them moved by {half:.2g} or more. Is "
        "the rate that of the optimizer which trains?",
    )


@check()
def fine_tune_augments(augment_and_fine_tune):
    """The base is shown changed copies of the training images, others in every epoch."""
    run = trial(augment_and_fine_tune)
    shown = shown_to_train(run)
    same = is_among(shown, prints_of(run.base, run.train.x)).mean() if len(shown) else 1
    expect(
        same <= 0.75,
        f"Of the {len(shown)} training images that came to the base, {same:.0%} were as they are "
        "in the dataset. Change them at random: mirror, shift, zoom.",
    )
    half = len(shown) // 2
    first, second = np.sort(shown[:half]), np.sort(shown[half : 2 * half])
    expect(
        not np.allclose(first, second, atol=2e-3),
        "The second epoch showed the same changed copies as the first. Draw anew for each batch "
        "and epoch, or there is only another fixed dataset.",
    )


@check()
def fine_tune_validates_plain(augment_and_fine_tune):
    """The images for validation are shown as they are."""
    run = trial(augment_and_fine_tune)
    known = prints_of(run.base, run.valid.x)
    shown = is_among(known, run.prints)
    expect(
        shown.all(),
        f"Of the {len(known)} images for validation, {shown.sum()} came to the base unchanged. "
        "Validation measures what you would see in use: augment the training images only.",
    )


@check()
def fine_tune_answers_plain(augment_and_fine_tune):
    """The model that comes back changes no image that it is asked about."""
    run = trial(augment_and_fine_tune)
    model, _ = as_pair(run.answer, NAME)
    x = ColourBatches([20], 3, 32, 64).x
    start = run.base.get_layer("watch").seen.images
    twice = [probabilities(model, x, 3, NAME) for _ in range(2)]
    expect(
        np.allclose(*twice, atol=1e-4),
        "Asked twice about the same images, the model gave two answers. Something random is on "
        "outside training: leave the augmentation out, or let it see training=False.",
    )
    came = is_among(prints_since(run.base, start), prints_of(run.base, x))
    expect(
        len(came) and came.all(),
        f"Of {len(came)} images that the model was asked about, {came.sum()} came to the base "
        "unchanged. In use, nothing may change them.",
    )


@check()
def fine_tune_learns(augment_and_fine_tune):
    """Training on changed images with a higher rate makes the model right on plain ones."""
    # About one right training in 150 of these few steps ends below 0.7: that one is done again.
    for epochs in (6, 8):
        run = trial(augment_and_fine_tune, "block5", 3e-2, epochs)
        model, _ = as_pair(run.answer, NAME)
        right = accuracy(model, 3, 32, 64, NAME)
        if right >= 0.7:
            break
    expect(
        right >= 0.7,
        f"On fresh images of three plain colours, {right:.0%} were right; guessing gives 33 %. Is "
        "it the trained model that comes back, and does each changed image keep its label?",
    )
    moved = [name for name in BLOCKS if run.moved[name] > 0]
    expect(moved == ["block5"], f'Asked for "block5", only that may move. Received: {moved}')
