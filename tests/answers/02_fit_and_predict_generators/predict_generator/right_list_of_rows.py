"""Collects single rows."""


def predict_generator(model, generator, steps):
    rows = []
    for _, batch in zip(range(steps), generator):
        x = batch[0] if isinstance(batch, (list, tuple)) else batch
        rows.extend(model.predict_on_batch(x))
    return np.array(rows)
