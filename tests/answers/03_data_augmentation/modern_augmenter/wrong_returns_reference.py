"""Hands the work to the reference.

points: 0
hint: hands the work
"""

from helpers import augmentation


def make_augmenter(seed=None):
    return augmentation.make_augmenter(seed)
