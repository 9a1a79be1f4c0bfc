"""Makes floats brighter without clipping.

points: 5
hint: need clipping
"""

def augment_batch(images, rng):
    factors = rng.uniform(0.7, 1.3, (len(images), 1, 1, 1))
    brighter = images * factors
    return np.clip(brighter, 0, 255).astype(images.dtype)
