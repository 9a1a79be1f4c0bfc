"""Uses assert for what a caller may get wrong: another error, and none under python -O.

points: 2
hint: AssertionError
"""


def steps_per_epoch(num_samples, batch_size):
    assert batch_size >= 1, "batch_size must be at least 1"
    return math.ceil(num_samples / batch_size)
