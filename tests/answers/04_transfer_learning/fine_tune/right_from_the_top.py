"""Walks down from the top until the block ends."""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    below = False
    for layer in reversed(base.layers):
        inside = layer.name.startswith(block)
        below = below or (not inside and layer.name < block)
        layer.trainable = not below
    rate = float(learning_rate)
    model.compile(keras.optimizers.Adam(rate), loss=model.loss, metrics=["accuracy"])
