"""TensorFlow decodes, and tensors come out."""

import tensorflow as tf


class TileBatches(keras.utils.PyDataset):
    def __init__(self, df, batch_size, path_tiles, num_classes, shuffle=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.paths = [os.path.join(path_tiles, name) for name in df["tile_name"]]
        self.labels = df["y"].tolist()
        self.batch_size, self.num_classes, self.shuffle = batch_size, num_classes, shuffle
        self.rng = np.random.default_rng(seed)
        self.rows = np.arange(len(df))
        self.on_epoch_end()

    def __len__(self):
        return math.ceil(len(self.paths) / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(index)
        rows = self.rows[index * self.batch_size : (index + 1) * self.batch_size]
        images = [tf.io.decode_jpeg(tf.io.read_file(self.paths[row])) for row in rows]
        x = tf.image.convert_image_dtype(tf.stack(images), tf.float32)
        return x, tf.one_hot([self.labels[row] for row in rows], self.num_classes)

    def on_epoch_end(self):
        if self.shuffle:
            self.rows = self.rng.permutation(self.rows)
