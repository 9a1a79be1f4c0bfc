"""Hands no validation data to fit.

points: 3
hint: given validation_data
hint: The validation batches must be read as well
"""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential([keras.Input(train[0][0].shape[1:]), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model, model.fit(train, epochs=epochs, callbacks=list(callbacks))
