"""Batches of names first, then whole batches decoded by map_fn."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def decode(path):
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3)

    def read(paths, labels):
        images = tf.map_fn(decode, paths, fn_output_signature=tf.uint8)
        return tf.ensure_shape(images, (None, None, None, 3)), tf.one_hot(labels, num_classes)

    paths = tf.strings.join([str(path_tiles), "/", tf.constant(df["tile_name"].tolist())])
    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(df["y"].to_numpy())))
    return dataset.batch(batch_size).map(read, num_parallel_calls=2).prefetch(1)
