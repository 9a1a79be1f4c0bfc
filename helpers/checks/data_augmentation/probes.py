"""Measures what layers do to images, on pictures of their own coordinates.

Red grows with x and green with y, so red and green tell where a pixel came from, and a linear fit
over the middle of the picture is the matrix that was used. The corners are left out: they may be
filled in any way.
"""

import numpy as np

from helpers.checks import expect, once

SIZE, COUNT = 64, 400
MIDDLE = slice(SIZE // 4, -SIZE // 4)


def random_seed():
    return int(np.random.default_rng().integers(1_000_000))


def random_images(count=16, height=20, width=28):
    return np.random.default_rng().uniform(0, 255, (count, height, width, 3)).astype("float32")


def call(augmenter, images, training):
    expect(
        callable(augmenter),
        f"make_augmenter must return a keras.Sequential. Received: {type(augmenter).__name__}",
    )
    # Copies: neither what it is compared with nor what came is for the answer to change.
    changed = np.array(augmenter(images.copy(), training=training), np.float64)
    expect(
        changed.shape == images.shape,
        f"Images of shape {images.shape} must keep it. Received: {changed.shape}",
    )
    return changed


@once
def drawn(make_augmenter):
    """What happened to each of many copies of one picture, in training; the checks share it.

    Returns:
        Dict of arrays `(COUNT,)`: `across` and `down`, how many pixels of the input lie beside
        each other in one pixel of the output, below 0 where they are mirrored; `slant` and `dip`,
        how far the source moves sideways from row to row, and down from column to column;
        `ramp`, whether red still grows all the way to the right border.
    """
    y, x = np.mgrid[:SIZE, :SIZE].astype("float32")
    # From 64 to 190: brightness may add to it, and has a check of its own.
    chart = np.stack([64 + 2 * x, 64 + 2 * y, np.full_like(x, 128)], axis=-1)
    images = np.broadcast_to(chart, (COUNT, SIZE, SIZE, 3)).copy()
    changed = call(make_augmenter(random_seed()), images, training=True)
    middle = changed[:, MIDDLE, MIDDLE]
    blue = middle[..., 2].mean(axis=(1, 2))
    middle = middle[..., :2] / 2 * (128 / (np.median(blue) or 1))  # in pixels, on any scale
    places = np.column_stack([x[MIDDLE, MIDDLE].ravel(), y[MIDDLE, MIDDLE].ravel()])
    places = np.column_stack([places, np.ones(len(places))])
    fits = np.linalg.pinv(places) @ middle.reshape(COUNT, -1, 2)
    (across, slant), (dip, down) = fits[:, :2, 0].T, fits[:, :2, 1].T
    steps = np.diff(changed[:, SIZE // 2, :, 0], axis=1) * np.sign(across)[:, None]
    return {
        "across": across, "down": down, "slant": slant, "dip": dip, "blue": blue,
        "ramp": (steps > -0.01).all(axis=1),
    }  # fmt: skip


def slopes(found):
    """The slope of each shear: it may come before the zoom or after it, where it reads larger."""
    readings = [found["slant"] / np.where(z == 0, 1, z) for z in (found["across"], found["down"])]
    return min(readings, key=lambda slope: np.abs(slope).max())
