"""Returns a model of the same form, which was not trained.

points: 4
hint: is it the one that was trained
"""


def small(shape, num_classes):
    model = keras.Sequential([keras.Input(shape), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax", kernel_initializer="zeros"))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return model


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    shape = train[0][0].shape[1:]
    history = small(shape, num_classes).fit(
        train, validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return small(shape, num_classes), history
