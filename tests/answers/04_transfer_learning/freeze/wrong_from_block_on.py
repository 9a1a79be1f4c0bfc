"""Leaves the blocks above trainable, too.

points: 5
hint: the blocks that train must be: block1. Received: block1, block2
"""


def freeze(model, last_trainable_block=None):
    model.trainable, above = True, False
    for layer in model.layers:
        above = above or layer.name.startswith(f"{last_trainable_block}_")
        layer.trainable = above
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
