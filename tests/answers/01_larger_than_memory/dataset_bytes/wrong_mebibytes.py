"""Returns MiB, as one would print it.

points: 0
hint: bytes. Received
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels * np.dtype(dtype).itemsize / 2**20
