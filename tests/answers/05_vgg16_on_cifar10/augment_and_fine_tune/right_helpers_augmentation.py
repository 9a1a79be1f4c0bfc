"""The course's augmentation in NumPy, in a PyDataset; blocks by comparing their names."""

from helpers import augmentation


class Augmented(keras.utils.PyDataset):
    def __init__(self, batches, seed, **kwargs):
        super().__init__(**kwargs)
        self.batches, self.rng = batches, np.random.default_rng(seed)

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, i):
        x, y = self.batches[i]
        return augmentation.augment_batch(x, self.rng, shear=0.1, zoom=0.1, brightness=0.1), y


def augment_and_fine_tune(model, base, train, valid, block, learning_rate, epochs, callbacks=()):
    base.trainable = True
    for layer in base.layers:
        layer.trainable = layer.name >= block
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=learning_rate),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    history = model.fit(
        Augmented(train, 0),
        epochs=epochs,
        validation_data=valid,
        callbacks=list(callbacks) or None,
        verbose=0,
    )
    return model, history.history
