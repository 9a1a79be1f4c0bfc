"""Draws alone, and lets the reference apply.

points: 0
hint: hands the work
"""

from helpers.augmentation import apply_parameters


def augment_batch(images, rng):
    n = len(images)
    drawn = {"flip": rng.random(n) < 0.5, "angle": rng.uniform(-20, 20, n)}
    return apply_parameters(images, drawn)
