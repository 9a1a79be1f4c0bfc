"""np.flip along axis 1, a binomial draw."""

def random_flip(image, rng):
    image = np.array(image)
    if rng.binomial(1, 0.5) == 1:
        image = np.flip(image, axis=1)
    return image
