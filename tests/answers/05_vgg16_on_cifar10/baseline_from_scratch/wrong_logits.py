"""Leaves the softmax to the loss, so that logits come out.

points: 3
hint: Is there a softmax at its end
"""


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential([keras.Input(train[0][0].shape[1:]), layers.Rescaling(1 / 255)])
    model.add(layers.Conv2D(16, 5, strides=4, activation="elu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(1e-2), loss, metrics=["accuracy"])
    history = model.fit(train, validation_data=valid, epochs=epochs, callbacks=list(callbacks))
    return model, history
