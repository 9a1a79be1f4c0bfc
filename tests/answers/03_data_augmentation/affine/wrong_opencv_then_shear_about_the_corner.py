"""OpenCV turns about the centre, but the shear is about the corner.

points: 6
hint: must stay where it is
"""

def affine_matrix(height, width, shear, zoom, angle):
    centre = ((width - 1) / 2, (height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(centre, angle, zoom)
    return np.array([[1, shear], [0, 1]]) @ matrix
