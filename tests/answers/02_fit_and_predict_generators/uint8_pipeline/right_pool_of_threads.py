"""A generator with a pool of threads of its own."""


def make_dataset(df, batch_size, path_tiles, num_classes):
    from concurrent.futures import ThreadPoolExecutor

    def read(name):
        return cv2.imread(str(path_tiles) + "/" + name, cv2.IMREAD_COLOR_RGB)

    def batches():
        with ThreadPoolExecutor(4) as pool:
            for start in range(0, len(df), batch_size):
                rows = df.iloc[start : start + batch_size]
                x = np.stack(list(pool.map(read, rows["tile_name"])))
                yield x, keras.utils.to_categorical(rows["y"], num_classes).astype("float32")

    signature = (
        tf.TensorSpec((None, None, None, 3), tf.uint8),
        tf.TensorSpec((None, num_classes), tf.float32),
    )
    return tf.data.Dataset.from_generator(batches, output_signature=signature).prefetch(1)
