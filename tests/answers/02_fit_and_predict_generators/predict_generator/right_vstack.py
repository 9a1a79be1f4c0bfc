"""A comprehension and vstack; arrays are told by their attributes."""


def predict_generator(model, generator, steps):
    batches = (next(generator) for _ in range(steps))
    images = (batch if hasattr(batch, "shape") else batch[0] for batch in batches)
    return np.vstack([np.asarray(model.predict_on_batch(x)) for x in images])
