"""Checks of `predict_generator`, on a model that can be computed by hand."""

from collections import Counter

import numpy as np

from helpers import training
from helpers.checks import CheckFailed, check, expect
from helpers.checks.fit_and_predict.softmax import (
    Counted,
    new_model,
    probabilities,
    random_batches,
)

predicts = check(training.predict_generator)


def predict(predict_generator, sizes, steps, with_labels=True):
    """Runs an answer on batches of these sizes, and the oracle on the same.

    Returns:
        `(received, expected, taken)`: two arrays `(rows, classes)` and the number of batches taken.
    """
    model, batches = new_model(), random_batches(*sizes)
    counted = Counted(batches if with_labels else [x for x, _ in batches], steps)
    x = np.concatenate([batches[step % len(batches)][0] for step in range(steps)])
    # Before the answer has the model: after it, the weights may be others.
    expected = probabilities(model.get_weights(), x)
    received = predict_generator(model, counted.generator, steps)
    expect(
        received is not None,
        "predict_generator returned None. Is there a `return`, after the loop?",
    )
    try:
        received = np.asarray(received, np.float64)
    except ValueError:
        raise CheckFailed(
            f"Expected one array {expected.shape}. Received: a {type(received).__name__} of "
            "arrays of different lengths. Join them along the rows: np.concatenate."
        ) from None
    return received, expected, counted.taken


def nearest(expected, prediction):
    """The row of `expected` that a prediction fits, -1 for none."""
    distances = np.abs(expected - prediction).max(1)
    return int(distances.argmin()) if distances.min() < 1e-4 else -1


def expect_all_rows(received, expected, context):
    """Each row is predicted as often as it came; their order and the shape have another check."""
    if received.size % expected.shape[1] == 0:
        received = received.reshape(-1, expected.shape[1])
    same_shape = received.shape[1:] == expected.shape[1:]
    rows = [nearest(expected, prediction) if same_shape else -1 for prediction in received]
    wanted = Counter(nearest(expected, prediction) for prediction in expected)
    lost, more = (wanted - Counter(rows)).total(), (Counter(rows) - wanted).total()
    expect(
        not lost and not more,
        f"{context} Each of the {len(expected)} rows must be predicted once. Received: "
        f"{len(received)} predictions; {lost} rows have none, {more} predictions are doubled or "
        "belong to no row.",
    )


@predicts
def predict_generator_rows(predict_generator):
    """One prediction for each row, in the order of the generator."""
    received, expected, _ = predict(predict_generator, (4, 4, 4), steps=3)
    hint = ""
    if received.ndim == 3:
        hint = " np.concatenate joins batches along the rows; np.stack and np.array do not."
    expect(
        received.shape == expected.shape,
        f"3 batches of 4 rows must give predictions of shape {expected.shape}. "
        f"Received: {received.shape}.{hint}",
    )
    for row, prediction in enumerate(received):
        came = nearest(expected, prediction)
        expect(
            came == row,
            f"Row {row} of the predictions must belong to row {row} of the generator. "
            f"Received: {f'the prediction for row {came}' if came >= 0 else 'something else'}.",
        )


@predicts
def predict_generator_takes_steps(predict_generator):
    """It takes exactly `steps` batches."""
    for steps in (3, 1):
        *_, taken = predict(predict_generator, (4, 4, 4, 4, 4), steps)
        expect(
            taken == steps,
            f"With steps={steps} exactly {steps} batches are taken. Received: {taken} were taken. "
            "Who uses the generator next would miss rows.",
        )


@predicts
def predict_generator_last_batch(predict_generator):
    """A last batch that is smaller loses no row and doubles none."""
    for sizes in ((4, 4, 3), (5, 1), (3,)):
        received, expected, _ = predict(predict_generator, sizes, steps=len(sizes))
        expect_all_rows(received, expected, f"Batches of {', '.join(map(str, sizes))} rows.")


@predicts
def predict_generator_images_only(predict_generator):
    """Batches may be x alone."""
    for size in (4, 2):
        received, expected, _ = predict(predict_generator, (size,) * 3, 3, with_labels=False)
        hint = " A batch of 2 rows is no pair: look at its type." if size == 2 else ""
        expect_all_rows(received, expected, f"3 batches of {size} rows, x alone.{hint}")


@predicts
def predict_generator_further_passes(predict_generator):
    """More steps than a pass has go on with the next pass."""
    received, expected, _ = predict(predict_generator, (4, 4), steps=5)
    expect_all_rows(received, expected, "5 steps on a generator with 2 batches of 4 rows a pass.")
