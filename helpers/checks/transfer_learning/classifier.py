"""Checks of `build_classifier`, on a tiny base that keeps what it is given."""

from types import SimpleNamespace

import keras
import numpy as np

from helpers import transfer
from helpers.checks import check, expect, once
from helpers.checks.transfer_learning.bases import (
    MEAN_BGR,
    blocks_trained,
    copies,
    forget,
    random_batch,
    tiny_vgg16,
    values,
    watched,
)


def predict(model, x):
    expect(
        isinstance(model, keras.Model),
        f"build_classifier must return a Keras model. Received: {type(model).__name__}",
    )
    return np.asarray(model(x, training=False), np.float64)


def expect_probabilities(probabilities, shape):
    expect(
        probabilities.shape == shape,
        f"{shape[0]} images and {shape[1]} classes must give the shape {shape}. Received: "
        f"{probabilities.shape}. Is the map that leaves the base pooled to one vector per image?",
    )
    sums = probabilities.sum(-1)
    expect(
        probabilities.min() >= 0 and np.allclose(sums, 1, atol=1e-3),
        f"Each row must be probabilities that sum to 1. Received the sums {sums.round(3)}. Look "
        "at the activation of the last layer.",
    )


@once
def built(build_classifier):
    """Builds a classifier once, whichever check asks; `before`: the base's weights before that."""
    base = tiny_vgg16(batch_norm=True)
    run = SimpleNamespace(base=base, before=values(base.layers))
    # Of three outputs that are no probabilities, one alone is 1 by chance; of twelve, hardly.
    run.model = build_classifier(base, 12)
    run.trained = blocks_trained(run.model, base)
    return run


@check(transfer.build_classifier)
def build_classifier_form(build_classifier):
    """Images go in, a row of probabilities for each comes out."""
    run = built(build_classifier)
    expect_probabilities(predict(run.model, random_batch(run.base)[0]), (4, 12))


@check(transfer.build_classifier)
def build_classifier_preprocesses(build_classifier):
    """The base is given what VGG16 was trained on: BGR, less the means of ImageNet."""
    base = tiny_vgg16(32, 32)
    model = build_classifier(base, 3)
    for colour in np.random.default_rng().integers(0, 256, (3, 3)):
        forget(base)
        x = np.broadcast_to(colour, (2, *base.input_shape[1:])).astype("float32")
        predict(model, x)
        got, wanted = watched(base)[1], colour[::-1] - MEAN_BGR
        expect(
            np.allclose(got, wanted, atol=0.1),
            f"An image of one colour, RGB {colour.tolist()}, must come to the base as "
            f"{wanted.round(1).tolist()}. Received: {got.round(1).tolist()}. Look at "
            "keras.applications.vgg16.preprocess_input: it wants RGB from 0 to 255, once.",
        )


@check(transfer.build_classifier)
def build_classifier_freezes(build_classifier):
    """No weight of the base is trained."""
    whole, part = built(build_classifier).trained
    expect(
        not whole + part,
        f"The base must be frozen. Still trained: {', '.join(whole + part)}. Freeze it, all of it.",
    )


@check(transfer.build_classifier)
def build_classifier_other_sizes(build_classifier):
    """Other sizes, other numbers of classes, and uint8 images are fine."""
    for (height, width), num_classes in (((32, 32), 2), ((96, 64), 10)):
        base = tiny_vgg16(height, width, filters=5)
        x = random_batch(base)[0].astype("uint8")
        expect_probabilities(predict(build_classifier(base, num_classes), x), (4, num_classes))


@check(transfer.build_classifier)
def build_classifier_head_learns(build_classifier):
    """Training moves the head."""
    base = tiny_vgg16()
    model = build_classifier(base, 3)
    x = random_batch(base)[0]
    shape = predict(model, x).shape
    expect(
        model.trainable_weights,
        "Nothing of the model trains. The base is frozen, the new head is not: freeze the base, "
        "not the model.",
    )
    before = copies(model.trainable_weights)
    # Squares move outputs of any shape and activation: those are judged elsewhere.
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error", run_eagerly=True)
    model.train_on_batch(x, np.random.default_rng().random(shape, np.float32))
    after = copies(model.trainable_weights)
    expect(
        not all(map(np.array_equal, before, after)),
        "A batch of training left the head as it was. Are its outputs joined to the base?",
    )


@check(transfer.build_classifier)
def build_classifier_keeps_weights(build_classifier):
    """The base keeps its weights when the classifier is built."""
    run = built(build_classifier)
    forget(run.base)
    predict(run.model, random_batch(run.base)[0])
    expect(
        watched(run.base)[0] > 0,
        "The images did not go through the base that was handed in. Call it, do not copy it.",
    )
    expect(
        all(map(np.array_equal, run.before, values(run.base.layers))),
        "The weights of the base changed. They are what was learned before: leave them.",
    )
