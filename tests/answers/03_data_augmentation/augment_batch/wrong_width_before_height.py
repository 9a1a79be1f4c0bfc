"""Gives width before height, so that images turn about another point than their centre.

points: 5
hint: height before width
"""


def augment_batch(images, rng):
    height, width = images.shape[1:3]
    results = np.empty_like(images)
    for i, image in enumerate(images):
        matrix = affine_matrix(width, height, 0.0, rng.uniform(0.8, 1.2), rng.uniform(-180, 180))
        results[i] = cv2.warpAffine(
            random_flip(image, rng), matrix, (width, height), borderMode=cv2.BORDER_REPLICATE
        )
    return results
