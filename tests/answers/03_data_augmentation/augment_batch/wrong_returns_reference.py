"""Hands the work to the reference.

points: 0
hint: hands the work
"""

from helpers import augmentation


def augment_batch(images, rng):
    return augmentation.augment_batch(images, rng)
