"""Does not look at the batch size: a ZeroDivisionError, and negative steps.

points: 2
hint: must raise a ValueError
"""


def steps_per_epoch(num_samples, batch_size):
    return math.ceil(num_samples / batch_size)
