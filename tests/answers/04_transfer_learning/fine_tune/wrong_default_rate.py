"""Compiles with "adam", whose rate is 0.001.

points: 4
hint: The learning rate must be 1e-05
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.compile("adam", "categorical_crossentropy")
