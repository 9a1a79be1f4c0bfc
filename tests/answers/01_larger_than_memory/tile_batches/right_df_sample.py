"""The table itself is shuffled, into a copy, by sample with a generator of its own."""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df = df.copy()
        self.batch_size, self.path_tiles = batch_size, path_tiles
        self.num_classes, self.shuffle = num_classes, shuffle
        self.rng = np.random.default_rng(seed)
        if shuffle:
            self.df = self.df.sample(frac=1, random_state=self.rng)

    def __len__(self):
        return int(np.ceil(len(self.df) / self.batch_size))

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(f"index {index} out of range")
        x, y = [], []
        for row in self.df[index * self.batch_size : (index + 1) * self.batch_size].itertuples():
            x.append(cv2.imread(str(self.path_tiles / row.tile_name))[..., ::-1])
            y.append(row.y)
        y = keras.utils.to_categorical(y, self.num_classes)
        return np.array(x, "float32") / 255, y.astype("float32")

    def on_epoch_end(self):
        if self.shuffle:
            self.df = self.df.sample(frac=1, random_state=self.rng)
