"""A pool of threads in a generator, with `imread` imported by its name."""

from concurrent.futures import ThreadPoolExecutor

from cv2 import IMREAD_COLOR_RGB, imread


def make_dataset(df, batch_size, path_tiles, num_classes):
    paths = [f"{path_tiles}/{name}" for name in df["tile_name"]]
    y = np.eye(num_classes, dtype="float32")[df["y"].to_numpy()]

    def batches():
        with ThreadPoolExecutor(3) as pool:
            for start in range(0, len(paths), batch_size):
                rows = slice(start, start + batch_size)
                yield (
                    np.array(list(pool.map(lambda p: imread(p, IMREAD_COLOR_RGB), paths[rows]))),
                    y[rows],
                )

    x_spec = tf.TensorSpec((None, None, None, 3), tf.uint8)
    y_spec = tf.TensorSpec((None, num_classes), tf.float32)
    return tf.data.Dataset.from_generator(batches, output_signature=(x_spec, y_spec))
