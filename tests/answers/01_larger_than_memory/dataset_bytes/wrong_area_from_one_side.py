"""Takes images to be square.

points: 1
hint: must be
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height**2 * channels * np.dtype(dtype).itemsize
