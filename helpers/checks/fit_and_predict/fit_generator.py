"""Checks of `fit_generator`, on a model that can be trained by hand.

What the history must say is computed from the batches that the model was trained on, so that an
answer which takes the wrong ones loses the check of that only.
"""

from types import SimpleNamespace

import numpy as np

from helpers import training
from helpers.checks import check, expect, once
from helpers.checks.fit_and_predict.softmax import (
    Counted,
    judge_batch,
    means,
    new_model,
    random_batches,
    train_by_hand,
)

TOLERANCE = 1e-4
# What answers are run on, as few trainings as the checks can share: the sizes of the batches, steps
# and epochs; and the sizes of the batches to validate on, all of them after each epoch.
EPOCH = (9, 9, 1), 3, 1
EPOCHS = (6, 6, 6, 6), 3, 2
VALIDATED = (5, 5, 5), 3, 2, (6, 2)
trains = check(training.fit_generator, training.run_batches)


@once
def train(fit_generator, sizes, steps, epochs, valid_sizes=()):
    """Runs an answer on batches of these sizes; checks that ask for the same look at one run.

    Returns:
        Namespace with `received`, what the answer returned; `batches` and `valid`, lists of
        `(x, y)`; `taken` and `valid_taken`, how many of both it took; `trained`, those that the
        model was trained on; `before` and `after`, the weights; `fetched_ahead`, as that of
        `Seen`.
    """
    batches, valid, model = random_batches(*sizes), random_batches(*valid_sizes), new_model()
    counted, before, arguments = Counted(batches, steps * epochs), model.get_weights(), {}
    counted_valid = Counted(valid, len(valid) * epochs)
    if valid:
        arguments = {"validation_data": counted_valid.generator, "validation_steps": len(valid)}
    received = fit_generator(model, counted.generator, steps, epochs=epochs, **arguments)
    return SimpleNamespace(
        received=received,
        batches=batches,
        valid=valid,
        taken=counted.taken,
        valid_taken=counted_valid.taken,
        trained=[(x, y) for x, y, _ in model.seen.trained],
        fetched_ahead=model.seen.fetched_ahead,
        before=before,
        after=model.get_weights(),
    )


def expect_weights(run, batches, hint):
    weights, _ = train_by_hand(run.before, batches)
    pairs = zip(run.after, weights, strict=True)
    furthest = max(np.abs(received - expected).max() for received, expected in pairs)
    expect(
        furthest < 1e-3,
        f"The weights differ by {furthest:.3g} from those after one step of gradient descent for "
        f"each of the {len(batches)} batches. {hint}",
    )


def by_hand(run, steps):
    """The history of what the model was trained on, `steps` batches an epoch, computed in NumPy."""
    history, weights = {}, run.before
    for start in range(0, len(run.trained), steps):
        weights, logs = train_by_hand(weights, run.trained[start : start + steps])
        results = dict(zip(("loss", "accuracy"), means(logs), strict=True))
        if run.valid:
            logs = [judge_batch(weights, x, y) for x, y in run.valid]
            results |= dict(zip(("val_loss", "val_accuracy"), means(logs), strict=True))
        for name, value in results.items():
            history.setdefault(name, []).append(value)
    expect(history, "The model was not trained: use model.train_on_batch for each batch.")
    return history


def values_of(received, name):
    """The values of one name, whatever the form of the history, which has a check of its own."""
    received = getattr(received, "history", received)
    if isinstance(received, (list, tuple)) and all(isinstance(logs, dict) for logs in received):
        return [logs[name] for logs in received if name in logs]
    return received.get(name) if isinstance(received, dict) else None


def expect_values(received, expected, names, hint):
    for name in names:
        values = values_of(received, name)
        expect(
            values is not None and np.size(values) == len(expected[name]),
            f'"{name}" must be a list with a value for each of the {len(expected[name])} epochs. '
            f"Received: {values!r}",
        )
        got = np.asarray(values, np.float64).ravel()
        expect(
            np.allclose(got, expected[name], rtol=0, atol=TOLERANCE),
            f'"{name}" must be {rounded(expected[name])}. Received: {rounded(got)}. {hint}',
        )


def rounded(values):
    return [round(float(value), 4) for value in values]


