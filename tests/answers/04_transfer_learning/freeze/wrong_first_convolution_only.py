"""Keeps one layer of the block, not all.

points: 4
hint: and parts of block
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name == f"{last_trainable_block}_conv1"
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
