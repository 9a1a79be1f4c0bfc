"""Draws from NumPy's global generator.

points: 3
hint: not from np.random
"""

def random_flip(image, rng):
    return image[:, ::-1] if np.random.rand() < 0.5 else image
