"""Works in parallel on the labels, not on the images.

points: 7
hint: for the map that reads the files
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3), label

    def one_hot(image, label):
        return image, tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy()))
    return dataset.map(read).map(one_hot, num_parallel_calls=4).batch(batch_size)
