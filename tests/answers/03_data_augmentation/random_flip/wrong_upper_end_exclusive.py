"""rng.integers(0, 1) is always 0.

points: 1
hint: no image was mirrored
hint: Received: 0
"""

def random_flip(image, rng):
    return image[:, ::-1] if rng.integers(0, 1) else image.copy()
