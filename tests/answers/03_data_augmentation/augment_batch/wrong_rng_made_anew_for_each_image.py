"""Makes a generator from one drawn seed for every image: all are alike.

points: 5
hint: not once for the batch
"""

def augment_batch(images, rng):
    seed = rng.integers(2**31)
    height, width = images.shape[1:3]
    results = np.empty_like(images)
    for i, image in enumerate(images):
        mine = np.random.default_rng(seed)
        parameters = mine.uniform([-0.2, 0.8, -180], [0.2, 1.2, 180])
        matrix = affine_matrix(height, width, *parameters)
        results[i] = cv2.warpAffine(image, matrix, (width, height))
    return results
