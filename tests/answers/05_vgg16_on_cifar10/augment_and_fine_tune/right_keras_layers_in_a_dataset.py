"""A PyDataset around the batches sends them through Keras layers; the model is compiled again."""


class Changed(keras.utils.PyDataset):
    def __init__(self, batches):
        super().__init__()
        self.batches = batches
        self.change = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomZoom(0.1)])

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return np.array(self.change(x.astype("float32"), training=True)), y

    def on_epoch_end(self):
        self.batches.on_epoch_end()


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    base.trainable = True
    above = False
    for layer in base.layers:
        above = above or layer.name.startswith(block + "_")
        layer.trainable = above
    model.compile(
        keras.optimizers.Adam(learning_rate), "categorical_crossentropy", metrics=["accuracy"]
    )
    history = model.fit(
        Changed(train), validation_data=valid, epochs=epochs, callbacks=list(callbacks), verbose=0
    )
    return model, history
