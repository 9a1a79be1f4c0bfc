"""One real image is made and measured, the others are counted."""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    image = np.empty((height, width, channels), dtype)
    return num_images * image.nbytes
