"""Crops a part and resizes it."""

def augment_batch(images, rng):
    n, h, w, _ = images.shape
    out = images.copy()
    for i in range(n):
        top, left = rng.integers(0, h // 4 + 1), rng.integers(0, w // 4 + 1)
        part = images[i, top : top + 3 * h // 4, left : left + 3 * w // 4]
        out[i] = cv2.resize(np.ascontiguousarray(part), (w, h))
    return out
