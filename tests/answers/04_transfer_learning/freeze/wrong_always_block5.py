"""Always keeps block5, whatever is asked for.

points: 5
hint: must be: block1. Received: block5
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = last_trainable_block is not None and layer.name.startswith("block5")
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
