"""Takes `prefetch` for parallel: reads a batch ahead, its images one after the other.

points: 7
hint: one after the other
"""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(names):
        return np.stack(
            [cv2.imread(str(path_tiles) + "/" + n.decode(), cv2.IMREAD_COLOR_RGB) for n in names]
        )

    def as_tensors(names, labels):
        images = tf.numpy_function(read, [names], tf.uint8)
        return tf.ensure_shape(images, (None, None, None, 3)), tf.one_hot(labels, num_classes)

    columns = df["tile_name"].to_numpy(str), df["y"].to_numpy()
    dataset = tf.data.Dataset.from_tensor_slices(columns).batch(batch_size)
    return dataset.map(as_tensors).prefetch(tf.data.AUTOTUNE)
