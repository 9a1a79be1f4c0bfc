"""Returns 0 instead of an error, so training does nothing and says nothing.

points: 2
hint: must raise a ValueError
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        return 0
    return math.ceil(num_samples / batch_size)
