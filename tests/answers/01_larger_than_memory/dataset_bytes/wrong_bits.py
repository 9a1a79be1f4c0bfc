"""Counts bits.

points: 1
hint: that is bits
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels * np.dtype(dtype).itemsize * 8
