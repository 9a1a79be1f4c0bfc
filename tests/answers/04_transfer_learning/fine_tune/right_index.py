"""Finds the number of the first layer."""


def unfreeze_top(model, base, block, learning_rate):
    names = [layer.name for layer in base.layers]
    first = next(i for i, name in enumerate(names) if name.startswith(block))
    base.trainable = True
    for layer in base.layers[:first]:
        layer.trainable = False
    model.compile(keras.optimizers.RMSprop(learning_rate), loss="categorical_crossentropy")
