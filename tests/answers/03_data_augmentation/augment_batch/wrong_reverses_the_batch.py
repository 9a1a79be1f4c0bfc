"""Reverses axis 0 of a batch, which holds the images.

points: 5
hint: the image of another place
"""

def augment_batch(images, rng):
    results = images[::-1].copy()
    mirror = rng.random(len(images)) < 0.5
    results[mirror] = results[mirror, :, ::-1]
    return results
