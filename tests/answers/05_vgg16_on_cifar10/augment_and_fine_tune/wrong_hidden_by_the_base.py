"""Sets the layers and not the base, which is frozen and hides them: the head alone is trained.

points: 5
hint: Received: no block moved
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
    for layer in base.layers:
        layer.trainable = layer.name >= block
    base.trainable = False
    optimizer = keras.optimizers.Adam(learning_rate)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
