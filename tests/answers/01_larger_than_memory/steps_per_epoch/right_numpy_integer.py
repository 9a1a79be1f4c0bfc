"""A NumPy integer comes out, which is a whole number all the same."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError("batch_size must be 1 or more")
    return np.int64(num_samples + batch_size - 1) // batch_size
