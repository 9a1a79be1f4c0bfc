"""Sets the layers only: where the model itself was switched off, it hides them.

points: 5
hint: Set `trainable` of the model and of every layer
"""


def freeze(model, last_trainable_block=None):
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
