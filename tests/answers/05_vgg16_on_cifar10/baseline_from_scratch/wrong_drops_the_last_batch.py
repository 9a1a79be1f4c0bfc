"""Leaves out the last batch, as it is not full.

points: 4
hint: each of the 99 training batches must be read 2 times
"""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    def full_batches():
        while True:
            for i in range(len(train) - 1):
                yield train[i]

    model = keras.Sequential([keras.Input(train[0][0].shape[1:]), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        full_batches(),
        steps_per_epoch=len(train) - 1,
        validation_data=valid,
        epochs=epochs,
        callbacks=list(callbacks),
    )
    return model, history
