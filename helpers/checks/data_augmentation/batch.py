"""Checks of `augment_batch`, whatever the changes are: flips, warps, light, or all of them."""

import numpy as np

from helpers import augmentation
from helpers.checks import check, expect

augments = check(
    augmentation.augment_batch, augmentation.apply_parameters, augmentation.draw_parameters
)


def noise(count, dtype="uint8", highest=255):
    """Coarse noise, so that neighbours are alike and every way of changing it shows."""
    rng = np.random.default_rng()
    tall, wide = rng.permutation([5, 6, 7])[:2]
    blocks = rng.integers(0, 256, (count, tall, wide, 3)).repeat(5, axis=1).repeat(5, axis=2)
    return (blocks * (highest / 255)).astype(dtype)


def call(augment_batch, images, seed=None):
    # A copy: what was judged once is not for the answer to change later.
    return np.array(augment_batch(images, np.random.default_rng(seed)))


def differ(a, b):
    """Whether two images differ by more than rounding."""
    return np.abs(a.astype(np.float64) - b).max() > 0.02 * max(1, np.max(b))


@augments
def augment_batch_form(augment_batch):
    """Shape and dtype stay as they are, for batches of any length."""
    for count, dtype, highest in ((6, "uint8", 255), (1, "uint8", 255), (5, "float32", 1)):
        images = noise(count, dtype, highest)
        result = call(augment_batch, images)
        expect(
            result.shape == images.shape,
            f"A batch of shape {images.shape} must keep it. Received: {result.shape}",
        )
        expect(
            result.dtype == images.dtype,
            f"A batch of {images.dtype} must keep its dtype. Received: {result.dtype}",
        )


@augments
def augment_batch_own_parameters(augment_batch):
    """Every image is changed, by parameters of its own."""
    image = noise(1)[0]
    results = call(augment_batch, np.stack([image] * 64))
    # Mirrored or upside down, a view counts as the same: these alone are drawn anew most easily.
    mirrors = [slice(None), (slice(None), slice(None, None, -1))]
    mirrors += [slice(None, None, -1), (slice(None, None, -1),) * 2]

    def is_new(result, views):
        return all(differ(result, view[way]) for view in views for way in mirrors)

    views = [image]
    for result in results:
        if is_new(result, views):
            views.append(result)
    kinds = {way for r in results for way in range(4) if not differ(r, image[mirrors[way]])}
    expect(kinds != {0} or len(views) > 1, "None of 64 images was changed.")
    unchanged = sum(not is_new(result, [image]) for result in results)
    num_views = len(views) - (unchanged == 0)
    expect(
        num_views > 2 or (len(views) == 1 and len(kinds) > 1),
        "64 equal images in one batch must come out in different ways. "
        f"Received: {num_views}, apart from being mirrored. Draw the parameters for each image, "
        "not once for the batch.",
    )


@augments
def augment_batch_range(augment_batch):
    """Values stay in their range: no overflow, no overshoot, no other scale."""
    for dtype, highest in (("uint8", 255), ("float32", 1), ("float32", 255)):
        named = f"{dtype} images from 0 to {highest}"
        bright = np.full((48, 24, 32, 3), 0.97 * highest).astype(dtype)
        result = call(augment_batch, bright).astype(np.float64)
        # Corners may be dark, and so may a part that was cut out, but not all of an image.
        darkest = np.percentile(result, 90, axis=(1, 2, 3)).min()
        expect(
            darkest > 0.4 * highest,
            f"Very bright {named} must stay bright. Received: a value of {darkest:g} in place of "
            f"{bright.flat[0]:g}. "
            + ("uint8 starts again at 0 above 255: clip first. Or was it divided by 255?"
               if dtype == "uint8" else "Was it divided by 255, or clipped at 1?"),
        )  # fmt: skip
        for images in (bright, noise(32, dtype, highest)):
            result = call(augment_batch, images)
            low, high = float(result.min()), float(result.max())
            expect(
                low >= -1e-4 * highest and high <= 1.0001 * highest,
                f"The values of {named} must stay there. Received: from {low:g} to {high:g}. "
                "Brighter images, and cubic interpolation, need clipping at the end of their own "
                "range.",
            )


@augments
def augment_batch_leaves_alone(augment_batch):
    """The batch that came in stays as it is."""
    for dtype, highest in (("uint8", 255), ("float32", 1)):
        images = noise(32, dtype, highest)
        before = images.copy()
        call(augment_batch, images)
        expect(
            np.array_equal(images, before),
            f"The {dtype} batch that came in was changed. It belongs to the caller, who would "
            "augment augmented images in the next epoch: fill a new array.",
        )


@augments
def augment_batch_draws_from_rng(augment_batch):
    """Chance comes from `rng` alone, and every call draws anew."""
    images = noise(32)
    first, again, other = (call(augment_batch, images.copy(), seed) for seed in (7, 7, 8))
    expect(
        np.array_equal(first, again),
        "Two generators with the same seed gave different images. Draw from `rng`, not from "
        "np.random or random.",
    )
    expect(
        not np.array_equal(first, other),
        "Generators with different seeds gave the same images. Draw from the `rng` that comes in; "
        "make none of your own.",
    )
    rng = np.random.default_rng()
    calls = [np.array(augment_batch(images.copy(), rng)) for _ in range(2)]
    expect(
        not np.array_equal(*calls),
        "Two calls with one `rng` gave the same images. Every epoch needs changes of its own.",
    )


@augments
def augment_batch_order(augment_batch):
    """Each image stays in its place, so labels still belong to it."""
    # Green and purple by turns of chance: no flip, warp or change of light swaps them.
    rng = np.random.default_rng()
    green = rng.random(64) < 0.5
    images = rng.integers(0, 60, (64, 24, 32, 3))
    images[green, ..., 1] += 150
    images[~green, ..., ::2] += 150
    result = call(augment_batch, images.astype("uint8"))[:64].astype(np.float64)
    seen = result[..., 1].mean((1, 2)) > result[..., ::2].mean((1, 2, 3))
    expect(
        np.array_equal(seen, green),
        f"{(seen != green).sum()} of 64 places hold the image of another place (or one whose "
        "colours are swapped). The labels stay in order, so the images must.",
    )
    expect_recognisable(augment_batch)


def expect_recognisable(augment_batch):
    """Most images must still show their subject, a green disc, and what is around it, purple."""
    height, width = 24, 128  # so wide that a turn about a wrong centre moves the disc out of sight
    y, x = np.mgrid[:height, :width]
    disc = (y - (height - 1) / 2) ** 2 + (x - (width - 1) / 2) ** 2 < 64
    image = np.where(disc[..., None], (30, 150, 30), (130, 30, 130)).astype("uint8")
    result = call(augment_batch, np.stack([image] * 64)).astype(np.float64)
    if result.shape != (64, height, width, 3):  # this has a check of its own
        return
    greener = result[..., 1] - result[..., ::2].mean(-1)
    subject, rest = (greener > 30).mean((1, 2)), (greener < -30).mean((1, 2))
    lost = (subject < disc.mean() / 10) | (rest < 0.1)  # a part may be cut out
    expect(
        lost.sum() < 32,
        f"64 images of {height} by {width} pixels had a green disc in the middle of purple. "
        f"Received: {lost.sum()} of them show no disc, or nothing else. Such an image no longer "
        "belongs to its label. Are the parameters in the order that your functions ask for: "
        "height before width, shear, zoom, angle?",
    )
