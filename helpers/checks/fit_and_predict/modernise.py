"""Checks of `train`, `evaluate` and `predict`: three calls of Keras 2, rewritten."""

from collections import Counter
from types import SimpleNamespace

import keras
import numpy as np

from helpers.batches import read_batch
from helpers.checks import check, expect, once
from helpers.checks.fit_and_predict.watched import model_for, shown
from helpers.checks.tiles import random_tiles

runs = check()
EPOCHS = 2
FULL, RAGGED = 64, 70  # rows: batches of 32 leave no rest, or a rest of 6


@once
def training(train, num_train, num_valid):
    """Runs `train` on two tables; the checks of one answer look at the same runs.

    Returns:
        Namespace with `history`, what the answer returned; `class_weight`, what it was given;
        `seen`, see `WatchedModel`; `trained` and `tested`, for each epoch the list of the rows that
        the model saw.
    """
    with random_tiles(num_train + num_valid) as tiles:
        model = model_for(tiles)
        class_weight = {number: 1.0 + number for number in range(tiles.num_classes)}
        tables = tiles.df.iloc[:num_train], tiles.df.iloc[num_train:]
        history = train(model, *tables, tiles.path, tiles.num_classes, dict(class_weight))
        trained, tested, before = [], [], (0, 0)
        for after in model.seen.epochs:
            trained.append(shown(tiles, model.seen.trained[before[0] : after[0]]))
            tested.append(shown(tiles, model.seen.tested[before[1] : after[1]]))
            before = after
    return SimpleNamespace(
        history=history,
        class_weight=class_weight,
        seen=model.seen,
        trained=trained,
        tested=tested,
    )


def expect_each_once_an_epoch(epochs, expected, which):
    expect(epochs, "The model was not trained by fit.")
    for number, rows in enumerate(epochs, start=1):  # how many there are has a check of its own
        counts = Counter(rows)
        missing = [row for row in expected if row not in counts]
        others = [row for row in counts if row not in expected]
        twice = [row for row, count in counts.items() if count > 1]
        expect(
            not missing and not others and not twice,
            f"In epoch {number} the model must see each of the {len(expected)} rows of {which} "
            f"once. Received: {len(missing)} rows are missing, {len(twice)} came more than once, "
            f"{len(others)} are not in it. How many batches hold all rows, the last one smaller? "
            "A PyDataset knows.",
        )


@runs
def modernise_train(train):
    """train runs two epochs of batches of 32 with validation, and returns the history."""
    run = training(train, FULL, FULL)
    history = getattr(run.history, "history", run.history)
    names = sorted(history) if isinstance(history, dict) else type(history).__name__
    expect(
        names == ["accuracy", "loss", "val_accuracy", "val_loss"],
        "train must return what fit returns, with loss, accuracy, val_loss and val_accuracy. "
        f"Received: {names}",
    )
    lengths = {len(values) for values in history.values()}
    expect(lengths == {EPOCHS}, f"epochs was {EPOCHS}. Received: lists of {lengths} values.")
    for batches, what in ((run.seen.trained, "training"), (run.seen.tested, "validation")):
        sizes = {len(x) for x, _, _ in batches}
        expect(
            sizes == {32},
            f"The old call had a batch size of 32. Received: for {what}, batches of {sizes}.",
        )


@runs
def modernise_train_rows(train):
    """In every epoch train shows each row to the model once."""
    for num_rows in (FULL, RAGGED):
        run = training(train, num_rows, num_rows)
        expect_each_once_an_epoch(run.trained, range(num_rows), "train_df")


@runs
def modernise_train_validation(train):
    """In every epoch each row of valid_df is validated once."""
    for num_rows in (FULL, RAGGED):
        run = training(train, num_rows, num_rows)
        expect_each_once_an_epoch(run.tested, range(num_rows, 2 * num_rows), "valid_df")


@runs
def modernise_train_class_weight(train):
    """The class weights reach the loss."""
    run = training(train, FULL, FULL)
    for _, y, weight in run.seen.trained:
        expected = [run.class_weight[number] for number in y.argmax(1)]
        expect(
            np.allclose(weight, expected),
            f"class_weight is {run.class_weight}, so samples of classes {y.argmax(1)[:3]} weigh "
            f"{expected[:3]}. Received: {weight[:3].tolist()}. fit takes class_weight for a "
            "PyDataset, not for a generator.",
        )


