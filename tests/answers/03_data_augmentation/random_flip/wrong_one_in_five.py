"""A probability of 0.2.

points: 3
hint: about 1000
"""

def random_flip(image, rng):
    return image[:, ::-1] if rng.random() < 0.2 else image
