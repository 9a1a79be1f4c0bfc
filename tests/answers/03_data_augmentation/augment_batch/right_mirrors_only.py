"""Mirrors, the whole batch at once with a mask."""

def augment_batch(images, rng):
    mirror = rng.random(len(images)) < 0.5
    return np.where(mirror[:, None, None, None], images[:, :, ::-1], images)
