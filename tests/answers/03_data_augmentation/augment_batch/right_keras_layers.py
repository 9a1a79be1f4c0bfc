"""Keras layers, seeded from rng; rounded and cast back."""

def augment_batch(images, rng):
    augmenter = make_augmenter(int(rng.integers(2**31 - 10)))
    changed = np.asarray(augmenter(images.astype("float32"), training=True))
    if images.dtype == np.uint8:
        changed = np.clip(np.round(changed), 0, 255)
    return changed.astype(images.dtype)
