"""Calls the random layers without training=True in a dataset: outside of fit they do nothing.

points: 6
hint: Change them at random: mirror, shift, zoom
"""


class Changed(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches = batches
        self.change = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomZoom(0.1)])

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return self.change.predict_on_batch(x), y


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    transfer.unfreeze_top(model, base, block, learning_rate)
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
