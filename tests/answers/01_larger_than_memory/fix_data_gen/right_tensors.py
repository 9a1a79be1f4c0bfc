"""TensorFlow tensors instead of NumPy arrays."""

import tensorflow as tf


def data_gen(df, batch_size):
    while True:
        for start in range(0, len(df), batch_size):
            rows = df.iloc[start : start + batch_size]
            x = tf.stack([tf.cast(image, tf.float32) for image in rows["url"]])
            yield x, tf.reshape(tf.constant(rows["class"].tolist(), tf.float32), (-1, 1))
