"""Makes the array to ask for its size.

points: 2
hint: it made an array of that size
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return np.zeros((num_images, height, width, channels), dtype).nbytes
