"""A slice with a negative step."""

def random_flip(image, rng):
    if rng.random() < 0.5:
        return image[:, ::-1]
    return image
