"""Takes images of any size: the input has no fixed height and width."""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    inputs = keras.Input((None, None, 3), dtype="uint8")
    x = layers.Normalization(mean=[120.0] * 3, variance=[70.0**2] * 3)(inputs)
    x = layers.Conv2D(16, 5, strides=2, activation="gelu")(x)
    x = layers.Conv2D(24, 3, strides=2, activation="gelu")(x)
    x = layers.Concatenate()([layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)])
    model = keras.Model(inputs, layers.Dense(num_classes, "softmax")(x))
    model.compile(
        keras.optimizers.AdamW(3e-3),
        keras.losses.CategoricalCrossentropy(label_smoothing=0.05),
        metrics=["accuracy"],
    )
    callbacks = list(callbacks) + [keras.callbacks.ReduceLROnPlateau(patience=2)]
    history = model.fit(train, validation_data=valid, epochs=epochs, callbacks=callbacks, verbose=0)
    return model, history.history
