"""Mirrors the whole batch or none of it.

points: 5
hint: 64 equal images
"""

def augment_batch(images, rng):
    turned = images[:, :, ::-1] if rng.random() < 0.5 else images
    shade = 0.9 - 0.2 * rng.random()
    return (turned * shade).astype(images.dtype)
