"""A class with __iter__ and __next__ instead of a generator function."""


class batch_generator:
    def __init__(self, df, batch_size, path_tiles, num_classes):
        self.df, self.batch_size = df, batch_size
        self.path_tiles, self.num_classes = path_tiles, num_classes
        self.batch = 0

    def __iter__(self):
        return self

    def __next__(self):
        start = self.batch * self.batch_size
        rows = self.df[start : start + self.batch_size]
        self.batch = (self.batch + 1) % -(-len(self.df) // self.batch_size)
        x = [cv2.imread(self.path_tiles + name)[:, :, ::-1] for name in rows["tile_name"]]
        y = keras.utils.to_categorical(rows["y"], self.num_classes)
        return (np.array(x) / 255.0).astype(np.float32), y.astype(np.float32)
