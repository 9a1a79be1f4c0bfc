"""Reverses rows and columns: half a turn.

points: 3
hint: turned by half
"""

def random_flip(image, rng):
    return image[::-1, ::-1] if rng.random() < 0.5 else image
