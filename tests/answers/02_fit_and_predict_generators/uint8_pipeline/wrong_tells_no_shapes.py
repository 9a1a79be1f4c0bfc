"""Leaves TensorFlow without the shapes that `numpy_function` does not tell it.

points: 7
hint: tf.ensure_shape
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path):
        return cv2.imread(path.decode(), cv2.IMREAD_COLOR_RGB)

    def as_tensors(path, label):
        return tf.numpy_function(read, [path], tf.uint8), tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy()))
    return dataset.map(as_tensors, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
