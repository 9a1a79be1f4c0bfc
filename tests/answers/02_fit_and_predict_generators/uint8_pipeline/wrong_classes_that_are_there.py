"""Makes a column for each class that the table has, not for each of num_classes.

points: 7
hint: lacks classes 2 and 4
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        return tf.io.decode_jpeg(tf.io.read_file(path), channels=3), label

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    labels = pd.get_dummies(df["y"]).to_numpy("float32")
    dataset = tf.data.Dataset.from_tensor_slices((paths, labels))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
