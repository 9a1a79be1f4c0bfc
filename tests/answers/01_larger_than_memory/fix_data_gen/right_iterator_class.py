"""A class with __iter__ and __next__ that keeps the place by itself."""


class data_gen:
    def __init__(self, df, batch_size):
        self.images, self.labels = df["url"].tolist(), df["class"].tolist()
        self.batch_size, self.start = batch_size, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.start >= len(self.images):
            self.start = 0
        part = slice(self.start, self.start + self.batch_size)
        self.start += self.batch_size
        x = np.asarray(self.images[part]).astype(np.float32)
        return x, np.asarray(self.labels[part], np.float32).reshape(-1, 1)
