"""One image at a time through OpenCV in a py_function."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    def read(path, label):
        def decode(path):
            return cv2.imread(path.numpy().decode())[..., ::-1]

        image = tf.py_function(decode, [path], tf.uint8)
        image.set_shape([None, None, 3])
        return image, tf.one_hot(label, num_classes, dtype=tf.float32)

    paths = df["tile_name"].map(lambda name: f"{path_tiles}/{name}").to_list()
    return (
        tf.data.Dataset.from_tensor_slices((paths, df["y"].to_list()))
        .map(read, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)
        .batch(batch_size, num_parallel_calls=tf.data.AUTOTUNE)
    )
