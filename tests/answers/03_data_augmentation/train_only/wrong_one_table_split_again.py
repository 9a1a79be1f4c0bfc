"""Joins the tables, shuffles, and splits anew: training images come to validation.

points: 3
hint: unchanged
hint: must give each of its
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)
    both = pd.concat([train_df, valid_df]).sample(frac=1, random_state=seed)
    half = len(both) // 2

    class Augmented(TileBatches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            return augment_batch(x, rng), y

    train = Augmented(both[:half], batch_size, path_tiles, num_classes)
    return train, TileBatches(both[half:], batch_size, path_tiles, num_classes)
