"""Hands the work to the reference.

points: 0
hint: hands the work
"""

from helpers.augmentation import affine_matrix as ready_made


def affine_matrix(height, width, shear, zoom, angle):
    return ready_made(height, width, shear=shear, zoom=zoom, angle=angle)
