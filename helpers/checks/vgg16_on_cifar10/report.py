"""Checks of `report`, on models whose answers are known."""

from types import SimpleNamespace

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from keras import layers

from helpers.checks import check, expect, once
from helpers.checks.vgg16_on_cifar10.colours import quietly

CLASSES = ["ant", "bee", "cat", "dog"]
SIZES = [10, 10, 7]  # of the batches: the last is smaller


class Oracle:
    """Knows what a model is to say of each image, and counts the images that it was asked about."""

    def __init__(self, classes):
        self.classes, self.images = np.array(classes), 0

    def says(self, numbers):
        self.images += len(numbers)
        return self.classes[numbers]


class Says(layers.Layer):
    """Gives each image the class that `seen`, an `Oracle`, says; its red is its number."""

    def call(self, x):
        number = tf.cast(x[:, 0, 0, 0], "int32")
        says = tf.py_function(lambda n: self.seen.says(n.numpy()), [number], "int64")
        return 0.1 + 0.6 * tf.one_hot(tf.ensure_shape(says, [None]), len(CLASSES))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], len(CLASSES))


class Numbered(keras.utils.PyDataset):
    """`(x, y)` whose image i is red to the degree i."""

    def __init__(self, labels):
        super().__init__()
        n = len(labels)
        self.x = np.full((n, 4, 6, 3), 7, "uint8")
        self.x[..., 0] = np.arange(n)[:, None, None]
        self.y = np.eye(len(CLASSES), dtype="float32")[labels]
        self.ends = np.cumsum(SIZES)

    def __len__(self):
        return len(SIZES)

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        rows = slice(self.ends[i - 1] if i else 0, self.ends[i])
        return self.x[rows].copy(), self.y[rows].copy()


def model_that_says(classes):
    inputs = keras.Input((4, 6, 3))
    says = Says()
    says.seen = Oracle(classes)
    model = keras.Model(inputs, says(inputs))
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return model


@once
@quietly
def trial(report):
    """Three models of known answers; the best stands in the middle."""
    rng = np.random.default_rng()
    n = sum(SIZES)
    labels = rng.permutation(np.arange(n) % 3)  # no image is a dog
    run = SimpleNamespace(labels=labels, said={}, models={})
    seconds = dict(zip(("poor", "best", "fair"), rng.uniform(1, 90, 3).round(1), strict=True))
    for name, mistakes in (("poor", 15), ("best", 6), ("fair", 9)):
        said = labels.copy()
        # All in the last batches, so that a mean over batches is another number.
        said[n - mistakes :] = (labels[n - mistakes :] + 1) % 4
        run.said[name] = said
        run.models[name] = (model_that_says(said), float(seconds[name]))
    run.answer = report(run.models, Numbered(labels), CLASSES)
    run.images = {name: m.layers[-1].seen.images for name, (m, _) in run.models.items()}
    expect(
        isinstance(run.answer, (tuple, list)) and len(run.answer) == 2,
        f"report must return two things: table, confusion. Received: {type(run.answer).__name__}",
    )
    run.table, run.confusion = run.answer
    expect(
        isinstance(run.table, pd.DataFrame),
        f"table must be a DataFrame. Received: {type(run.table).__name__}",
    )
    return run


def columns(run, *wanted):
    """The columns of the table, as lists; a CheckFailed where one is missing."""
    expect(
        set(wanted) <= set(run.table.columns),
        f"The table must have the columns {', '.join(wanted)}. Received: {list(run.table.columns)}",
    )
    return [run.table[name].tolist() for name in wanted]


@check()
def report_table(report):
    """The table has a row for each model, with its time."""
    run = trial(report)
    wanted = {name: seconds for name, (_, seconds) in run.models.items()}
    models, seconds, _ = columns(run, "model", "seconds", "test_accuracy")
    found = dict(zip(models, seconds, strict=True))
    expect(
        found == wanted and len(models) == len(wanted),
        f"The table must have the models with their seconds: {wanted}. Received: {found}",
    )


@check()
def report_accuracy(report):
    """The accuracy is that over all test images, whatever batch they are in."""
    run = trial(report)
    wanted = {name: float((said == run.labels).mean()) for name, said in run.said.items()}
    models, accuracies = columns(run, "model", "test_accuracy")
    found = dict(zip(models, map(float, accuracies), strict=True))

    def close(other):
        return found.keys() == other.keys() and all(abs(found[n] - other[n]) < 1e-3 for n in other)

    hint = ""
    if close({name: mean_over_batches(said == run.labels) for name, said in run.said.items()}):
        hint = " The mean over batches is another number where the last batch is smaller."
    elif close({name: 100 * accuracy for name, accuracy in wanted.items()}):
        hint = " Give a fraction from 0 to 1, not percent."
    expect(
        close(wanted),
        f"Of 27 test images in batches of {SIZES}, the right part is "
        f"{ {n: round(a, 3) for n, a in wanted.items()} }. Received: "
        f"{ {n: round(a, 3) for n, a in found.items()} }.{hint}",
    )


def mean_over_batches(right):
    return float(np.mean([batch.mean() for batch in np.split(right, np.cumsum(SIZES)[:-1])]))


@check()
def report_order(report):
    """The best model stands first."""
    run = trial(report)
    (order,) = columns(run, "model")
    expect(
        order == ["best", "fair", "poor"],
        f"Sorted by test accuracy, the best first: best, fair, poor. Received: {', '.join(order)}",
    )


@check()
def report_confusion(report):
    """Row i, column j of the confusion matrix: images of class i that were taken for class j."""
    run = trial(report)
    matrices = {name: confusion_of(run.labels, said) for name, said in run.said.items()}
    found, wanted = np.asarray(run.confusion), matrices["best"]
    expect(
        found.shape == wanted.shape,
        f"There are {len(CLASSES)} classes, one without any test image, so the matrix must have "
        f"the shape {wanted.shape}. Received: {found.shape}",
    )
    hints = [(wanted.T, " Rows are the true classes, columns the predicted ones.")]
    hints += [(m, f" That is the matrix of {n!r}.") for n, m in matrices.items() if n != "best"]
    hints += [(sum(matrices.values()), " That is all models together.")]
    total, hint = found.sum(), ""
    if not np.array_equal(found, np.round(found)):
        hint = " Count images."
    elif total != sum(SIZES):
        hint = f" The matrix holds {total:g} of {sum(SIZES)} images."
    hint = next((h for other, h in hints if np.allclose(found, other)), hint)
    expect(
        np.array_equal(found, wanted),
        f"For the best model the matrix must be {wanted.tolist()}. Received: {found.tolist()}."
        f"{hint}",
    )
    expect(found.dtype.kind in "iu", f"It counts images, in integers. Received: {found.dtype}")


@check()
def report_once(report):
    """Each model sees each test image once."""
    run = trial(report)
    expect(
        all(images == sum(SIZES) for images in run.images.values()),
        f"Each model must be asked about each of the {sum(SIZES)} test images once. Received: "
        f"{run.images}. Predict once; accuracy and confusion follow from the same answer.",
    )


def confusion_of(labels, said):
    matrix = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(matrix, (labels, said), 1)
    return matrix
