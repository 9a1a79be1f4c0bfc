"""math.prod over the shape, with the size from the bits in the name of the dtype."""

import re


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    shape = (num_images, height, width, channels)
    bits = int(re.search(r"\d+$", str(np.dtype(dtype))).group())
    return math.prod(shape) * bits // 8
