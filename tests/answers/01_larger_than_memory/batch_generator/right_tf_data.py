"""A tf.data pipeline that repeats, prefetches two batches, and comes out as NumPy arrays."""

import tensorflow as tf


def batch_generator(df, batch_size, path_tiles, num_classes):
    def read(name, label):
        image = tf.io.decode_jpeg(tf.io.read_file(tf.strings.join([path_tiles, "/", name])), 3)
        return tf.cast(image, tf.float32) / 255.0, tf.one_hot(label, num_classes)

    dataset = tf.data.Dataset.from_tensor_slices((df["tile_name"].tolist(), df["y"].tolist()))
    dataset = dataset.map(read, num_parallel_calls=2).batch(batch_size).repeat().prefetch(2)
    return dataset.as_numpy_iterator()
