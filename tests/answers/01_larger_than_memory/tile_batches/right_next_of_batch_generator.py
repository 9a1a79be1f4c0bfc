"""A batch is the first batch of the own batch_generator over its rows."""


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.args = df, (path_tiles, num_classes)
        self.batch_size, self.shuffle = batch_size, shuffle
        self.rng = np.random.RandomState(seed)
        self.numbers = list(range(len(df)))
        self.on_epoch_end()

    def __len__(self):
        return steps_per_epoch(len(self.df), self.batch_size)

    def __getitem__(self, index):
        if index not in range(len(self)):
            raise IndexError(f"no batch {index}")
        rows = self.df.iloc[self.numbers[index * self.batch_size :][: self.batch_size]]
        return next(batch_generator(rows, self.batch_size, *self.args))

    def on_epoch_end(self):
        if self.shuffle:
            self.numbers = self.rng.permutation(len(self.df)).tolist()
