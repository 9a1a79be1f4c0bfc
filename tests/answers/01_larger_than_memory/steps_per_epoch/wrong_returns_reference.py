"""Returns the course's own function.

points: 0
hint: hands the work to the reference
"""

from helpers.generators import steps_per_epoch
