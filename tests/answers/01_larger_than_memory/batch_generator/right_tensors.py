"""Batches of TensorFlow tensors."""

import tensorflow as tf


def batch_generator(df, batch_size, path_tiles, num_classes):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            files = [tf.io.read_file(os.path.join(path_tiles, name)) for name in rows["tile_name"]]
            x = tf.stack([tf.io.decode_image(file, channels=3) for file in files])
            yield tf.cast(x, tf.float32) / 255.0, tf.one_hot(rows["y"].tolist(), num_classes)
