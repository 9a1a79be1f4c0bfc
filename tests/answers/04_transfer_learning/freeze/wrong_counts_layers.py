"""Counts the layers that are trainable.

points: 5
hint: parameters are left to train
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
    return sum(layer.trainable for layer in model.layers)
