"""Freezes the model, then switches the layers inside: the model hides them.

points: 4
hint: hides all layers inside
"""


def freeze(model, last_trainable_block=None):
    model.trainable = False
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
