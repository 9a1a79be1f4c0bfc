"""Every epoch holds the plain images and changed copies of them."""

def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    rng = np.random.default_rng(seed)
    plain = TileBatches(train_df, batch_size, path_tiles, num_classes)

    class Both(keras.utils.PyDataset):
        def __len__(self):
            return 2 * len(plain)

        def __getitem__(self, index):
            x, y = plain[index // 2]
            return (augment_batch(x, rng) if index % 2 else x), y

    return Both(), TileBatches(valid_df, batch_size, path_tiles, num_classes)
