"""Decodes with tf.io outside of any graph, in threads of a generator."""

from concurrent.futures import ThreadPoolExecutor


def make_dataset(df, batch_size, path_tiles, num_classes):
    def decode(name):
        return tf.io.decode_image(tf.io.read_file(f"{path_tiles}/{name}"), channels=3)

    def batches():
        for start in range(0, len(df), batch_size):
            rows = df[start : start + batch_size]
            with ThreadPoolExecutor() as pool:
                images = tf.stack([*pool.map(decode, rows["tile_name"])])
            yield images, tf.one_hot(rows["y"].to_numpy(), num_classes)

    signature = (
        tf.TensorSpec((None, None, None, 3), tf.uint8),
        tf.TensorSpec((None, num_classes), tf.float32),
    )
    return tf.data.Dataset.from_generator(batches, output_signature=signature)
