"""Names the argument for parallel calls, and allows a single one.

points: 7
hint: 2 or more
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return image, tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy()))
    return dataset.map(read, num_parallel_calls=1).batch(batch_size).prefetch(tf.data.AUTOTUNE)
