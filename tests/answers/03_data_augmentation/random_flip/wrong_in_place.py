"""Mirrors in place.

points: 3
hint: came in was changed
"""

def random_flip(image, rng):
    if rng.random() < 0.5:
        image[:] = image[:, ::-1].copy()
    return image
