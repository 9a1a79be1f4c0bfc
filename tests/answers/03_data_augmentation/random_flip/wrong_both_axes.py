"""np.flip without an axis reverses the colours, too.

points: 3
hint: neither as it was nor mirrored
"""

def random_flip(image, rng):
    return np.flip(image) if rng.random() < 0.5 else image
