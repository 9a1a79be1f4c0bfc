"""A generator of its own for every batch and epoch, safe in threads."""

class Augmented(TileBatches):
    epoch = 0

    def __getitem__(self, index):
        x, y = super().__getitem__(index)
        return augment_batch(x, np.random.default_rng([self.epoch, index, self.salt])), y

    def on_epoch_end(self):
        super().on_epoch_end()
        self.epoch += 1


def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    train = Augmented(
        train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed, workers=2
    )
    train.salt = 0 if seed is None else seed
    return train, TileBatches(valid_df, batch_size, path_tiles, num_classes)
