"""Changes `trainable` and the rate, and does not compile.

points: 4
hint: Compile the model after `trainable` was changed
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.optimizer.learning_rate.assign(learning_rate)
