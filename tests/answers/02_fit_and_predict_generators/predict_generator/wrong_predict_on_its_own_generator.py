"""Wraps the generator in one that ends, and leaves the loop to Keras.

points: 0
hint: A generator was handed to model.predict
"""


def predict_generator(model, generator, steps):
    def images():
        for _ in range(steps):
            batch = next(generator)
            yield batch[0] if isinstance(batch, tuple) else batch

    return model.predict(images(), steps=steps, verbose=0)
