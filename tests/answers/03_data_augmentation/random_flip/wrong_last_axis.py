"""Reverses the last axis, which holds the colours.

points: 3
hint: colours swapped
"""

def random_flip(image, rng):
    return image[..., ::-1] if rng.random() < 0.5 else image
