"""Gives one step for no samples.

points: 2
hint: must be 0
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return max(1, math.ceil(num_samples / batch_size))
