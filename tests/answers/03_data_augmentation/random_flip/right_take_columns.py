"""Columns taken by number."""

def random_flip(image, rng):
    columns = np.arange(image.shape[1])
    if rng.uniform() >= 0.5:
        columns = columns[::-1]
    return np.take(image, columns, axis=1)
