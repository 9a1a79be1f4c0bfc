"""Makes a generator of its own from the time.

points: 3
hint: Draw from `rng`
"""

def random_flip(image, rng):
    return image[:, ::-1] if np.random.default_rng().random() < 0.5 else image
