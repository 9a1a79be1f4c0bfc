"""A dictionary of the dtypes that one meets, by name."""

SIZES = {"uint8": 1, "int8": 1, "bool": 1, "float16": 2, "bfloat16": 2, "int16": 2}
SIZES |= {"float32": 4, "int32": 4, "float64": 8, "int64": 8}


def dataset_bytes(num_images, height, width, channels=3, dtype="float32"):
    return num_images * height * width * channels * SIZES[dtype]
