"""A comprehension; corners stay black."""

def augment_batch(images, rng):
    def change(image):
        height, width = image.shape[:2]
        centre = ((width - 1) / 2, (height - 1) / 2)
        matrix = cv2.getRotationMatrix2D(centre, rng.uniform(-30, 30), rng.uniform(0.9, 1.1))
        return cv2.warpAffine(image, matrix, (width, height))

    return np.stack([change(image) for image in images])
