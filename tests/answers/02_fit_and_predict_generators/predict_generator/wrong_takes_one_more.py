"""Leaves a loop over the generator by `break`, when a batch too many has been taken.

points: 4
hint: Who uses the generator next would miss rows
"""


def predict_generator(model, generator, steps):
    predictions = []
    for step, batch in enumerate(generator):
        if step >= steps:
            break
        x = batch[0] if isinstance(batch, tuple) else batch
        predictions.append(model.predict_on_batch(x))
    return np.concatenate(predictions)
