"""Takes callbacks and leaves them: an interrupted training cannot go on.

points: 6
hint: without them an interrupted training begins again
"""


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.unfreeze_top(model, base, block, learning_rate)
    inputs = keras.Input(model.input_shape[1:])
    changed = keras.Model(inputs, model(layers.RandomTranslation(0.2, 0.2)(inputs)))
    optimizer = keras.optimizers.Adam(learning_rate)
    changed.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model, changed.fit(train, validation_data=valid, epochs=epochs)
