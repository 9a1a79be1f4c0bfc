"""Draws with the same seed for every batch, so every epoch repeats the first.

points: 6
hint: Draw anew for each batch and epoch
"""


class Changed(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches = batches

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        rng = np.random.default_rng(0)
        return np.stack([np.roll(image, rng.integers(1, 9), 1) for image in x]), y


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.unfreeze_top(model, base, block, learning_rate)
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
