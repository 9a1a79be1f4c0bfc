"""Hands zoom and shear over in the wrong order: images shrink to nothing.

points: 5
hint: no longer belongs to its label
"""


def augment_batch(images, rng):
    height, width = images.shape[1:3]
    results = []
    for image in images:
        shear, zoom, angle = rng.uniform(-0.2, 0.2), rng.uniform(0.8, 1.2), rng.uniform(-180, 180)
        matrix = affine_matrix(height, width, zoom, shear, angle)
        results.append(
            cv2.warpAffine(
                random_flip(image, rng), matrix, (width, height), borderMode=cv2.BORDER_REPLICATE
            )
        )
    return np.stack(results)
