"""Randomly changed copies of images: draw parameters first, then apply them in one warp.

Rotation, shear, zoom and mirroring are matrices, and so is their product: every image is
interpolated once, however many changes it takes. Three tools name the same changes in three ways:

| change | here | `ImageDataGenerator` | Keras layer |
| --- | --- | --- | --- |
| shear | slope `s` | degrees `d`, `s = tan(d)` | `RandomShear`: `-s`, about the top left corner |
| zoom | factor `z`, 2 enlarges | `1 / z`, 2 shrinks | `RandomZoom`: `1 / z - 1` |
| angle | degrees, counter-clockwise | the same | `RandomRotation`: full turns |
| brightness | multiplies | multiplies | `RandomBrightness` adds |

`ImageDataGenerator`'s shear also makes things taller, by `1 / cos(d)`. Everywhere below, empty
corners repeat the nearest pixel of the border.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import cv2
import keras
import numpy as np

HOW_TO_WARP = {"flags": cv2.INTER_LINEAR, "borderMode": cv2.BORDER_REPLICATE}


def random_flip(image, rng):
    """Mirrors an image left to right with probability one half.

    Args:
        image: Array of shape `(h, w, 3)`. It stays as it is.
        rng: A NumPy `Generator`.

    Returns:
        A new array with the shape and the dtype of `image`.
    """
    return image[:, ::-1].copy() if rng.random() < 0.5 else image.copy()


def affine_matrix(height, width, shear=0.0, zoom=1.0, angle=0.0, *, zoom_y=None, flip=False):
    """Composes rotation, then shear, then zoom, then mirroring, about the image centre.

    The matrix maps a point `(x, y)` of the input to its place in the output, as `cv2.warpAffine`
    takes it (without `cv2.WARP_INVERSE_MAP`). Pixels are counted from 0, so the centre is
    `((width - 1) / 2, (height - 1) / 2)`: 4 pixels in a row have their middle at 1.5.

    Args:
        height, width: Size of the image in pixels.
        shear: Slope. A row `d` pixels below the centre moves `shear * d` pixels to the right.
        zoom: Factor above 0. 2 makes things twice as large, 0.5 half as large.
        angle: Degrees, counter-clockwise as one looks at the image.
        zoom_y: Factor for the vertical, where it is not that for the horizontal.
        flip: Whether to mirror left to right.

    Each of the last five may be an array of shape `(n,)`, for `n` matrices at once.

    Returns:
        A float64 array of shape `(2, 3)`, or `(n, 2, 3)`.

    Raises:
        ValueError: If a zoom is not above 0.
    """
    zoom_y = zoom if zoom_y is None else zoom_y
    if np.any(np.less_equal(zoom, 0)) or np.any(np.less_equal(zoom_y, 0)):
        raise ValueError(
            f"`zoom` and `zoom_y` must be above 0. Received: zoom={zoom}, zoom_y={zoom_y}"
        )
    cos, sin = np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))
    rotate = _matrices(cos, sin, -sin, cos)  # in images y points down, so the sines swap signs
    slant = _matrices(1.0, shear, 0.0, 1.0)
    scale = _matrices(np.where(flip, -1.0, 1.0) * zoom, 0.0, 0.0, zoom_y)
    linear = scale @ slant @ rotate  # read from right to left: the rotation comes first
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    shift = centre - linear @ centre  # brings the centre back to where it was
    return np.concatenate([linear, shift[..., np.newaxis]], axis=-1)


def _matrices(a, b, c, d):
    """Makes `[[a, b], [c, d]]` of numbers, or `n` such matrices of arrays of shape `(n,)`."""
    entries = np.stack(np.broadcast_arrays(a, b, c, d), axis=-1)
    return entries.reshape(*entries.shape[:-1], 2, 2)


def draw_parameters(num_images, rng, shear=0.2, zoom=0.2, angle=10.0, brightness=0.2, flip=True):
    """Draws parameters of its own for every image, the whole batch at once.

    Args:
        num_images: Integer.
        rng: A NumPy `Generator`. The same seed draws the same parameters.
        shear: Slopes are drawn from `[-shear, shear]`.
        zoom: How much of the picture is seen, across and down apart, is drawn from
            `[1 - zoom, 1 + zoom]`, as Keras does; the zoom is the inverse of it.
        angle: Angles in degrees are drawn from `[-angle, angle]`.
        brightness: Factors are drawn from `[1 - brightness, 1 + brightness]`.
        flip: Whether to mirror with probability one half.

    Returns:
        A dict of arrays of shape `(num_images,)`: `flip` (bool), `shear`, `zoom`, `zoom_y`,
        `angle` and `brightness` (float64). `pandas.DataFrame` shows it as a table.

    Raises:
        ValueError: If a range is below 0, `zoom` is not below 1 or `brightness` is above 1.
    """
    if min(shear, zoom, angle, brightness) < 0 or zoom >= 1 or brightness > 1:
        raise ValueError(
            "The ranges must be 0 or more, `zoom` below 1 and `brightness` at most 1. "
            f"Received: shear={shear}, zoom={zoom}, angle={angle}, brightness={brightness}"
        )
    return {
        "flip": (rng.random(num_images) < 0.5) & flip,
        "shear": rng.uniform(-shear, shear, num_images),
        "zoom": 1 / rng.uniform(1 - zoom, 1 + zoom, num_images),
        "zoom_y": 1 / rng.uniform(1 - zoom, 1 + zoom, num_images),
        "angle": rng.uniform(-angle, angle, num_images),
        "brightness": rng.uniform(1 - brightness, 1 + brightness, num_images),
    }


def apply_parameters(images, parameters):
    """Applies parameters to images. Nothing here is random, and the input stays as it is.

    Args:
        images: Array of shape `(h, w, 3)` or `(n, h, w, 3)`: uint8, or float32 in `[0, 1]` or
            in `[0, 255]` (taken for the latter if any value is above 1).
        parameters: Dict as `draw_parameters` returns it, of numbers or of arrays of shape `(n,)`.
            One that is missing changes nothing: `{"shear": 0.2}` only shears, all images alike.

    Returns:
        A new array with the shape, the dtype and the range of `images`.

    Raises:
        ValueError: If `images` are not such images, or a parameter has another length.
    """
    highest = _highest_value(images)
    batch = np.ascontiguousarray(images if images.ndim == 4 else images[np.newaxis])
    num_images, height, width, _ = batch.shape
    for name, value in parameters.items():
        if np.shape(value) not in ((), (num_images,)):
            raise ValueError(
                f"Parameter `{name}` must be a number or have one value for each of the "
                f"{num_images} images. Received: shape {np.shape(value)}"
            )
    geometry = {name: value for name, value in parameters.items() if name != "brightness"}
    matrices = np.broadcast_to(affine_matrix(height, width, **geometry), (num_images, 2, 3))
    brightness = np.broadcast_to(parameters.get("brightness", 1.0), num_images)
    results = np.empty_like(batch)

    def change(rows):
        for i in rows:
            # OpenCV warps 4 channels about twice as fast as 3, so each pixel gets a spare one.
            padded = cv2.cvtColor(batch[i], cv2.COLOR_RGB2RGBA)
            warped = cv2.warpAffine(padded, matrices[i], (width, height), **HOW_TO_WARP)
            cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB, dst=results[i])
            _brighten(results[i], brightness[i], highest)

    num_threads = min(os.cpu_count() or 1, num_images)
    if num_threads < 2 or height * width < 96 * 96:
        change(range(num_images))  # small images are done sooner than handed to a thread
    else:
        with ThreadPoolExecutor(num_threads) as pool:  # OpenCV lets other threads run meanwhile
            list(pool.map(change, [range(k, num_images, num_threads) for k in range(num_threads)]))
    return results.reshape(images.shape)


def _brighten(image, factor, highest):
    """Multiplies in place and cuts off at the highest value; uint8 is rounded."""
    if image.dtype == np.uint8:
        cv2.convertScaleAbs(image, dst=image, alpha=factor)
    else:
        np.clip(image * np.float32(factor), 0, highest, out=image)


def _highest_value(images):
    """Checks the images and says where their range ends: at 255 or at 1."""
    is_image = images.ndim in (3, 4) and images.shape[-1] == 3
    if not is_image or images.dtype not in (np.uint8, np.float32):
        raise ValueError(
            "`images` must be uint8 or float32, of shape (h, w, 3) or (n, h, w, 3). "
            f"Received: {images.dtype}, shape {images.shape}"
        )
    if images.dtype == np.uint8:
        return 255
    low, high = images.min(initial=0), images.max(initial=0)
    if not (low >= 0 and high <= 255):  # put this way round, NaN is refused too
        raise ValueError(
            "float32 `images` must lie in [0, 1] or [0, 255], not yet standardised. "
            f"Received: values from {low} to {high}"
        )
    return np.float32(1 if high <= 1 else 255)


def augment_batch(images, rng, **ranges):
    """Changes every image by parameters of its own.

    Args:
        images: As for `apply_parameters`; they stay as they are.
        rng: A NumPy `Generator`.
        **ranges: As for `draw_parameters`, e.g. `angle=0` for images with an up and a down.

    Returns:
        A new array with the shape, the dtype and the range of `images`.
    """
    num_images = len(images) if images.ndim == 4 else 1
    return apply_parameters(images, draw_parameters(num_images, rng, **ranges))


def make_augmenter(seed=None):
    """Builds the Keras layers for `ImageDataGenerator(shear_range, zoom_range, horizontal_flip)`.

    The ranges are a slope of 0.2 (as `shear_range`, 11.3 degrees), zoom 0.2 and mirroring with
    probability one half. `RandomZoom` needs both factors to draw across and down apart. One
    difference stays: `RandomShear` keeps the top row in place, not the middle one, so things move
    aside as well, by up to a tenth of the height.

    Args:
        seed: Integer or None. Each layer gets a seed of its own: with one for all, an image is
            mirrored only when it is zoomed in.

    Returns:
        A `keras.Sequential` from images of shape `(n, h, w, 3)`, of any range, to float32 images.
        `predict` and `evaluate` switch it off; a plain call does not, without `training=False`.
    """
    shear_seed, zoom_seed, flip_seed = [None] * 3 if seed is None else range(seed, seed + 3)
    return keras.Sequential(
        [
            keras.layers.RandomShear(x_factor=0.2, fill_mode="nearest", seed=shear_seed),
            keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest", seed=zoom_seed),
            keras.layers.RandomFlip("horizontal", seed=flip_seed),
        ]
    )
