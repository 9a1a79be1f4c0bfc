"""The step of the slice is drawn."""

def random_flip(image, rng):
    step = int(rng.choice([-1, 1]))
    return image[:, ::step]
