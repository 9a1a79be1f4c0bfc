"""Multiplies in int32, which overflows.

points: 2
hint: overflows
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    shape = [num_images, height, width, channels, np.dtype(dtype).itemsize]
    return int(np.prod(shape, dtype=np.int32))
