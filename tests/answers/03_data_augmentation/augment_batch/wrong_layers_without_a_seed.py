"""Keras layers that draw for themselves.

points: 5
hint: not from np.random
"""

def augment_batch(images, rng):
    changed = np.asarray(make_augmenter()(images.astype("float32"), training=True))
    if images.dtype == np.uint8:
        changed = np.clip(np.round(changed), 0, 255)
    return changed.astype(images.dtype)
