"""Joins the images of all steps and predicts on them at once."""


def predict_generator(model, generator, steps):
    batches = (next(generator) for _ in range(steps))
    images = [batch[0] if isinstance(batch, (tuple, list)) else batch for batch in batches]
    return model.predict(np.concatenate(images), batch_size=32, verbose=0)
