"""Returns the course's own class.

points: 0
hint: hands the work to the reference
"""

from helpers.generators import TileBatches
