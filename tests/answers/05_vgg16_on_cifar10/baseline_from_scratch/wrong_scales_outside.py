"""Divides the images by 255 on their way to the model, which then wants them so ever after.

points: 4
hint: Does the model itself scale its input
"""


class Scaled(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches = batches

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return x / np.float32(255), y


def baseline_from_scratch(train, valid, num_classes, epochs, callbacks=()):
    model = keras.Sequential([keras.Input(train[0][0].shape[1:])])
    for filters in (16, 16):
        model.add(layers.Conv2D(filters, 3, strides=2, activation="leaky_relu"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(num_classes, activation="softmax"))
    optimizer = keras.optimizers.Adam(1e-3)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    train, valid = Scaled(train), Scaled(valid)
    history = model.fit(train, validation_data=valid, epochs=epochs, callbacks=list(callbacks))
    return model, history
