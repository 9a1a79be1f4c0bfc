"""Shuffles.

points: 7
hint: in place of row
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return image, tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy())).shuffle(1000)
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
