"""Calls the course's own function under another name.

points: 0
hint: hands the work to the reference
"""

from helpers import generators as tools


def steps_per_epoch(num_samples, batch_size):
    return int(tools.steps_per_epoch(num_samples, batch_size))
