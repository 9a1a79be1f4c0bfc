"""Multiplies by float64 numbers and keeps them.

points: 5
hint: must keep its dtype
"""

def augment_batch(images, rng):
    factors = rng.uniform(0.7, 1.0, (len(images), 1, 1, 1))
    return images * factors if images.dtype == np.float32 else (images * factors).astype("uint8")
