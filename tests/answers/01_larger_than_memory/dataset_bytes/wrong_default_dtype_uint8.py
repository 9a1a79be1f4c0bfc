"""Takes uint8, as the files hold it, where no dtype is given.

points: 1
hint: each takes 4 bytes as float32
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="uint8"):
    return num_images * height * width * channels * np.dtype(dtype).itemsize
