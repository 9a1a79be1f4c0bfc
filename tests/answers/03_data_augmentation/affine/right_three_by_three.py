"""Matrices of 3 by 3: to the origin, the changes, and back."""

def affine_matrix(height, width, shear, zoom, angle):
    cx, cy = (width - 1) / 2, (height - 1) / 2
    t = np.radians(angle)
    to_origin = np.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1]])
    back = np.array([[1, 0, cx], [0, 1, cy], [0, 0, 1]])
    rotate = np.array([[np.cos(t), np.sin(t), 0], [-np.sin(t), np.cos(t), 0], [0, 0, 1]])
    slant = np.array([[1, shear, 0], [0, 1, 0], [0, 0, 1]])
    scale = np.diag([zoom, zoom, 1])
    return (back @ scale @ slant @ rotate @ to_origin)[:2]
