"""Takes batches away until no sample is left."""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError("`batch_size` must be at least 1")
    steps = 0
    while num_samples > 0:
        num_samples -= batch_size
        steps += 1
    return steps
