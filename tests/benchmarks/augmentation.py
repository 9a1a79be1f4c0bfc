"""Compares `helpers.augmentation` with other ways to make the same changes to the same images.

    python -m tests.benchmarks augmentation [--quick]

Every contestant takes uint8 RGB images and returns uint8 RGB images of that size: rotation by up to
10 degrees, shear with a slope of up to 0.2, zoom across and down apart (0.8 to 1.2 of the image is
seen), mirroring with probability one half, brightness times 0.8 to 1.2; bilinear, the border
repeated, parameters of its own for every image. Equal settings do not mean equal operations, so the
first table holds what was measured on the images that came out. It shows two differences that stay:
Keras' shear also moves the image (see `make_augmenter`), and albumentations shears after it turns,
which reads as a steeper slope and a larger angle in the order of the others. The other tables hold
medians, with the quartiles in brackets. ImageDataGenerator needs SciPy.

albumentations asks for opencv-python-headless, which overwrites the `cv2` of opencv-python; so
install it without its dependencies, in an environment made for this:

    pip install -e ".[bench]"
    pip install --no-deps albumentations==2.0.8 albucore==0.0.24
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")  # it asks the network for its version

import keras
import numpy as np
import tensorflow as tf

from helpers import augmentation

from . import timing

SHEAR, ZOOM, ANGLE, BRIGHTNESS = 0.2, 0.2, 10.0, 0.2
OURS, LEGACY, RIVAL = "helpers.augmentation", "ImageDataGenerator", "albumentations"


def ours():
    """`augment_batch`: one composed warp for each image."""
    rng = np.random.default_rng(0)
    return lambda images: augmentation.augment_batch(
        images, rng, shear=SHEAR, zoom=ZOOM, angle=ANGLE, brightness=BRIGHTNESS
    )


def image_data_generator():
    """`random_transform` on every image. It needs SciPy."""
    import scipy  # noqa: F401  (Keras imports it when the first image comes)
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    generator = ImageDataGenerator(
        rotation_range=ANGLE,
        shear_range=np.rad2deg(np.arctan(SHEAR)),
        zoom_range=ZOOM,
        brightness_range=(1 - BRIGHTNESS, 1 + BRIGHTNESS),
        horizontal_flip=True,
    )

    def change(images):
        results = np.empty_like(images)
        for i, image in enumerate(images):
            results[i] = generator.random_transform(image)
        return results

    return change


def keras_layers():
    """The layers in a `tf.data` pipeline, in batches. `RandomBrightness` adds: we multiply."""
    layers = keras.Sequential(
        [
            keras.layers.RandomRotation(ANGLE / 360, fill_mode="nearest", seed=0),
            keras.layers.RandomShear(SHEAR, fill_mode="nearest", seed=1),
            keras.layers.RandomZoom(ZOOM, ZOOM, fill_mode="nearest", seed=2),
            keras.layers.RandomFlip("horizontal", seed=3),
        ]
    )

    def change_batch(batch):
        factor = tf.random.uniform((tf.shape(batch)[0], 1, 1, 1), 1 - BRIGHTNESS, 1 + BRIGHTNESS)
        changed = layers(tf.cast(batch, "float32"), training=True) * factor
        return tf.cast(tf.clip_by_value(tf.round(changed), 0, 255), "uint8")

    latest = {}

    def change(images):
        if latest.get("images") is not images:  # a pipeline is built once, then runs every epoch
            dataset = tf.data.Dataset.from_tensor_slices(np.stack(np.split(images, 8)))
            latest["images"] = images
            latest["pipeline"] = dataset.map(change_batch, num_parallel_calls=tf.data.AUTOTUNE)
        return np.concatenate(list(latest["pipeline"].as_numpy_iterator()))

    return change


def numpy_only():
    """The same composed matrix, and a bilinear warp in NumPy."""
    rng = np.random.default_rng(0)

    def warp(image, y, x, inverse, factor):
        height, width = image.shape[:2]
        from_x = np.clip(inverse[0, 0] * x + (inverse[0, 1] * y + inverse[0, 2]), 0, width - 1)
        from_y = np.clip(inverse[1, 0] * x + (inverse[1, 1] * y + inverse[1, 2]), 0, height - 1)
        left, top = from_x.astype("int32"), from_y.astype("int32")
        across, down = (from_x - left)[..., np.newaxis], (from_y - top)[..., np.newaxis]
        # One more row and column, so that the last pixel has a neighbour as well.
        pixels = np.pad(image, ((0, 1), (0, 1), (0, 0)), "edge").reshape(-1, 3).astype("float32")
        pixels *= factor
        corner = top * (width + 1) + left
        shifts = (0, 1, width + 1, width + 2)
        result, right, below, opposite = (pixels.take(corner + k, axis=0) for k in shifts)
        result += (right - result) * across
        below += (opposite - below) * across
        result += (below - result) * down
        return np.minimum(np.rint(result, out=result), 255, out=result)

    def change(images):
        num_images, height, width, _ = images.shape
        drawn = augmentation.draw_parameters(num_images, rng, SHEAR, ZOOM, ANGLE, BRIGHTNESS)
        brightness = drawn.pop("brightness").astype("float32")
        matrices = np.zeros((num_images, 3, 3)) + np.eye(3)
        matrices[:, :2] = augmentation.affine_matrix(height, width, **drawn)
        inverses = np.linalg.inv(matrices).astype("float32")
        y, x = np.arange(height, dtype="float32")[:, np.newaxis], np.arange(width, dtype="float32")
        results = np.empty_like(images)
        for i in range(num_images):
            results[i] = warp(images[i], y, x, inverses[i], brightness[i])
        return results

    return change


def albumentations():
    """One `Compose` for every image, as its documentation shows it."""
    import albumentations as A
    import cv2

    degrees = np.rad2deg(np.arctan(SHEAR))
    compose = A.Compose(
        [
            A.Affine(
                scale=(1 / (1 + ZOOM), 1 / (1 - ZOOM)),
                shear={"x": (-degrees, degrees), "y": (0.0, 0.0)},
                rotate=(-ANGLE, ANGLE),
                interpolation=cv2.INTER_LINEAR,
                border_mode=cv2.BORDER_REPLICATE,
                p=1.0,
            ),
            A.HorizontalFlip(p=0.5),
            # Its "contrast" multiplies by 1 + the value drawn; its "brightness" adds.
            A.RandomBrightnessContrast((0.0, 0.0), (-BRIGHTNESS, BRIGHTNESS), p=1.0),
        ]
    )

    def change(images):
        results = np.empty_like(images)
        for i, image in enumerate(images):
            results[i] = compose(image=image)["image"]
        return results

    return change


def albumentations_in_threads():
    """The same, the images shared out among as many threads as there are processors."""
    count = os.cpu_count()
    changes = [albumentations() for _ in range(count)]
    pool = ThreadPoolExecutor(count)

    def change(images):
        shares = np.array_split(images, count)
        return np.concatenate(list(pool.map(lambda f, share: f(share), changes, shares)))

    return change


BUILDERS = {
    OURS: ours,
    LEGACY: image_data_generator,
    "Keras layers in tf.data": keras_layers,
    "NumPy": numpy_only,
    RIVAL: albumentations,
    "albumentations in threads": albumentations_in_threads,
}


def measure(change, num_images=512, size=64):
    """Recovers what `change` did to images, from pictures of their own coordinates.

    Red grows with x, green with y, and blue stays the same. So blue tells the brightness, and red
    and green tell where a pixel came from: a linear fit over the middle of the image is the matrix.

    Args:
        change: Function from uint8 images `(n, h, w, 3)` to such images.
        num_images, size: Integers.

    Returns:
        Dict of arrays of shape `(num_images,)`: `flip`, `shear`, `zoom`, `zoom_y`, `angle` and
        `brightness` as in `helpers.augmentation`, `move`, the distance in pixels that the centre
        has moved, and `misfit`, in grey levels. Rounding leaves less than 0.5; the nearest pixel in
        place of bilinear interpolation would leave more.
    """
    base, step, blue = 40, 2, 160
    y, x = np.mgrid[:size, :size]
    chart = np.stack([base + step * x, base + step * y, np.full_like(x, blue)], axis=-1)
    images = change(np.broadcast_to(chart.astype("uint8"), (num_images, size, size, 3)).copy())
    middle = slice(size // 4, size - size // 4)
    centre = (size - 1) / 2
    x, y = x[middle, middle].ravel() - centre, y[middle, middle].ravel() - centre
    places = np.column_stack([x, y, np.ones_like(x)])
    rows = []
    for image in images[:, middle, middle].reshape(num_images, -1, 3).astype("float64"):
        brightness = image[:, 2].mean() / blue
        values = image[:, :2] / brightness
        fit = np.linalg.lstsq(places, values)[0]  # (3, 2): the change of red and green per pixel
        misfit = (values - places @ fit).std() * brightness
        forward = np.linalg.inv(fit[:2].T / step)  # from the input to the output
        source = (fit[2] - base) / step - centre  # what came to lie in the centre
        angle = np.arctan2(-forward[1, 0], forward[1, 1])
        rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        zoom, slanted = forward[0] @ rotation.T
        rows.append(
            {
                "flip": zoom < 0,
                "shear": slanted / zoom,
                "zoom": abs(zoom),
                "zoom_y": np.hypot(*forward[1]),
                "angle": np.rad2deg(angle),
                "brightness": brightness,
                "move": np.hypot(*(forward @ source)),
                "misfit": misfit,
            }
        )
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def measured_table(changes):
    """Renders the smallest and largest parameter that each contestant applied to 512 images."""
    names = ["shear", "zoom", "zoom_y", "angle", "brightness", "move", "misfit"]
    lines = [f"| contestant | mirrored | {' | '.join(names)} |", "| --- " * 9 + "|"]
    for contestant, change in changes.items():
        found = measure(change)
        boxes = [f"{found[name].min():.2f} to {found[name].max():.2f}" for name in names]
        lines.append(f"| {contestant} | {found['flip'].mean():.0%} | {' | '.join(boxes)} |")
    return "\n".join(lines)


def comparisons(quick):
    """Prints what every contestant did, then yields a `timing.Comparison` of how fast, by size."""
    changes, missing = {}, {}
    for name, build in BUILDERS.items():
        try:
            changes[name] = build()
        except ImportError as error:
            missing[name] = str(error)
    print(f"## What augmentation did to 512 images of 64 px\n\n{measured_table(changes)}\n")
    for size, num_images in ((224, 64), (32, 1024)):
        num_images = num_images // 4 if quick else num_images
        images = np.random.default_rng(0).integers(0, 256, (num_images, size, size, 3), "uint8")
        runs = {name: partial(change, images) for name, change in changes.items()}
        seconds = timing.alternate(runs, 2 if quick else 5, label=f"augmentation, {size} px")
        yield timing.Comparison(
            f"Augmentation at {size} px: {num_images:,} images a run",
            {name: num_images / values for name, values in seconds.items()},
            references=(LEGACY, RIVAL),
            missing=missing,
        )
