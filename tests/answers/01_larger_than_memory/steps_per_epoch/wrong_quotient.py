"""Leaves the quotient as it is.

points: 2
hint: must be
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return num_samples / batch_size
