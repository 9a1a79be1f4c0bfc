"""Trains for three epochs, whatever was asked for.

points: 2
hint: was asked for 2 epochs
"""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential([keras.Input(train[0][0].shape[1:]), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(train, validation_data=valid, epochs=3, callbacks=list(callbacks))
    return model, history
