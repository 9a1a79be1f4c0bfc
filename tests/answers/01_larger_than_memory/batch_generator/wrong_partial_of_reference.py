"""Hides the course's own generator in functools.partial.

points: 0
hint: hands the work to the reference
"""

import functools

from helpers import generators

batch_generator = functools.partial(generators.batch_generator)
