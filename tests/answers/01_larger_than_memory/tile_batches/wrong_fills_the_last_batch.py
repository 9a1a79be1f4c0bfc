"""Fills the last batch up by repeating its last row.

points: 7
hint: that is 5 images. Received: 6 images
"""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.batch_size = df, batch_size
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.shuffle, self.rng = shuffle, np.random.default_rng(seed)
        self.order = np.arange(len(df))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.df) / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        numbers = np.arange(index * self.batch_size, (index + 1) * self.batch_size)
        rows = self.df.iloc[self.order[np.minimum(numbers, len(self.df) - 1)]]
        paths = [os.path.join(self.path_tiles, name) for name in rows["tile_name"]]
        x = np.stack([cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths])
        return x.astype("float32") / 255, np.eye(self.num_classes, dtype="float32")[rows["y"]]

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.df))
