"""The table is cut into a list of row numbers per batch; the list refuses numbers by itself."""

import random


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.df, self.batch_size, self.shuffle = df, batch_size, shuffle
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.random = random.Random(seed)
        self.on_epoch_end()

    def on_epoch_end(self):
        rows = list(range(len(self.df)))
        if self.shuffle:
            self.random.shuffle(rows)
        size = self.batch_size
        self.batches = [rows[start : start + size] for start in range(0, len(rows), size)]

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, index):
        rows = self.df.take(self.batches[index])
        paths = [os.path.join(self.path_tiles, name) for name in rows["tile_name"]]
        x = np.empty((len(rows), *cv2.imread(paths[0]).shape), "float32")
        for i, path in enumerate(paths):
            x[i] = cv2.imread(path, cv2.IMREAD_COLOR_RGB)
        y = np.zeros((len(rows), self.num_classes), "float32")
        y[np.arange(len(rows)), rows["y"].to_numpy()] = 1
        return x / 255, y
