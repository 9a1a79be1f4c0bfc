"""Takes a batch to learn the shape, and does not use it.

points: 2
hint: Received: 4 were taken
"""


def predict_generator(model, generator, steps):
    first = next(generator)
    x = first[0] if isinstance(first, tuple) else first
    num_classes = model.predict_on_batch(x).shape[1]
    predictions = np.zeros((0, num_classes), "float32")
    for _ in range(steps):
        batch = next(generator)
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions = np.concatenate([predictions, model.predict_on_batch(x)])
    return predictions
