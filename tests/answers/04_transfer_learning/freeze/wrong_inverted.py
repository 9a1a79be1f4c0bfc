"""Freezes the block that was to be kept.

points: 3
hint: must be: block5. Received: block1, block2, block3, block4
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = not layer.name.startswith(f"{last_trainable_block}_")
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
