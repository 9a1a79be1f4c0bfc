"""Takes four bytes for every dtype.

points: 2
hint: each dtype has a size of its own
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels * 4
