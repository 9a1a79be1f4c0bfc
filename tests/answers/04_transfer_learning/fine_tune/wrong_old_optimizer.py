"""Compiles again with the old optimizer.

points: 4
hint: knows the weights of the head only
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.optimizer.learning_rate.assign(learning_rate)
    model.compile(model.optimizer, "categorical_crossentropy")
