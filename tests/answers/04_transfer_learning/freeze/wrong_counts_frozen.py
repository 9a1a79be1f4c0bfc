"""Counts the frozen parameters.

points: 5
hint: parameters are left to train
hint: That many are frozen
"""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
    return sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)
