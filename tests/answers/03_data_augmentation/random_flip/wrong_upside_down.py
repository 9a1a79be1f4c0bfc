"""Axis 0 holds the rows: this turns images upside down.

points: 3
hint: upside down
"""

def random_flip(image, rng):
    return image[::-1] if rng.random() < 0.5 else image
