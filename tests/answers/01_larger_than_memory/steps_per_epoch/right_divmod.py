"""Full batches, and one more where there is a rest."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    full, rest = divmod(num_samples, batch_size)
    return full + (rest > 0)
