"""Takes every image to have three channels.

points: 2
hint: not always 3
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * 3 * np.dtype(dtype).itemsize
