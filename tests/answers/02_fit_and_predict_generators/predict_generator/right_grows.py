"""Lets one array grow."""


def predict_generator(model, generator, steps):
    predictions = None
    while steps > 0:
        batch = next(generator)
        if type(batch) in (tuple, list):
            batch, *_ = batch
        new = np.asarray(model.predict_on_batch(batch))
        predictions = new if predictions is None else np.append(predictions, new, axis=0)
        steps -= 1
    return predictions
