"""Asks the length of the course's own TileBatches.

points: 0
hint: hands the work to the reference
"""

from helpers.generators import TileBatches


def steps_per_epoch(num_samples, batch_size):
    table = pd.DataFrame({"tile_name": ["a"] * num_samples, "y": [0] * num_samples})
    return len(TileBatches(table, batch_size, "", 1))
