"""Noise and light on top of a mirror, in float and back."""

def augment_batch(images, rng):
    top = 255.0 if images.dtype == np.uint8 or images.max() > 1.5 else 1.0
    x = images.astype(np.float32) / top
    x = np.stack([random_flip(image, rng) for image in x])
    x = x * rng.uniform(0.8, 1.2, (len(x), 1, 1, 1)) + rng.normal(0, 0.02, x.shape)
    x = np.clip(x, 0, 1) * top
    return np.rint(x).astype(np.uint8) if images.dtype == np.uint8 else x.astype(images.dtype)
