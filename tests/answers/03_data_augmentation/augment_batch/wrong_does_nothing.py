"""Returns a copy.

points: 4
hint: None of 64
hint: same images
"""

def augment_batch(images, rng):
    return images.copy()
