"""A model that can be trained by hand, batches that are counted, and the training in NumPy.

One softmax layer trained by gradient descent is simple enough to be done by hand, so an answer is
compared with an oracle that has never seen Keras.
"""

import copy

import keras
import numpy as np

from helpers.checks import CheckFailed, expect
from helpers.checks.fit_and_predict.watched import WatchedModel, watched

LEARNING_RATE = 0.3
NUM_FEATURES, NUM_CLASSES = 5, 3


class SoftmaxModel(WatchedModel):
    """A Keras model that does not take the whole loop off one's hands."""

    def fit(self, x=None, *args, **kwargs):
        refuse_loop(x, "fit")
        return super().fit(x, *args, **kwargs)

    def predict(self, x, *args, **kwargs):
        refuse_loop(x, "predict")
        return super().predict(x, *args, **kwargs)

    def evaluate(self, x=None, *args, **kwargs):
        if hasattr(x, "__next__"):
            self.seen.fetches_ahead()
        return super().evaluate(x, *args, **kwargs)


def refuse_loop(x, name):
    expect(
        not hasattr(x, "__next__"),
        f"A generator was handed to model.{name}, which runs the loop for you. Here you write "
        "that loop: `next(generator)` for a batch, and what Keras does with a single batch.",
    )


def new_model(metrics=("accuracy",)):
    """A compiled softmax model on `NUM_FEATURES` numbers, with random weights."""
    layer = keras.layers.Dense(NUM_CLASSES, activation="softmax")
    model = SoftmaxModel([keras.Input((NUM_FEATURES,)), layer])
    return watched(model, LEARNING_RATE, metrics, spread=0.3)


def random_batches(*sizes):
    """A list of batches `(x, y)` of these sizes, y one-hot."""
    rng = np.random.default_rng()
    batches = []
    for size in sizes:
        x = rng.normal(0, 2, (size, NUM_FEATURES)).astype("float32")
        y = np.eye(NUM_CLASSES, dtype="float32")[rng.integers(0, NUM_CLASSES, size)]
        batches.append((x, y))
    return batches


class Counted:
    """Hands out batches for ever, pass after pass, and counts them.

    Args:
        batches: list of what it hands out.
        needed: int, how many an honest answer takes.

    Attributes:
        generator: the endless generator.
        taken: int, batches handed out so far.
    """

    def __init__(self, batches, needed):
        self.batches, self.needed, self.taken = batches, needed, 0
        self.generator = self.hand_out()

    def hand_out(self):
        while True:
            for batch in self.batches:
                if self.taken == self.needed + 20:
                    raise CheckFailed(
                        f"{self.taken} batches were taken where {self.needed} are needed: your "
                        "loop goes on for ever, because this generator never ends. Take as many "
                        "batches as there are steps, one `next(generator)` each."
                    )
                self.taken += 1
                # Copies: what an answer is compared with is not for the answer to change.
                yield copy.deepcopy(batch)


# --- the oracle -----------------------------------------------------------------------------------


def probabilities(weights, x):
    kernel, bias = (np.asarray(w, np.float64) for w in weights)
    scores = x @ kernel + bias
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def judge_batch(weights, x, y):
    """Loss and correctness of each sample, float64 `(b,)` each."""
    p = probabilities(weights, x)
    return -np.log((p * y).sum(1)), (p.argmax(1) == y.argmax(1)).astype(float)


def train_by_hand(weights, batches):
    """One step of gradient descent for each batch.

    Returns:
        `(weights, logs)`: the new weights, and for each batch the losses and the correctness of its
        samples before the step, as Keras reports them.
    """
    kernel, bias = (np.array(w, np.float64) for w in weights)
    logs = []
    for x, y in batches:
        logs.append(judge_batch((kernel, bias), x, y))
        error = (probabilities((kernel, bias), x) - y) / len(x)
        kernel, bias = kernel - LEARNING_RATE * x.T @ error, bias - LEARNING_RATE * error.sum(0)
    return (kernel, bias), logs


def means(logs):
    """`(loss, accuracy)`: the means over samples, not over batches."""
    losses, correct = zip(*logs, strict=True)
    return float(np.concatenate(losses).mean()), float(np.concatenate(correct).mean())
