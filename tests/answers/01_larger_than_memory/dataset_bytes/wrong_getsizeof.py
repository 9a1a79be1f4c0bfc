"""Asks sys.getsizeof for one image, which counts the array's own head, too.

points: 1
hint: must be
"""

import sys


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * sys.getsizeof(np.zeros((height, width, channels), dtype))
