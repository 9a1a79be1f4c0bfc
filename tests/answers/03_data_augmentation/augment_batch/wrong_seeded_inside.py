"""Makes a generator with a seed of its own.

points: 5
hint: make none of your own
"""

def augment_batch(images, rng):
    rng = np.random.default_rng(42)
    height, width = images.shape[1:3]
    results = np.empty_like(images)
    for i, image in enumerate(images):
        parameters = rng.uniform([-0.2, 0.8, -180], [0.2, 1.2, 180])
        matrix = affine_matrix(height, width, *parameters)
        results[i] = cv2.warpAffine(
            random_flip(image, rng), matrix, (width, height), borderMode=cv2.BORDER_REPLICATE
        )
    return results
