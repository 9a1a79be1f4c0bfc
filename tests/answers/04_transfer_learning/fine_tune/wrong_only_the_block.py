"""Unfreezes the block alone, not those above.

points: 3
hint: must be: block4, block5. Received: block4
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name.startswith(block)
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
