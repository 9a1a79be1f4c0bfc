"""Draws from the random module.

points: 3
hint: not from np.random
"""

def random_flip(image, rng):
    import random

    return image[:, ::-1] if random.random() < 0.5 else image
