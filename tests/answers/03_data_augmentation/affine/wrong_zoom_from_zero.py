"""Takes a zoom of 0 for no change, as Keras' layer does.

points: 5
hint: Nothing is to change
hint: Zoom 2.0 must give
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = (1 + zoom) * np.array([[1, shear], [0, 1]]) @ rotation
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    return np.column_stack([linear, centre - linear @ centre])
