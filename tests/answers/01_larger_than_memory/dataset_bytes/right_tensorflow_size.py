"""The size of a value as TensorFlow knows it."""

import tensorflow as tf


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    total = tf.as_dtype(dtype).size
    for count in (num_images, height, width, channels):
        total *= count
    return total
