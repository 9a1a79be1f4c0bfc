"""Puts all batches together in memory before it trains.

points: 3
hint: do not put its batches together first
hint: Give the dataset itself to `fit`
"""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    x, y = map(np.concatenate, zip(*[train[i] for i in range(len(train))]))
    x_valid, y_valid = map(np.concatenate, zip(*[valid[i] for i in range(len(valid))]))
    model = keras.Sequential([keras.Input(x.shape[1:]), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    optimizer = keras.optimizers.Adam(1e-2)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x,
        y,
        batch_size=4,
        validation_data=(x_valid, y_valid),
        epochs=epochs,
        callbacks=list(callbacks),
    )
    return model, history
