"""Rounds to the nearest.

points: 2
hint: round up
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return round(num_samples / batch_size)
