"""Makes uint8 brighter without clipping: 250 becomes 19.

points: 5
hint: clip first
"""

def augment_batch(images, rng):
    factors = rng.uniform(1.0, 1.3, (len(images), 1, 1, 1))
    brighter = images * factors
    if images.dtype != np.uint8:
        brighter = np.minimum(brighter, 1 if images.max() <= 1 else 255)
    return brighter.astype(images.dtype)
