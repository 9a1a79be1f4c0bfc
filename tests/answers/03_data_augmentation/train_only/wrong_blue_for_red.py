"""Reads BGR.

points: 4
hint: They are BGR
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)

    class Batches(TileBatches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            return x[..., ::-1], y

    class Augmented(Batches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            return augment_batch(np.ascontiguousarray(x), rng), y

    train = Augmented(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed)
    return train, Batches(valid_df, batch_size, path_tiles, num_classes)
