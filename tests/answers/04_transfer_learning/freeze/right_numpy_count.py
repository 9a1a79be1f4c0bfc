"""Counts with NumPy, which gives a NumPy integer."""


def freeze(model, last_trainable_block=None):
    model.trainable = last_trainable_block is not None
    for layer in model.layers:
        layer.trainable = str(last_trainable_block) in layer.name
    return np.sum([np.prod(w.shape) for w in model.trainable_weights], dtype=np.int64)
