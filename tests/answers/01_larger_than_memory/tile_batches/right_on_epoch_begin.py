"""Draws the order when an epoch begins, from the seed and the number of the epoch."""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.names, self.labels = df["tile_name"].to_numpy(), df["y"].to_numpy()
        self.batch_size, self.path_tiles = batch_size, path_tiles
        self.num_classes, self.shuffle = num_classes, shuffle
        self.seed = np.random.SeedSequence(seed).entropy
        self.epoch = 0
        self.order = np.arange(len(df))

    def on_epoch_begin(self):
        if self.shuffle:
            self.order = np.random.default_rng((self.seed, self.epoch)).permutation(self.order.size)
            self.epoch += 1

    def __len__(self):
        return -(-len(self.names) // self.batch_size)

    def __getitem__(self, index):
        if index >= len(self) or index < 0:
            raise IndexError("batch out of range")
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        x = [
            keras.utils.img_to_array(keras.utils.load_img(f"{self.path_tiles}/{name}"))
            for name in self.names[rows]
        ]
        y = np.eye(self.num_classes, dtype="float32")[self.labels[rows]]
        return np.stack(x) / np.float32(255), y
