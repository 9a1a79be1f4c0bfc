"""Checks of `repaired_run`: what the model was shown, and what the history says about it."""

import itertools
from collections import Counter

import numpy as np

from helpers.checks import check, expect, once
from helpers.checks.fit_and_predict.watched import model_for, shown
from helpers.checks.tiles import random_tiles

trains = check()


@once
def run(repaired_run, num_rows, batch_size, epochs):
    """Runs an answer.

    Returns:
        `(history, epochs, x)`: a dict of lists; for each epoch the rows that the model saw, where
        it was not `fit` that trained cut after each `num_rows`; and the first batch of images.
    """
    with random_tiles(num_rows) as tiles:
        model = model_for(tiles)
        # A copy: how many rows are due is not for the answer to change.
        table = tiles.df.copy()
        history = repaired_run(model, table, batch_size, tiles.path, tiles.num_classes, epochs)
        trained = model.seen.trained
        ends = [end for end, _ in model.seen.epochs]
        if len(ends) == epochs and ends[-1] == len(trained):
            rows = [shown(tiles, trained[a:b]) for a, b in itertools.pairwise([0, *ends])]
        else:
            rows = shown(tiles, trained)
            rows = [rows[start : start + num_rows] for start in range(0, len(rows), num_rows)]
        x = trained[0][0] if trained else None
        return getattr(history, "history", history), rows, x


def expect_passes(repaired_run, num_rows, batch_size, epochs):
    """Each epoch trains on each row once, in any order."""
    _, rows, _ = run(repaired_run, num_rows, batch_size, epochs)
    context = f"{num_rows} rows, batch_size {batch_size}, {epochs} epochs."
    count = sum(map(len, rows))
    total = f"The model must be shown {epochs * num_rows} images. Received: {count}."
    for epoch in range(epochs):
        counts = Counter(rows[epoch] if epoch < len(rows) else ())
        missing = sorted(set(range(num_rows)) - set(counts))
        twice = sorted(row for row, count in counts.items() if count > 1)
        expect(
            not missing and not twice,
            f"{context} Epoch {epoch + 1} must train on each row once. Missing: {some(missing)}; "
            f"more than once: {some(twice)}. {total}",
        )
    expect(count == epochs * num_rows, f"{context} {total}")


def some(rows):
    return (
        f"rows {', '.join(map(str, rows[:8]))}{' …' if len(rows) > 8 else ''}" if rows else "none"
    )


@trains
def out_of_data_trains_every_epoch(repaired_run):
    """Every epoch trains on all rows, on images from 0 to 1."""
    expect_passes(repaired_run, 24, 6, 3)
    _, _, x = run(repaired_run, 24, 6, 3)
    expect(
        x.max() <= 1.001,
        f"The model is one for images from 0 to 1. Received: values up to {x.max():g}. The files "
        "hold 0 to 255: divide by 255.",
    )


@trains
def out_of_data_history(repaired_run):
    """The history has a loss for each epoch, and none of them is 0."""
    history, *_ = run(repaired_run, 24, 6, 3)
    expect(
        isinstance(history, dict) and "loss" in history,
        f"repaired_run must return the History of fit. Received: {type(history).__name__}",
    )
    losses = np.asarray(history["loss"], np.float64).ravel()
    received = np.round(losses, 3).tolist()
    expect(
        len(losses) == 3,
        f"3 epochs must leave 3 losses in the history. Received: {received}. One call of fit "
        "with epochs=3 knows where an epoch ends.",
    )
    expect(
        np.isfinite(losses).all() and (losses > 1e-4).all(),
        f"No loss may be 0: such an epoch was shown nothing. Received: {received}",
    )


@trains
def out_of_data_last_batch(repaired_run):
    """The last, smaller batch belongs to every epoch."""
    expect_passes(repaired_run, 23, 5, 2)


@trains
def out_of_data_reads_late(repaired_run):
    """Images are read when their batch is due, so that a few batches are in memory."""
    steps, late = 80 // 2, []
    first_steps = (1, steps + 1)  # of both epochs: batches that are kept show in the second
    with random_tiles(80) as tiles:
        model = model_for(tiles)

        def repaint():
            for picture in tiles.pictures:
                tiles.paint(picture)

        def look():
            late.append(-1 not in tiles.seen_in(model.seen.trained[-1][0]))

        for first in first_steps:
            model.seen.after_step |= {first: repaint, first + steps - 1: look}
        repaired_run(model, tiles.df.copy(), 2, tiles.path, tiles.num_classes, 2)
    expect(late, f"The model must be trained for {steps} steps. Received: fewer.")
    expect(
        all(late),
        f"In epoch {late.index(False) + 1 if False in late else 0}, all files were changed after "
        f"the first of {steps} batches. The last batch must show what is in them then. Received: "
        "what was in them before. Read images when their batch is due, and keep none.",
    )
