"""Derives from the course's own class and adds nothing.

points: 0
hint: hands the work to the reference
"""

from helpers import generators


class TileBatches(generators.TileBatches):
    pass
