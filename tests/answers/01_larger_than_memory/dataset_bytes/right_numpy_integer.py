"""np.prod gives a NumPy integer, which is a whole number all the same."""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    shape = [num_images, height, width, channels, np.dtype(dtype).itemsize]
    return np.prod(shape, dtype=np.int64)
