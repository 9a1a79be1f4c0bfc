"""The order is the ranking of random numbers from a keras SeedGenerator."""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.batch_size, self.path_tiles = df, batch_size, path_tiles
        self.num_classes, self.shuffle = num_classes, shuffle
        self.seeds = keras.random.SeedGenerator(seed)
        self.on_epoch_end()

    def on_epoch_end(self):
        self.order = np.arange(len(self.df))
        if self.shuffle:
            self.order = np.argsort(keras.random.uniform((len(self.df),), seed=self.seeds))

    def __len__(self):
        return math.ceil(len(self.df) / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        rows = self.df.iloc[self.order[self.batch_size * index : self.batch_size * (index + 1)]]
        paths = [self.path_tiles + name for name in rows["tile_name"]]
        x = np.array([cv2.imread(path)[..., ::-1] for path in paths], dtype="float32")
        y = pd.get_dummies(pd.Categorical(rows["y"], categories=range(self.num_classes)))
        return x / 255, y.to_numpy("float32")
