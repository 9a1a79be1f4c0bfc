"""Compiles with the loss of yes or no, for one class of several.

points: 4
hint: "categorical_crossentropy"
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.compile(keras.optimizers.Adam(learning_rate), "binary_crossentropy")
