"""What `fit_generator` and `predict_generator` of Keras 2 did, on the batch functions of Keras 3.

Both take from the generator exactly the batches that they are told to, in order, and say so where
it ends early: `Model.fit` goes on with a warning.
"""

import numbers

import keras
import numpy as np


def fit_generator(
    model, generator, steps_per_epoch, epochs=1, validation_data=None, validation_steps=None
):
    """Trains a model on the batches of a generator.

    Args:
        model: a compiled `keras.Model`.
        generator: yields `(x, y)` or `(x, y, sample_weight)`, at least `steps_per_epoch * epochs`
            times; exactly as many are taken.
        steps_per_epoch: int, 1 or more, batches per epoch.
        epochs: int.
        validation_data: None; arrays `(x, y)` or `(x, y, sample_weight)`; a `PyDataset` or
            `tf.data.Dataset`; or a generator, of which every epoch takes the next
            `validation_steps` batches (`Model.fit` of Keras 3.15 shows its first two batches again
            in every epoch and drops others).
        validation_steps: int, 1 or more, needed with a generator.

    Returns:
        dict like `History.history`: a list of floats, one per epoch, for `loss` and each metric,
        and with validation data for `val_loss` and each `val_…`. They are those of the epoch as a
        whole, so a small last batch counts by its size.

    Raises:
        ValueError: for a model that is not compiled, steps below 1, a generator that ends early or
            yields something else, a validation generator without `validation_steps`.

    Example:
    ```python
    history = fit_generator(model, batch_generator(df, 32, path, 10), steps_per_epoch(len(df), 32))
    ```
    """
    if not model.compiled:
        raise ValueError("`model` must be compiled: call `model.compile(...)` before training.")
    check_steps("steps_per_epoch", steps_per_epoch)
    by_steps = hasattr(validation_data, "__next__")
    if by_steps or validation_steps is not None:
        check_steps("validation_steps", validation_steps)
    batches, history = iter(generator), {}
    for epoch in range(epochs):
        place = f"epoch {epoch + 1} of {epochs}"
        taken = take(batches, steps_per_epoch, "generator", place)
        logs = run_batches(model, model.train_on_batch, taken)
        if by_steps:
            taken = take(validation_data, validation_steps, "validation_data", place)
            val_logs = run_batches(model, model.test_on_batch, taken)
        elif isinstance(validation_data, (tuple, list)):
            x, y, *weight = validation_data
            weight = weight[0] if weight else None
            val_logs = model.evaluate(x, y, sample_weight=weight, return_dict=True, verbose=0)
        elif validation_data is not None:
            val_logs = model.evaluate(
                validation_data, steps=validation_steps, return_dict=True, verbose=0
            )
        else:
            val_logs = {}
        logs.update({f"val_{name}": value for name, value in val_logs.items()})
        for name in sorted(logs):
            history.setdefault(name, []).append(float(logs[name]))
    if epochs > 0:  # puts in place the averaged weights of an optimizer with `use_ema`, as fit does
        model.optimizer.finalize_variable_values(model.trainable_weights)
    return history


def run_batches(model, step, batches):
    """Runs `model.train_on_batch` or `model.test_on_batch` on batches.

    The loss and the metrics of the whole are not the mean of those of the batches: a small batch
    counts less, and a metric such as precision is a ratio of two sums. But what a Keras metric
    keeps are such sums, and a batch function begins by setting them to zero. So they are added up
    here, and each metric is asked for its result once, at the end.

    Returns:
        dict from the name of the loss and each metric to its value over all batches.
    """
    totals, rows, weighted = None, 0, {}
    for batch in batches:
        logs = step(*batch, return_dict=True)
        state = [variable.numpy() for variable in model.metrics_variables]
        totals = state if totals is None else [a + b for a, b in zip(totals, state, strict=True)]
        size = len(keras.tree.flatten(batch[0])[0])
        weighted = {name: weighted.get(name, 0) + size * logs[name] for name in logs}
        rows += size
    for variable, total in zip(model.metrics_variables, totals, strict=True):
        variable.assign(total)
    result = model.get_metrics_result()
    if result.keys() != logs.keys():  # a train_step of one's own may return other things:
        return logs  # then fit, too, reports the last batch
    for metric in model.metrics:
        # The loss of one output among several. Keras 3.15 counts a batch there by its rows or as
        # one, by how the step was compiled; so this is the mean over the rows.
        if type(metric) is keras.metrics.Mean and metric.name.endswith("_loss"):
            result[metric.name] = weighted[metric.name] / rows
    return result


def predict_generator(model, generator, steps):
    """Predicts the batches of a generator.

    Args:
        model: a `keras.Model`.
        generator: yields `x`, or a tuple `(x,)`, `(x, y)` or `(x, y, sample_weight)` of which only
            x is used, at least `steps` times; exactly as many are taken.
        steps: int, 1 or more, number of batches.

    Returns:
        Array of the predictions, one row per row of x, in the order of the batches. For a model
        with several outputs a list or dict of such arrays, as `Model.predict` returns it.

    Raises:
        ValueError: for `steps` below 1 or a generator that ends early.

    Example:
    ```python
    y_pred = predict_generator(model, batch_generator(df, 32, path, 10), steps_per_epoch(n, 32))
    ```
    """
    check_steps("steps", steps)
    outputs = []
    for batch in take(iter(generator), steps, "generator", "the prediction", tuples=False):
        x = batch[0] if isinstance(batch, tuple) else batch
        outputs.append(model.predict_on_batch(x))
    return keras.tree.map_structure(lambda *parts: np.concatenate(parts), *outputs)


def take(batches, steps, name, place, tuples=True):
    """Yields exactly `steps` batches and takes none beyond them.

    Raises:
        ValueError: where `batches`, the argument called `name`, ends before that, or where it has
            to yield tuples and yields something else.
    """
    for step in range(steps):
        try:
            batch = next(batches)
        except StopIteration:
            # Left to itself, the end of the generator would end this loop and nobody would notice.
            raise ValueError(
                f"`{name}` must yield {steps} batches in {place}. "
                f"Received: no batch {step + 1}, it ended after {step} of them"
            ) from None
        if tuples and not (isinstance(batch, tuple) and 1 <= len(batch) <= 3):
            raise ValueError(
                f"`{name}` must yield tuples (x, y) or (x, y, sample_weight). "
                f"Received: {type(batch).__name__} as batch {step + 1} in {place}"
            )
        yield batch


def check_steps(name, value):
    """Raises a ValueError unless `value` is a whole number, 1 or more."""
    if not isinstance(value, numbers.Integral) or value < 1:
        raise ValueError(f"`{name}` must be a whole number, 1 or more. Received: {name}={value}")
