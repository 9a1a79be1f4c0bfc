"""Looks labels up by the name of the file.

points: 7
hint: every file name stands in two rows
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    label_of = dict(zip(df["tile_name"], df["y"]))

    def read(path, label):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        return image, tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    labels = [label_of[name] for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, labels))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
