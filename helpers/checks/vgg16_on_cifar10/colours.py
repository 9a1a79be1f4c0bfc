"""Images whose class is their colour, which any network learns in seconds, and what is read."""

import functools
import weakref

import keras
import numpy as np

from helpers.checks import expect

# Far apart for every network, as RGB and as BGR.
COLOURS = np.array([[210, 40, 50], [40, 200, 60], [50, 60, 220], [220, 210, 40], [60, 200, 210]])


class ColourBatches(keras.utils.PyDataset):
    """`(x, y)`: x uint8 `(b, height, width, 3)`, RGB; y one-hot float32. Every batch is fresh.

    Args:
        sizes: list of int, the rows of each batch.
        num_classes: int, 2 to 5.
        height, width: int, pixels.

    Attributes:
        x, y: all rows, in order.
        reads: list of int, how often each batch was read.
        most_alive: int, the most batches that were in memory at once.
    """

    def __init__(self, sizes, num_classes=3, height=32, width=48):
        super().__init__()
        rng, n = np.random.default_rng(), sum(sizes)
        labels = rng.permutation(np.arange(n) % num_classes)
        noise = rng.integers(-40, 40, (n, height, width, 3))
        light = rng.integers(-15, 15, (n, 1, 1, 1))
        self.x = np.clip(COLOURS[labels][:, None, None] + noise + light, 0, 255).astype("uint8")
        self.y = np.eye(num_classes, dtype="float32")[labels]
        self.ends = np.cumsum(sizes)
        self.reads, self.alive, self.most_alive = [0] * len(sizes), 0, 0

    def __len__(self):
        return len(self.reads)

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        rows = slice(self.ends[i - 1] if i else 0, self.ends[i])
        x, y = self.x[rows].copy(), self.y[rows].copy()
        self.reads[i] += 1
        self.alive += 1
        self.most_alive = max(self.most_alive, self.alive)
        weakref.finalize(x, self.died)
        return x, y

    def died(self):
        self.alive -= 1


class Counts(keras.callbacks.Callback):
    """Counts the epochs that it was told of, and what was read before anything was trained."""

    def __init__(self, batches):
        super().__init__()
        self.batches, self.epochs, self.read_ahead = batches, 0, None

    def on_epoch_end(self, epoch, logs=None):
        self.epochs += 1

    def on_train_batch_end(self, batch, logs=None):
        if self.read_ahead is None:
            self.read_ahead = sum(self.batches.reads)


def quietly(trial):
    """Hides the progress bars of Keras, which say nothing about images of plain colours."""

    @functools.wraps(trial)
    def run(*args):
        shown = keras.config.is_interactive_logging_enabled()
        keras.config.disable_interactive_logging()
        try:
            return trial(*args)
        finally:
            if shown:
                keras.config.enable_interactive_logging()

    return run


def as_pair(answer, name):
    """`(model, history)` as an answer returned them, or a CheckFailed that says what came."""
    expect(
        isinstance(answer, (tuple, list)) and len(answer) == 2,
        f"{name} must return two things: model, history. Received: {type(answer).__name__}",
    )
    return answer


def logs_of(history):
    """The dict of a `History`, or of an answer that keeps one itself."""
    return getattr(history, "history", history)


def expect_history(history, name, epochs=None):
    logs = logs_of(history)
    expect(
        isinstance(logs, dict) and {"accuracy", "val_accuracy"} <= set(logs),
        f"The history of {name} must have accuracy and val_accuracy, as `fit` reports them for a "
        'model compiled with metrics=["accuracy"] and given validation_data. Received: '
        f"{sorted(logs) if isinstance(logs, dict) else type(history).__name__}",
    )
    count = len(logs["val_accuracy"])
    expect(
        epochs is None or count == epochs,
        f"{name} was asked for {epochs} epochs, so its history must have as many. Received: "
        f"{count} of them.",
    )


def expect_callbacks(counts, epochs):
    expect(
        counts.epochs == epochs,
        f"A callback was handed over; of {epochs} epochs it was told of {counts.epochs}. "
        "`fit` takes callbacks: without them an interrupted training begins again.",
    )


def probabilities(model, x, num_classes, name):
    """What a model says of images, checked to be probabilities."""
    expect(
        callable(model) and hasattr(model, "predict"),
        f"{name} must give a Keras model. Received: {type(model).__name__}",
    )
    shape = getattr(model, "input_shape", None)
    expect(
        not isinstance(shape, tuple) or takes(shape, x.shape),
        f"The model of {name} must take images {x.shape[1:]}. Received: a model that takes {shape}",
    )
    # Called, not predict: that would compile the model first, which takes longer than the answer.
    parts = (keras.ops.convert_to_tensor(x[i : i + 100]) for i in range(0, len(x), 100))
    parts = [model(part, training=False) for part in parts]
    p = np.concatenate([keras.ops.convert_to_numpy(part) for part in parts]).astype("float32")
    expect(
        p.shape == (len(x), num_classes),
        f"The model of {name} must give a row of {num_classes} probabilities for each of {len(x)} "
        f"images. Received the shape {p.shape}.",
    )
    expect(
        np.isfinite(p).all(),
        f"The model of {name} gives nan for some images: its training ran away. Is the learning "
        "rate too high?",
    )
    expect(
        p.min() >= 0 and np.allclose(p.sum(1), 1, atol=0.02),
        f"The model of {name} must give probabilities: each row adds up to 1. Received rows that "
        f"add up to {p.sum(1).min():.3g} to {p.sum(1).max():.3g}. Is there a softmax at its end?",
    )
    return p


def takes(input_shape, shape):
    """Whether a model of this `input_shape`, with None for any size, takes arrays of `shape`."""
    return len(input_shape) == len(shape) and all(
        size in (None, given) for size, given in zip(input_shape[1:], shape[1:], strict=True)
    )


def blends(x):
    """Each image blended with another: no network is sure of these, so how it adds up shows."""
    return x // 2 + x[::-1] // 2


def accuracy(model, num_classes, height, width, name):
    """The part of fresh images that a model gets right."""
    fresh = ColourBatches([60], num_classes, height, width)
    p = probabilities(model, fresh.x, num_classes, name)
    return (p.argmax(1) == fresh.y.argmax(1)).mean()