@trains
def fit_generator_trains(fit_generator):
    """Each batch trains the model once, in the order of the generator."""
    run = train(fit_generator, *EPOCH)
    expect_weights(run, run.batches, "Is each batch taken by `next` once, and trained on once?")


@trains
def fit_generator_takes_steps(fit_generator):
    """It takes exactly steps_per_epoch * epochs batches, and no more to validate than it must."""
    one_more = " A loop over the generator asks for one batch more before it notices its end."
    for sizes, steps, epochs in (EPOCHS, ((6, 6), 1, 3)):
        taken = train(fit_generator, sizes, steps, epochs).taken
        expect(
            taken == steps * epochs,
            f"With steps_per_epoch={steps} and epochs={epochs} exactly {steps * epochs} batches "
            f"are taken. Received: {taken} were taken.{one_more if taken > steps * epochs else ''}",
        )
    # As many steps as to train: an answer that takes these instead has a check of its own.
    run = train(fit_generator, (5, 5), 2, 1, (4, 4))
    taken = run.valid_taken
    expect(
        taken <= 2 or run.fetched_ahead,  # whether it validates at all has a check of its own
        "With validation_steps=2 and epochs=1 exactly 2 batches of validation_data are taken. "
        f"Received: {taken} were taken.{one_more}",
    )


@trains
def fit_generator_history(fit_generator):
    """The history is a dict with a list for loss and each metric, a value for each epoch."""
    received = train(fit_generator, *EPOCHS).received
    expect(
        isinstance(received, dict),
        "fit_generator must return a dict like History.history, a list for each name. "
        f"Received: {type(received).__name__}",
    )
    names = sorted(received)
    expect(
        names == ["accuracy", "loss"],
        'The names must be "loss" and "accuracy", as the model was compiled, and no others where '
        f"there is no validation. Received: {names}. Ask train_on_batch for return_dict=True.",
    )
    for name in names:
        values = received[name]
        expect(
            isinstance(values, (list, tuple, np.ndarray)) and np.shape(values) == (2,),
            f'"{name}" must be a list of 2 numbers, one for each of 2 epochs. Received: {values!r}',
        )


@trains
def fit_generator_means(fit_generator):
    """Values are means over the epoch, and each epoch begins anew."""
    run = train(fit_generator, *EPOCHS)
    expect_values(
        run.received,
        by_hand(run, steps=3),
        ("loss", "accuracy"),
        "train_on_batch reports its own batch only, so average over the steps of the epoch.",
    )


@trains
def fit_generator_smaller_batch(fit_generator):
    """A smaller batch counts as many samples as it has."""
    run = train(fit_generator, *EPOCH)
    expect_values(
        run.received,
        by_hand(run, steps=3),
        ("loss", "accuracy"),
        "The batches here have 9, 9 and 1 samples. Weigh each value by the size of its batch, as "
        "fit does; otherwise the last sample counts nine times.",
    )


@trains
def fit_generator_validates(fit_generator):
    """Validation adds val_ values: means over the validation batches after each epoch."""
    run = train(fit_generator, *VALIDATED)
    expect_values(
        run.received,
        by_hand(run, steps=3),
        ("val_loss", "val_accuracy"),
        "After the last step of each epoch take validation_steps batches, and average test_on_batch"
        " over their samples: of the batches here, one has 6 and the other 2.",
    )


@trains
def fit_generator_validation_is_not_trained_on(fit_generator):
    """Validation does not change the weights."""
    run = train(fit_generator, *VALIDATED)
    expect(run.trained, "The model was not trained: use model.train_on_batch for each batch.")
    known = [any(np.array_equal(x, other) for other, _ in run.valid) for x, _ in run.trained]
    expect(
        not any(known),
        f"{sum(known)} of the batches trained on came from validation_data. They are for "
        "test_on_batch: training on them makes the validation worthless.",
    )


@trains
def fit_generator_other_metrics(fit_generator):
    """It works for any compiled metrics, none and two."""
    for metrics in ((), ("accuracy", "mean_absolute_error")):
        model, counted = new_model(metrics), Counted(random_batches(4, 4), 2)
        received = fit_generator(model, counted.generator, 2)
        missing = [name for name in ("loss", *metrics) if values_of(received, name) is None]
        expect(
            not missing,
            f"Compiled with metrics={list(metrics)}, the names must be {['loss', *metrics]}. "
            f"Not there: {missing}. train_on_batch tells the names: return_dict=True.",
        )
