"""Counts arrays, not parameters.

points: 5
hint: That counts arrays: each has as many parameters as values
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
    return len(model.trainable_weights)
