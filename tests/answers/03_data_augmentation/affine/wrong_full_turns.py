"""Takes the angle for full turns, as Keras' layer does.

points: 6
hint: a turn by 30 degrees
"""

def affine_matrix(height, width, shear, zoom, angle):
    cos, sin = np.cos(2 * np.pi * angle), np.sin(2 * np.pi * angle)
    rotation = np.array([[cos, sin], [-sin, cos]])
    linear = zoom * np.array([[1, shear], [0, 1]]) @ rotation
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    return np.column_stack([linear, centre - linear @ centre])
