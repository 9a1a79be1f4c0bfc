"""Draws from NumPy's global generator.

points: 5
hint: not from np.random
"""

def augment_batch(images, rng):
    height, width = images.shape[1:3]
    results = np.empty_like(images)
    for i, image in enumerate(images):
        parameters = np.random.uniform([-0.2, 0.8, -180], [0.2, 1.2, 180])
        matrix = affine_matrix(height, width, *parameters)
        results[i] = cv2.warpAffine(
            random_flip(image, rng), matrix, (width, height), borderMode=cv2.BORDER_REPLICATE
        )
    return results
