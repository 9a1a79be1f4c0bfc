"""A tiny real Keras model that keeps what it was shown."""

import itertools

import keras
import numpy as np

from helpers.checks import CheckFailed

MOST_STEPS = 100  # far more than any honest answer needs


class Seen:
    """What a model was shown, told by the model, and the count of it.

    Attributes:
        trained, tested: lists of `(x, y, sample_weight)`, arrays; the weights are 1 where none
            came.
        fitted: list of what was handed to `fit`.
        epochs: list of `(trained, tested)`, how many batches there were at the end of each epoch
            of `fit`.
        fetched_ahead: bool, whether a generator was evaluated: Keras takes more than it must.
        after_step: dict from a number of training steps to a function to call after them.
    """

    def __init__(self):
        self.trained, self.tested, self.fitted, self.epochs, self.after_step = [], [], [], [], {}
        self.fetched_ahead = False

    def fits(self, x):
        self.fitted.append(x)

    def trains(self, x, y, weight):
        if len(self.trained) == MOST_STEPS:
            raise CheckFailed(
                f"The model was trained for {MOST_STEPS:,} steps and there was no end to it. An "
                "endless generator needs steps_per_epoch."
            )
        self.trained.append((x, y, weight))

    def ends_step(self):
        self.after_step.get(len(self.trained), lambda: None)()

    def tests(self, x, y, weight):
        self.tested.append((x, y, weight))

    def fetches_ahead(self):
        self.fetched_ahead = True

    def ends_epoch(self):
        self.epochs.append((len(self.trained), len(self.tested)))


class WatchedModel(keras.Sequential):
    """A Keras model that tells `seen`, a `Seen`, every batch that it trains on or is tested on."""

    def fit(self, x=None, *args, callbacks=None, **kwargs):
        self.seen.fits(x)
        counts = keras.callbacks.LambdaCallback(
            on_epoch_end=lambda epoch, logs: self.seen.ends_epoch()
        )
        return super().fit(x, *args, callbacks=[*(callbacks or []), counts], **kwargs)

    def train_step(self, data):
        self.seen.trains(*as_arrays(data))
        logs = self.learns_from(data)
        self.seen.ends_step()
        return logs

    def learns_from(self, data):
        return super().train_step(data)

    def test_step(self, data):
        self.seen.tests(*as_arrays(data))
        return super().test_step(data)


class ReadyModel(WatchedModel):
    """A model that is trained at a rate of 0: what counts is what it is shown.

    Gradients are left out, and loss and metrics are those of the first batch of an epoch: to learn
    from all of them would take longer than all else.
    """

    logs = None

    def reset_metrics(self):
        super().reset_metrics()
        self.logs = None

    def learns_from(self, data):
        if self.logs is None:
            self.logs = keras.Sequential.test_step(self, data)
        return self.logs


def as_arrays(data):
    x, y, weight = keras.utils.unpack_x_y_sample_weight(data)
    weight = np.ones(len(x), "float32") if weight is None else weight
    return np.array(x), np.array(y), np.array(weight).ravel()


def watched(model, learning_rate, metrics, spread):
    """Gives a model random weights and compiles it, so that it is ready to be watched.

    Args:
        model: WatchedModel with a softmax at its end.
        learning_rate: float, of gradient descent.
        metrics: list of str.
        spread: float, standard deviation of the weights.
    """
    rng = np.random.default_rng()
    weights = model.get_weights()
    model.set_weights([rng.normal(0, spread, w.shape).astype("float32") for w in weights])
    optimizer = keras.optimizers.SGD(learning_rate)
    # Eagerly: a step then sees arrays, and tracing a graph would take longer than all the steps.
    model.compile(optimizer, "categorical_crossentropy", metrics=list(metrics), run_eagerly=True)
    model.seen = Seen()
    return model


def model_for(tiles):
    """A compiled model that tells the images of `tiles`, a `RandomTiles`, well apart."""
    model = ReadyModel(
        [
            keras.Input((tiles.height, tiles.width, 3)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(tiles.num_classes, activation="softmax"),
        ]
    )
    return watched(model, learning_rate=0.0, metrics=["accuracy"], spread=2)


def shown(tiles, batches):
    """Which image of `tiles` each row of the batches shows, in order."""
    return list(itertools.chain.from_iterable(tiles.seen_in(batch[0]) for batch in batches))
