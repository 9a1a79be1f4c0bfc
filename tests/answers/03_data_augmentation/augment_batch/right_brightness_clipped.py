"""Brightness only, clipped at the end of the range."""

def augment_batch(images, rng):
    highest = 255 if images.dtype == np.uint8 or images.max() > 1 else 1
    factors = rng.uniform(0.7, 1.3, (len(images), 1, 1, 1))
    return np.clip(images * factors, 0, highest).astype(images.dtype)
