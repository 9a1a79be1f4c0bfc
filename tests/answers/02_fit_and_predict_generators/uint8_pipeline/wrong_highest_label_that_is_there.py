"""Lets `to_categorical` guess the number of classes from the labels.

points: 7
hint: y must have num_classes = 5 columns
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3), label

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    labels = keras.utils.to_categorical(df["y"]).astype("float32")
    dataset = tf.data.Dataset.from_tensor_slices((paths, labels))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
