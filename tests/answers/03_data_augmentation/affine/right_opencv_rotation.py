"""OpenCV's matrix for turning and zooming, times a shear about the centre."""

def affine_matrix(height, width, shear, zoom, angle):
    centre = ((width - 1) / 2, (height - 1) / 2)
    turned = np.vstack([cv2.getRotationMatrix2D(centre, angle, zoom), [0, 0, 1]])
    slanted = np.array([[1, shear, -shear * centre[1]], [0, 1, 0], [0, 0, 1]])
    return (slanted @ turned)[:2]
