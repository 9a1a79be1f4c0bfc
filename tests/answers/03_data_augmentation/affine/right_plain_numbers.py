"""Multiplied out by hand with the math module."""

import math


def affine_matrix(height, width, shear, zoom, angle):
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    a, b = zoom * (c - shear * s), zoom * (s + shear * c)
    d, e = -zoom * s, zoom * c
    x, y = (width - 1) / 2, (height - 1) / 2
    return np.array([[a, b, x - a * x - b * y], [d, e, y - d * x - e * y]])
