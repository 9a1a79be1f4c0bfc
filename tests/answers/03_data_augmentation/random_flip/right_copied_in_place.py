"""A copy, changed in place."""

def random_flip(image, rng):
    result = image.copy()
    if rng.integers(0, 2) == 0:
        result[:] = image[:, ::-1]
    return result
