"""Counts by layers, with count_params."""


def freeze(model, last_trainable_block=None):
    model.trainable = True
    count = 0
    for layer in model.layers:
        layer.trainable = layer.name.startswith(f"{last_trainable_block}_")
        count += layer.count_params() if layer.trainable else 0
    return count
