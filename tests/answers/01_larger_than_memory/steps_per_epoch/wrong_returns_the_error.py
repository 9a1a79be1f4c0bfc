"""Returns the error in place of raising it.

points: 2
hint: must raise a ValueError
hint: returned, not raised
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        return ValueError(f"batch_size must be at least 1, not {batch_size}")
    return math.ceil(num_samples / batch_size)
