"""Tiny bases with the layer names of VGG16, and what the checks ask of them."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from helpers.checks import expect

MEAN_BGR = np.array([103.939, 116.779, 123.68])  # of ImageNet, as VGG16 was trained
BLOCKS = [f"block{i}" for i in range(1, 6)]


class Seen:
    """How many images came, the sum of their mean colours, and a print of each."""

    def __init__(self):
        self.images, self.colours, self.prints = 0, np.zeros(3), []
        self.pixel_weights = None

    def sees(self, x):
        self.images += len(x)
        self.colours += np.mean(x, (1, 2), np.float64).sum(0)
        self.prints.extend(self.prints_of(x))

    def prints_of(self, x):
        """The sum over all pixels, each with a weight of its own: no two images share it."""
        x = np.asarray(x, np.float64)
        if self.pixel_weights is None:
            self.pixel_weights = np.random.default_rng().normal(0, 1, x.shape[1:])
        return (x * self.pixel_weights).sum((1, 2, 3)) / self.pixel_weights.size**0.5


class Watch(layers.Layer):
    """Hands its input on, and tells `seen`, a `Seen`, about it."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seen = Seen()

    def call(self, x):
        # Not a variable, which whoever has the base could set. TensorFlow keeps the function for
        # ever, so it must not hold the layer, and with it the model.
        seen = self.seen
        tf.py_function(lambda x: seen.sees(x.numpy()), [ops.cast(x, "float32")], [])
        return x


def tiny_base(height=64, width=96, filters=8, batch_norm=False, convolutions=(1, 1, 1, 1, 1)):
    """A base of five blocks with random weights: `(n, h, w, 3)` to `(n, h/32, w/32, filters)`."""
    x = inputs = keras.Input((height, width, 3))
    x = Watch(name="watch")(x)
    # Features of about 1: larger ones would saturate every softmax and hide what it does.
    x = layers.Rescaling(1 / 64, name="scale")(x)
    for block, count in zip(BLOCKS, convolutions, strict=True):
        for i in range(1, count + 1):
            # A leak and He's start keep every feature alive whatever the random weights.
            x = layers.Conv2D(
                filters,
                3,
                padding="same",
                activation="leaky_relu",
                kernel_initializer="he_uniform",
                name=f"{block}_conv{i}",
            )(x)
            if batch_norm and block == "block3":
                x = layers.BatchNormalization(name=f"{block}_norm{i}")(x)
        x = layers.MaxPooling2D(2, name=f"{block}_pool")(x)
    return keras.Model(inputs, x, name="tiny_base")


def tiny_vgg16(*args, **kwargs):
    """A `tiny_base` with all layers of VGG16: answers may name each of them."""
    return tiny_base(*args, convolutions=(2, 2, 3, 3, 3), **kwargs)


def tiny_classifier(base, num_classes=3):
    """A compiled classifier on a frozen base."""
    base.trainable = False
    inputs = keras.Input(base.input_shape[1:])
    x = layers.GlobalAveragePooling2D()(base(layers.Rescaling(1, -127.5)(inputs)))
    model = keras.Model(inputs, layers.Dense(num_classes, activation="softmax", name="head")(x))
    model.compile(keras.optimizers.Adam(3e-3), "categorical_crossentropy", metrics=["accuracy"])
    return model


def random_batch(base, num_classes=3, size=4):
    """Random images, RGB from 0 to 255, and one-hot labels."""
    rng = np.random.default_rng()
    x = rng.integers(0, 256, (size, *base.input_shape[1:])).astype("float32")
    return x, np.eye(num_classes, dtype="float32")[rng.integers(0, num_classes, size)]


def blocks_trained(model, base):
    """The blocks of the base of which the model trains weights, and those it trains in part."""
    trained = {id(weight) for weight in model.trainable_weights}
    whole, part = [], []
    for block in BLOCKS:
        weights = [
            id(weight)
            for layer in base.layers
            if layer.name.startswith(block)
            for weight in layer.weights
            if "moving" not in weight.path
        ]
        found = sum(weight in trained for weight in weights)
        if found:
            (whole if found == len(weights) else part).append(block)
    return whole, part


def expect_blocks(trained, expected, context):
    """Of what `blocks_trained` gives: the blocks expected must train whole, the others not."""
    whole, part = trained
    partly = f", and parts of {', '.join(part)}" if part else ""
    hint = "Look at `trainable` of each layer"
    if not whole + part:
        hint += ", and of the base itself: while that is False, it hides all layers inside"
    expect(
        (whole, part) == (expected, []),
        f"{context} the blocks that train must be: {', '.join(expected) or 'none'}. Received: "
        f"{', '.join(whole) or 'none'}{partly}. {hint}.",
    )


def copies(weights):
    """The values of Keras variables now, in arrays of their own."""
    return [np.array(weight.numpy()) for weight in weights]


def values(layers_):
    return [np.array(w) for layer in layers_ for w in layer.get_weights()]


def forget(base):
    """From here on `watched` begins anew: what was tried out before does not count."""
    base.get_layer("watch").seen.__init__()


def watched(base):
    """`(images, colour)`: how many images the base has seen, and their mean colour."""
    seen = base.get_layer("watch").seen
    return seen.images, seen.colours / max(seen.images, 1)
