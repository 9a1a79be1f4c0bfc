"""Compares the names of blocks, and keeps the loss."""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name.split("_")[0] >= block
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=model.loss)
    return model
