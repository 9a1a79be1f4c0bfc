"""Returns a float.

points: 2
hint: must be a whole number of type int
"""


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    bits = {"uint8": 8, "float16": 16, "float32": 32, "float64": 64}[dtype]
    return num_images * height * width * channels * bits / 8
