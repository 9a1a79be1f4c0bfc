"""Takes every batch of length 2 for (x, y).

points: 4
hint: A batch of 2 rows is no pair
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        batch = next(generator)
        x = np.atleast_2d(batch[0]) if len(batch) == 2 else batch
        predictions.append(model.predict_on_batch(x))
    return np.concatenate(predictions)
