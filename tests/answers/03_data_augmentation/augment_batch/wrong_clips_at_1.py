"""Takes all floats for values up to 1.

points: 5
hint: clipped at 1
"""

def augment_batch(images, rng):
    factors = rng.uniform(0.7, 1.3, (len(images), 1, 1, 1))
    highest = 255 if images.dtype == np.uint8 else 1
    return np.clip(images * factors, 0, highest).astype(images.dtype)
