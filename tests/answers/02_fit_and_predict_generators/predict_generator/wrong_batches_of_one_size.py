"""Makes room for full batches only, and leaves the rest of it as it is.

points: 4
hint: doubled or belong to no row
"""


def predict_generator(model, generator, steps):
    predictions = None
    for step in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        if predictions is None:
            size = len(x)
            predictions = np.zeros((steps * size, model.output_shape[-1]))
        predictions[step * size : step * size + len(x)] = model.predict_on_batch(x)
    return predictions
