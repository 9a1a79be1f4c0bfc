"""A normal draw is below 0.5 in 69 of 100 cases.

points: 3
hint: about 1000
"""

def random_flip(image, rng):
    return image[:, ::-1] if rng.normal() < 0.5 else image
