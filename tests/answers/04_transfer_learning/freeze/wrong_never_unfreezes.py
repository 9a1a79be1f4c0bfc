"""Only ever freezes: a second call finds all frozen.

points: 5
hint: frozen before
"""


def freeze(model, last_trainable_block=None):
    for layer in model.layers:
        if not layer.name.startswith(f"{last_trainable_block}_"):
            layer.trainable = False
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
