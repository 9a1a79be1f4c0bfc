"""Adds the changes up instead of multiplying.

points: 6
hint: must be the product
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = zoom * rotation + np.array([[0, shear], [0, 0]])
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    return np.column_stack([linear, centre - linear @ centre])
