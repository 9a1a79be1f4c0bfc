"""np.fliplr, a coin of two integers."""

def random_flip(image, rng):
    return np.fliplr(image) if rng.integers(2) else image.copy()
