"""Reads in an interleave, which keeps the order."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def one(path, label):
        image = tf.image.decode_jpeg(tf.io.read_file(path), channels=3)
        return tf.data.Dataset.from_tensors((image, tf.one_hot(label, num_classes)))

    folder = tf.constant(str(path_tiles) + "/")
    paths = folder + tf.constant(df["tile_name"].tolist())
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].values))
    dataset = dataset.interleave(one, cycle_length=4, block_length=1, num_parallel_calls=4)
    return dataset.batch(batch_size, drop_remainder=False)
