"""Makes the block that is named trainable, and not those above it.

points: 6
hint: training must move block4 and block5. Received: block4 moved
"""


class Changed(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches, self.rng = batches, np.random.default_rng()

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return np.stack([np.roll(image, self.rng.integers(1, 9), 1) for image in x]), y


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.freeze(base, block)
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
