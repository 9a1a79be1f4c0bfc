"""The size of one value from np.dtype, times the counts."""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels * np.dtype(dtype).itemsize
