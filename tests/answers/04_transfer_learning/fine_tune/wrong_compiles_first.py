"""Compiles with the old switches, then trains one batch, then switches.

points: 3
hint: Compile the model after
"""


def unfreeze_top(model, base, block, learning_rate):
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
    shape = (1, *model.input_shape[1:])
    model.train_on_batch(np.zeros(shape, "float32"), np.eye(model.output_shape[-1])[:1])
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = above
