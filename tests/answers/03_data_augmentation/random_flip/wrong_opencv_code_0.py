"""cv2.flip with 0 flips upside down.

points: 3
hint: upside down
"""

def random_flip(image, rng):
    return cv2.flip(image, 0) if rng.random() < 0.5 else image
