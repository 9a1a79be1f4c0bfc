"""Always adds one, also where there is no rest.

points: 2
hint: There is no rest here
"""


def steps_per_epoch(num_samples, batch_size):
    if batch_size < 1:
        raise ValueError(batch_size)
    return math.floor(num_samples / batch_size) + 1
