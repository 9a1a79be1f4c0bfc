"""Hands the whole loop to Keras.

points: 0
hint: Here you write that loop
"""


def predict_generator(model, generator, steps):
    return model.predict(generator, steps=steps, verbose=0)
