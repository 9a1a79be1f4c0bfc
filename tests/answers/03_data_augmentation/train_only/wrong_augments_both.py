"""Augments the validation images, too.

points: 4
hint: Only training is augmented
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)

    class Augmented(TileBatches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            return augment_batch(x, rng), y

    train = Augmented(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed)
    valid = Augmented(valid_df, batch_size, path_tiles, num_classes)
    return train, valid
