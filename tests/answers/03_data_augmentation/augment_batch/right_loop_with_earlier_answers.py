"""A loop over the images with the answers to the earlier exercises."""

def augment_batch(images, rng):
    height, width = images.shape[1:3]
    results = np.empty_like(images)
    for i in range(len(images)):
        matrix = affine_matrix(
            height, width, rng.uniform(-0.2, 0.2), rng.uniform(0.8, 1.2), rng.uniform(-180, 180)
        )
        warped = cv2.warpAffine(
            random_flip(images[i], rng), matrix, (width, height), borderMode=cv2.BORDER_REPLICATE
        )
        results[i] = warped
    return results
