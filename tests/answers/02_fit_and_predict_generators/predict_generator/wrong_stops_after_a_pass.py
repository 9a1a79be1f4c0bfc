"""Takes the first batch that comes again for the end.

points: 4
hint: 5 steps on a generator with 2 batches
"""


def predict_generator(model, generator, steps):
    predictions, first = [], None
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        if first is not None and np.array_equal(x, first):
            break
        first = x if first is None else first
        predictions.append(model.predict_on_batch(x))
    return np.concatenate(predictions)
