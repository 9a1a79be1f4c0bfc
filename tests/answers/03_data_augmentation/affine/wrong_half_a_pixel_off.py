"""Takes width / 2 and height / 2 for the centre.

points: 6
hint: half a pixel off
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = zoom * np.array([[1, shear], [0, 1]]) @ rotation
    centre = np.array([width / 2, height / 2])
    return np.column_stack([linear, centre - linear @ centre])
