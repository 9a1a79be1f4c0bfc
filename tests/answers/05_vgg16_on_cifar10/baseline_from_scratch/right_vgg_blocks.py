"""Blocks as VGG has them, with BatchNormalization and Dropout, and an optimizer as its name gives it."""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential([keras.Input(train[0][0].shape[1:]), layers.Rescaling(1 / 255)])
    for filters in (8, 16):
        for _ in range(2):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.BatchNormalization(momentum=0.9))
            model.add(layers.Activation("relu"))
        model.add(layers.MaxPooling2D())
        model.add(layers.Dropout(0.2))
    model.add(layers.Flatten())
    model.add(layers.Dense(32, activation="relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(num_classes, activation="softmax"))
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(train, validation_data=valid, epochs=epochs, callbacks=list(callbacks))
    return model, history
