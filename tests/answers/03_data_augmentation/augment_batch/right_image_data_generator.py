"""ImageDataGenerator applies what rng drew."""

def augment_batch(images, rng):
    legacy = ImageDataGenerator()
    results = []
    for image in images:
        parameters = {
            "shear": rng.uniform(-11, 11),
            "zx": rng.uniform(0.8, 1.2),
            "zy": rng.uniform(0.8, 1.2),
            "flip_horizontal": rng.integers(2),
        }
        results.append(legacy.apply_transform(image, parameters).astype(images.dtype))
    return np.array(results)
