"""Rotation and zoom as a complex number, float32."""

def affine_matrix(height, width, shear, zoom, angle):
    turn = zoom * np.exp(-1j * np.deg2rad(angle))
    columns = [turn * 1, turn * (shear + 1j)]
    centre = (width - 1) / 2 + 1j * (height - 1) / 2
    columns.append(centre - columns[0] * centre.real - columns[1] * centre.imag)
    return np.array([[c.real for c in columns], [c.imag for c in columns]], dtype="float32")
