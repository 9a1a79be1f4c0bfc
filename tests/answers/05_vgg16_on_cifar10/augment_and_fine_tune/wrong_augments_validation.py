"""Changes the images for validation as well.

points: 6
hint: augment the training images only
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
    history = model.fit(
        Changed(train), validation_data=Changed(valid), epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
