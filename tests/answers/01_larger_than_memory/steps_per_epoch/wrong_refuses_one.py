"""Off by one: refuses batches of one sample, which are allowed.

points: 2
hint: Full batches leave no rest
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size <= 1:
        raise ValueError(batch_size)
    return math.ceil(num_samples / batch_size)
