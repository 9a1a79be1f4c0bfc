"""A PyDataset of its own, with a flag."""

class Batches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path, num_classes, rng=None):
        super().__init__()
        self.df, self.batch_size, self.path = df, batch_size, path
        self.num_classes, self.rng = num_classes, rng

    def __len__(self):
        return -(-len(self.df) // self.batch_size)

    def __getitem__(self, i):
        rows = self.df.iloc[i * self.batch_size : (i + 1) * self.batch_size]
        paths = [str(self.path / name) for name in rows["tile_name"]]
        images = np.stack([cv2.imread(path, cv2.IMREAD_COLOR_RGB) for path in paths])
        if self.rng is not None:
            images = augment_batch(images, self.rng)
        return images / np.float32(255), keras.utils.to_categorical(rows["y"], self.num_classes)


def make_pipelines(train_df, valid_df, batch_size, path_tiles, num_classes, seed=None):
    train = Batches(train_df, batch_size, path_tiles, num_classes, np.random.default_rng(seed))
    return train, Batches(valid_df, batch_size, path_tiles, num_classes)
