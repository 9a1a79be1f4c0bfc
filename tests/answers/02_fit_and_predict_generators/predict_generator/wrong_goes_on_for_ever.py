"""Waits for the generator to end.

points: 0
hint: goes on for ever
"""


def predict_generator(model, generator, steps):
    images = [batch[0] if isinstance(batch, tuple) else batch for batch in generator]
    return np.concatenate([model.predict_on_batch(x) for x in images[:steps]])
