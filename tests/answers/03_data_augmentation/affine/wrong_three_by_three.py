"""Gives 3 by 3 where OpenCV wants 2 by 3.

points: 0
hint: shape (2, 3)
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = zoom * np.array([[1, shear], [0, 1]]) @ rotation
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    return np.vstack([np.column_stack([linear, centre - linear @ centre]), [0, 0, 1]])
