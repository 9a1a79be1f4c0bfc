"""A generator that ends after one epoch.

points: 3
hint: had no batches
"""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)
    plain = TileBatches(train_df, batch_size, path_tiles, num_classes, shuffle=True, seed=seed)
    train = ((augment_batch(x, rng), y) for x, y in (plain[i] for i in range(len(plain))))
    return train, TileBatches(valid_df, batch_size, path_tiles, num_classes)
