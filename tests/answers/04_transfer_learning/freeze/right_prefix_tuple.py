"""Switches the model on, then each layer by its name."""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = bool(last_trainable_block) and layer.name.startswith(last_trainable_block)
    return sum(int(np.prod(w.shape)) for w in model.trainable_weights)
