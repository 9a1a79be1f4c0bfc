"""Returns a copy.

points: 4
hint: None of 32
hint: same images
"""

def augment_batch(images, rng):
    return images.copy()
