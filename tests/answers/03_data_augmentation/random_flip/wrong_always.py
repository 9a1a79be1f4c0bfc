"""Mirrors every image.

points: 2
hint: Received: 2000
hint: led to the same choices
"""

def random_flip(image, rng):
    return image[:, ::-1]
