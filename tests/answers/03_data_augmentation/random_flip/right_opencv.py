"""cv2.flip, a choice of truth values."""

def random_flip(image, rng):
    return cv2.flip(image, 1) if rng.choice([True, False]) else image
