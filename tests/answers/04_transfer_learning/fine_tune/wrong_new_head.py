"""Starts the head anew.

points: 4
hint: Weights changed
"""


def unfreeze_top(model, base, block, learning_rate):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
    head = model.layers[-1]
    head.set_weights([np.random.default_rng(0).normal(size=w.shape) for w in head.get_weights()])
