"""Only unfreezes: blocks of an earlier call stay trainable.

points: 4
hint: Asked again, with 'block5'
"""


def unfreeze_top(model, base, block, learning_rate):
    if not base.trainable:
        base.trainable = True
        for layer in base.layers:
            layer.trainable = False
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block)
        layer.trainable = layer.trainable or above
    model.compile(keras.optimizers.Adam(learning_rate), "categorical_crossentropy")