@runs
def modernise_train_workers(train):
    """Batches are made by two workers, with a queue of four."""
    batches = next(iter(training(train, FULL, FULL).seen.fitted), None)
    expect(
        isinstance(batches, keras.utils.PyDataset),
        "fit must be given a PyDataset, whose workers make batches side by side. "
        f"Received: {type(batches).__name__}",
    )
    received = (batches.workers, batches.max_queue_size)
    expect(
        received == (2, 4),
        "The old call had workers=2 and max_queue_size=4. Today both are arguments of the dataset. "
        f"Received: workers={received[0]}, max_queue_size={received[1]}",
    )


def expected_values(model, tiles):
    """What a model gives for all rows, computed in NumPy.

    Only the reading of images is taken from the course: it is not what is judged here.

    Returns:
        `({"loss", "accuracy"}, losses, probabilities)`: over all rows; for each of them `(rows,)`;
        and `(rows, classes)`.
    """
    x, y = read_batch(tiles.df, tiles.path, tiles.num_classes)
    kernel, bias = model.get_weights()
    scores = x.mean((1, 2)).astype(np.float64) @ kernel + bias
    p = np.exp(scores - scores.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    losses = -np.log((p * y).sum(1))
    accuracy = (p.argmax(1) == y.argmax(1)).mean()
    return {"loss": float(losses.mean()), "accuracy": float(accuracy)}, losses, p


@once
def evaluated(evaluate, num_rows):
    """Runs an answer; returns what it gave and what it should."""
    with random_tiles(num_rows) as tiles:
        model = model_for(tiles)
        # Before the answer has the model: after it, the weights may be others.
        expected, losses, _ = expected_values(model, tiles)
        # The worst rows come last: a batch left out is then seen in the loss, never by chance not.
        df = tiles.df.iloc[losses.argsort()]
        received = evaluate(model, df, tiles.path, tiles.num_classes)
    return received, expected


def expect_evaluation(evaluate, num_rows):
    received, expected = evaluated(evaluate, num_rows)
    if isinstance(received, dict):  # the names have a check of their own
        named = set(received) == set(expected)
        received = [received[name] for name in expected] if named else list(received.values())
    received = np.asarray(received, np.float64).ravel()
    wanted = list(expected.values())
    expect(
        len(received) == 2 and np.allclose(received, wanted, rtol=0, atol=5e-3),
        f"Over all {num_rows} rows, loss and accuracy are {np.round(wanted, 4).tolist()}. "
        f"Received: {np.round(received, 4).tolist()}. Is every row evaluated once?",
    )


@runs
def modernise_evaluate(evaluate):
    """evaluate gives loss and accuracy over all rows."""
    expect_evaluation(evaluate, FULL)


@runs
def modernise_evaluate_last_batch(evaluate):
    """evaluate does not leave out a last, smaller batch."""
    expect_evaluation(evaluate, RAGGED)


@runs
def modernise_evaluate_by_name(evaluate):
    """evaluate returns its values by name."""
    received, expected = evaluated(evaluate, FULL)
    names = sorted(received) if isinstance(received, dict) else type(received).__name__
    expect(
        names == sorted(expected),
        f"evaluate must return a dict with {sorted(expected)}. Received: {names}. "
        "model.evaluate has an argument for that.",
    )


def predicted(predict, num_rows):
    """Runs an answer; returns which row each prediction fits best, and the most that it is off."""
    with random_tiles(num_rows) as tiles:
        model = model_for(tiles)
        *_, expected = expected_values(model, tiles)
        received = np.asarray(predict(model, tiles.df, tiles.path, tiles.num_classes))
    expect(
        received.shape[1:] == expected.shape[1:],
        f"Predictions must have the shape {expected.shape}. Received: {received.shape}",
    )
    distances = np.abs(received[:, None] - expected).max(2)
    return distances.argmin(1).tolist(), distances


@runs
def modernise_predict(predict):
    """predict gives its predictions in the order of df."""
    rows, distances = predicted(predict, FULL)
    for row, came in enumerate(rows):
        expect(
            came == row or distances[row, row] < 1e-3,
            f"Row {row} of the predictions must be for row {row} of df. Received: one that fits "
            f"row {came}. Predictions come in the order of the batches, so these must not be "
            "shuffled.",
        )


@runs
def modernise_predict_last_batch(predict):
    """predict does not leave out a last, smaller batch."""
    rows, distances = predicted(predict, RAGGED)
    unseen = np.flatnonzero(distances.min(0) > 1e-3) if len(rows) else range(RAGGED)
    expect(
        len(rows) == RAGGED and not len(unseen),
        f"{RAGGED} rows need {RAGGED} predictions, one each. Received: {len(rows)}; "
        f"{len(unseen)} rows have none.",
    )
