"""Fills the same arrays for every batch.

points: 7
hint: make new arrays in __getitem__
"""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.batch_size = df, batch_size
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.shuffle, self.rng = shuffle, np.random.default_rng(seed)
        self.order = np.arange(len(df))
        self.on_epoch_end()
        shape = cv2.imread(os.path.join(path_tiles, df["tile_name"].iloc[0])).shape
        self.x = np.zeros((batch_size, *shape), "float32")
        self.y = np.zeros((batch_size, num_classes), "float32")

    def __len__(self):
        return math.ceil(len(self.df) / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        rows = self.df.iloc[self.order[index * self.batch_size : (index + 1) * self.batch_size]]
        paths = [os.path.join(self.path_tiles, name) for name in rows["tile_name"]]
        for i, path in enumerate(paths):
            self.x[i] = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) / 255
        self.y[: len(rows)] = np.eye(self.num_classes)[rows["y"]]
        return self.x[: len(rows)], self.y[: len(rows)]

    def on_epoch_end(self):
        if self.shuffle:
            self.order = self.rng.permutation(len(self.df))
