"""The images of a batch are read by a pool of threads."""

from concurrent.futures import ThreadPoolExecutor


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.batch_size, self.path_tiles = df, batch_size, path_tiles
        self.num_classes, self.shuffle, self.seed = num_classes, shuffle, seed
        self.pool = ThreadPoolExecutor(4)
        self.rng = np.random.Generator(np.random.PCG64(seed))
        self.order = self.rng.permutation(len(df)) if shuffle else np.arange(len(df))

    def read(self, name):
        return cv2.cvtColor(cv2.imread(os.path.join(self.path_tiles, name)), cv2.COLOR_BGR2RGB)

    def __len__(self):
        full, rest = divmod(len(self.df), self.batch_size)
        return full + bool(rest)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        start = index * self.batch_size
        rows = self.df.iloc[self.order[start : start + self.batch_size]]
        x = np.stack(list(self.pool.map(self.read, rows["tile_name"])))
        y = (rows["y"].to_numpy()[:, None] == np.arange(self.num_classes)).astype("float32")
        return x.astype("float32") / 255.0, y

    def on_epoch_end(self):
        super().on_epoch_end()
        if self.shuffle:
            self.rng.shuffle(self.order)
