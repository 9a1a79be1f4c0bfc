"""Mirrors every image.

points: 2
hint: Received: 1000
hint: led to the same choices
"""

def random_flip(image, rng):
    return image[:, ::-1]
