"""Refuses 0 only, so a negative batch size gives negative steps.

points: 2
hint: steps_per_epoch(10, -4) must raise a ValueError
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size == 0:
        raise ValueError("`batch_size` must not be 0")
    return -(-num_samples // batch_size)
