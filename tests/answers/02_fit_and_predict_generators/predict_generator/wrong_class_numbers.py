"""Returns class numbers in place of probabilities.

points: 1
hint: must give predictions of shape
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions.append(model.predict_on_batch(x).argmax(1))
    return np.concatenate(predictions)
