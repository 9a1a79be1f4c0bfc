"""Puts each new batch in front of the earlier ones.

points: 4
hint: Row 0 of the predictions must belong to row 0
"""


def predict_generator(model, generator, steps):
    predictions = np.empty((0, model.output_shape[-1]))
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions = np.concatenate([model.predict_on_batch(x), predictions])
    return predictions
