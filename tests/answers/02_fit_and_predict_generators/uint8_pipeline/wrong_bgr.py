"""Leaves the channels as OpenCV reads them.

points: 7
hint: Red and blue are swapped
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        image = tf.numpy_function(lambda path: cv2.imread(path.decode()), [path], tf.uint8)
        return tf.ensure_shape(image, (None, None, 3)), tf.one_hot(label, num_classes)

    paths = [str(path_tiles) + "/" + name for name in df["tile_name"]]
    dataset = tf.data.Dataset.from_tensor_slices((paths, df["y"].to_numpy()))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size)
