"""Adds the whole batch size before dividing, so full batches leave an empty one.

points: 2
hint: There is no rest here
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return (num_samples + batch_size) // batch_size
