"""cv2.getAffineTransform on three points, in float32."""

def affine_matrix(height, width, shear, zoom, angle):
    centre = np.array([width - 1, height - 1]) / 2
    t = np.deg2rad(angle)

    def move(x, y):
        x, y = np.cos(t) * x + np.sin(t) * y, -np.sin(t) * x + np.cos(t) * y
        return zoom * (x + shear * y), zoom * y

    points = [(0, 0), (100, 0), (0, 100)]
    before = np.float32([centre + p for p in points])
    after = np.float32([centre + move(*p) for p in points])
    return cv2.getAffineTransform(before, after).astype("float32")
