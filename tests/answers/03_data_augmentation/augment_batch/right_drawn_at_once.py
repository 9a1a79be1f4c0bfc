"""All parameters are drawn at once, then used in a generator expression."""

def augment_batch(images, rng):
    n, height, width, _ = images.shape
    drawn = zip(rng.uniform(-0.2, 0.2, n), rng.uniform(0.8, 1.2, n), rng.uniform(-20, 20, n))
    result = np.zeros(images.shape, images.dtype)
    for image, parameters, target in zip(images, drawn, result):
        matrix = affine_matrix(height, width, *parameters)
        target[...] = cv2.warpAffine(
            random_flip(image, rng), matrix, (width, height), borderMode=cv2.BORDER_REFLECT_101
        )
    return result
