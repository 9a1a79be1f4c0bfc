"""A base class of its own reads, the exercise's class adds the shuffling."""

from PIL import Image


class OrderedTiles(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, **kwargs):
        super().__init__(**kwargs)
        self.rows = list(zip(df["tile_name"], df["y"], strict=True))
        self.batch_size, self.path_tiles, self.num_classes = batch_size, path_tiles, num_classes

    def __len__(self):
        return len(range(0, len(self.rows), self.batch_size))

    def __getitem__(self, index):
        start = range(0, len(self.rows), self.batch_size)[index]
        names, labels = zip(*self.rows[start : start + self.batch_size], strict=True)
        x = [np.array(Image.open(os.path.join(self.path_tiles, name))) for name in names]
        return np.divide(x, 255, dtype="float32"), np.eye(self.num_classes, dtype="float32")[
            list(labels)
        ]


class TileBatches(OrderedTiles):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(df, batch_size, path_tiles, num_classes, **kwargs)
        self.shuffle, self.rng = shuffle, np.random.default_rng(seed)
        self.on_epoch_end()

    def on_epoch_end(self):
        if self.shuffle:
            self.rng.shuffle(self.rows)
