"""Begins above the block.

points: 3
hint: Received: block5
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        layer.trainable = above and not layer.name.startswith(block)
        above = above or layer.name.startswith(block)
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
