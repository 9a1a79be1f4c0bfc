"""Skips a batch that is smaller than the first.

points: 4
hint: rows have none
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        if predictions and len(x) < len(predictions[0]):
            continue
        predictions.append(model.predict_on_batch(x))
    return np.concatenate(predictions)
