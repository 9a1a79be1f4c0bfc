"""Whole batches read with OpenCV, in parallel calls of numpy_function."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    names, labels = df["tile_name"].to_numpy(str), df["y"].to_numpy()

    def read(start):
        stop = start + batch_size
        paths = [os.path.join(path_tiles, name) for name in names[start:stop]]
        images = [cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths]
        return np.stack(images), np.eye(num_classes, dtype=np.float32)[labels[start:stop]]

    def as_tensors(start):
        x, y = tf.numpy_function(read, [start], [tf.uint8, tf.float32])
        return tf.ensure_shape(x, [None, None, None, 3]), tf.ensure_shape(y, [None, num_classes])

    starts = tf.data.Dataset.range(0, len(df), batch_size)
    return starts.map(as_tensors, num_parallel_calls=4).prefetch(1)


import os  # noqa: E402
