"""Returns from inside the loop, so after the first batch.

points: 0
hint: rows have none
hint: exactly 3 batches are taken
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions.append(model.predict_on_batch(x))
        return np.concatenate(predictions)
