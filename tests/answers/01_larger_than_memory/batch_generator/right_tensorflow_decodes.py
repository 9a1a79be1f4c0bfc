"""tf.io decodes; each batch is turned into NumPy arrays."""

import tensorflow as tf


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            images = [
                tf.io.decode_jpeg(tf.io.read_file(os.path.join(path_tiles, name)), channels=3)
                for name in rows["tile_name"]
            ]
            x = tf.image.convert_image_dtype(tf.stack(images), tf.float32)
            yield x.numpy(), tf.one_hot(rows["y"].to_numpy(), num_classes).numpy()
