"""Hands the work to the reference.

points: 0
hint: hands the work
"""

from helpers.augmentation import random_flip
