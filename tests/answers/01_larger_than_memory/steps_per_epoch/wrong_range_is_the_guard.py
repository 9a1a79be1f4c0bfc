"""Leaves the guard to range(), which refuses a step of 0 but not a negative one.

points: 2
hint: steps_per_epoch(10, -4) must raise a ValueError
"""


def steps_per_epoch(num_samples, batch_size):
    return len(range(0, num_samples, batch_size))
