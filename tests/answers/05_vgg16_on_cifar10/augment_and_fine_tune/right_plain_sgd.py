"""NumPy mirrors and shifts each image in a PyDataset; SGD without momentum, nothing but its rate."""


class Changed(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches, self.rng = batches, np.random.default_rng()

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return np.stack([self.change(image) for image in x]), y

    def change(self, image):
        image = image[:, :: self.rng.choice([-1, 1])]
        down, right = self.rng.integers(0, 5, 2)
        height, width = image.shape[:2]
        padded = np.pad(image, ((2, 2), (2, 2), (0, 0)), mode="reflect")
        return padded[down : down + height, right : right + width]


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    base.trainable, free = True, False
    for layer in base.layers:
        free = free or layer.name.startswith(block)
        layer.trainable = free
    model.compile(
        keras.optimizers.SGD(learning_rate), "categorical_crossentropy", metrics=["accuracy"]
    )
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks)
    )
    return model, history
