"""A PyDataset of its own, shuffled after each epoch, in threads."""


class Rows(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes):
        super().__init__(workers=2, max_queue_size=2)
        self.df, self.size, self.path, self.num_classes = df, batch_size, path_tiles, num_classes

    def __len__(self):
        return (len(self.df) + self.size - 1) // self.size

    def __getitem__(self, i):
        rows = self.df.iloc[i * self.size : (i + 1) * self.size]
        x = [cv2.imread(str(self.path / name))[..., ::-1] / 255.0 for name in rows["tile_name"]]
        return np.array(x, "float32"), keras.utils.to_categorical(rows["y"], self.num_classes)

    def on_epoch_end(self):
        self.df = self.df.sample(frac=1)


def repaired_run(model, df, batch_size, path_tiles, num_classes, epochs):
    return model.fit(Rows(df, batch_size, path_tiles, num_classes), epochs=epochs, verbose=0)
