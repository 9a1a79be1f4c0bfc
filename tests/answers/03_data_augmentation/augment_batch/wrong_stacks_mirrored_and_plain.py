"""Puts the mirrored ones first.

points: 5
hint: the image of another place
"""

def augment_batch(images, rng):
    mirror = rng.random(len(images)) < 0.5
    return np.concatenate([images[mirror][:, :, ::-1], images[~mirror]])
