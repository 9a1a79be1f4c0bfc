"""Counts the values, not their bytes.

points: 1
hint: that is the number of values
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels
