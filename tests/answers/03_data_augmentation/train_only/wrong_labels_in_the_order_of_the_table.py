"""Takes the labels from the table by position while the images are shuffled.

points: 4
hint: must stay together
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)

    class Augmented(TileBatches):
        def __getitem__(self, index):
            x, y = super().__getitem__(index)
            start = index * batch_size
            labels = train_df["y"].iloc[start : start + batch_size]
            return augment_batch(x, rng), np.eye(num_classes)[labels]

    train = Augmented(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed)
    valid = TileBatches(valid_df, batch_size, path_tiles, num_classes)
    return train, valid
