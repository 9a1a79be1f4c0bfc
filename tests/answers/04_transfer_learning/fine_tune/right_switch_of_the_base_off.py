"""Leaves the base's own switch off, which a model around it does not ask."""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = False
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
