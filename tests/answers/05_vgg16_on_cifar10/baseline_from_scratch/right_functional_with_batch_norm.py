"""The functional interface with BatchNormalization and strides, momentum in place of Adam."""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    inputs = keras.Input(shape=train[0][0].shape[1:])
    x = layers.Rescaling(1 / 127.5, offset=-1)(inputs)
    for filters in (16, 32):
        x = layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.ReLU()(x)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(
        optimizer=keras.optimizers.SGD(0.05, momentum=0.9),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    history = model.fit(
        train, epochs=epochs, validation_data=valid, callbacks=list(callbacks), verbose=2
    )
    return model, history
