"""The shift belongs to the rotation alone.

points: 6
hint: must stay where it is
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = zoom * np.array([[1, shear], [0, 1]]) @ rotation
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    return np.column_stack([linear, centre - rotation @ centre])
