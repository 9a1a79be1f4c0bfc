"""Unfreezes the whole base.

points: 3
hint: Received: block1, block2
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
