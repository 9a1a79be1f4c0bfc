"""Puts the random change into the model as a function with training=True: it is on for ever.

points: 5
hint: Something random is on outside training
hint: augment the training images only
"""


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.unfreeze_top(model, base, block, learning_rate)
    inputs = keras.Input(model.input_shape[1:])
    shift = layers.RandomTranslation(0.3, 0.3, fill_mode="wrap")
    x = layers.Lambda(lambda images: shift(images, training=True))(inputs)
    changed = keras.Model(inputs, model(x))
    optimizer = keras.optimizers.Adam(learning_rate)
    changed.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = changed.fit(train, validation_data=valid, epochs=epochs, callbacks=list(callbacks))
    return changed, history
