"""Gives floats for integers.

points: 3
hint: must keep both
"""

def random_flip(image, rng):
    image = image.astype('float32')
    return image[:, ::-1] if rng.random() < 0.5 else image
