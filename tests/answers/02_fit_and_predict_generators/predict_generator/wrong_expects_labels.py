"""Takes for granted that labels come with the images.

points: 4
hint: x alone
"""


def predict_generator(model, generator, steps):
    predictions = []
    for _ in range(steps):
        x = next(generator)[0]
        predictions.append(model.predict_on_batch(np.atleast_2d(x)))
    return np.concatenate(predictions)
