"""Two coins must both show heads.

points: 3
hint: about 1000
"""

def random_flip(image, rng):
    if rng.random() < 0.5 and rng.random() < 0.5:
        return image[:, ::-1]
    return image
