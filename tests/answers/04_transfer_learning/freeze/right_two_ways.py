"""Returns early where everything is frozen."""


def freeze(model, last_trainable_block=None):
    if last_trainable_block is None:
        model.trainable = False
        return 0
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name.split("_")[0] == last_trainable_block
    return int(sum(keras.ops.size(w) for w in model.trainable_weights))
