"""Forgets the channels.

points: 1
hint: channels of each pixel counted
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * np.dtype(dtype).itemsize
