"""Returns the course's own generator.

points: 0
hint: hands the work to the reference
"""

from helpers.generators import batch_generator
