"""Goes on with the rate of the head.

points: 6
hint: Is the rate that of the optimizer which trains
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
    transfer.unfreeze_top(model, base, block, learning_rate)
    head_rate = keras.optimizers.Adam(1e-2)
    model.compile(head_rate, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
