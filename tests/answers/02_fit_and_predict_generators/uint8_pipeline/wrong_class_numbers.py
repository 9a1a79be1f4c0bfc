"""Hands out class numbers.

points: 7
hint: y must have the shape
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3), label

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy()))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
