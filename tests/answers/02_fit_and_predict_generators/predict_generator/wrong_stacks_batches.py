"""Makes an array of the list of batches.

points: 3
hint: np.concatenate joins batches along the rows
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions.append(model.predict_on_batch(x))
    return np.array(predictions)
