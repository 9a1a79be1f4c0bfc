"""Adds a dimension.

points: 3
hint: must keep both
"""

def random_flip(image, rng):
    image = image[np.newaxis]
    return image[:, :, ::-1] if rng.random() < 0.5 else image
