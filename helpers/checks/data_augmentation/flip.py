"""Checks of `random_flip`, on images of noise, where no column is like another."""

import numpy as np

from helpers import augmentation
from helpers.checks import CheckFailed, check, expect

flips = check(augmentation.random_flip)


def random_image(dtype="uint8"):
    rng = np.random.default_rng()
    height, width = (int(n) for n in rng.permutation(np.arange(5, 12))[:2])
    image = rng.integers(0, 256, (height, width, 3))
    return (image / np.float32(255)).astype(dtype) if dtype == "float32" else image.astype(dtype)


def mirrored(random_flip, image, rng, count):
    """Whether each of `count` calls changed the values of the image."""
    results = (np.ravel(random_flip(image.copy(), rng)) for _ in range(count))
    return [not np.array_equal(result, image.ravel()) for result in results]


@flips
def random_flip_mirrors(random_flip):
    """An image comes back as it is or mirrored left to right, with its shape and dtype."""
    rng = np.random.default_rng()
    seen = set()
    for number in range(64):
        image = random_image("float32" if number % 2 else "uint8")
        before = image.copy()
        result = np.asarray(random_flip(image, rng))
        expect(
            result.shape == image.shape and result.dtype == image.dtype,
            f"A {before.dtype} image of shape {before.shape} must keep both. "
            f"Received: {result.dtype}, {result.shape}",
        )
        other_ways = {"upside down": before[::-1], "turned by half": before[::-1, ::-1]}
        other_ways["with its colours swapped"] = before[..., ::-1]
        for way, other in other_ways.items():
            expect(
                not np.array_equal(result, other),
                f"The image must be mirrored left to right. Received: {way}. The axes are rows, "
                "columns, channels, in this order.",
            )
        kept, turned = np.array_equal(result, before), np.array_equal(result, before[:, ::-1])
        expect(kept or turned, "The image is neither as it was nor mirrored left to right.")
        seen.add(turned)
    expect(True in seen, "In 64 calls no image was mirrored. Expected: about 32.")


@flips
def random_flip_half(random_flip):
    """About half of the images are mirrored."""
    changes = mirrored(random_flip, random_image(), np.random.default_rng(), 2000)
    expect(
        abs(np.mean(changes) - 0.5) < 0.06,
        f"In 2000 calls about 1000 images must be mirrored. Received: {sum(changes)}",
    )


@flips
def random_flip_draws_from_rng(random_flip):
    """Chance comes from `rng` alone: the same state, the same choices."""
    image = random_image()
    first, again, other = (
        mirrored(random_flip, image, np.random.default_rng(seed), 100) for seed in (7, 7, 8)
    )
    expect(
        first == again,
        "Two generators with the same seed led to different choices. Draw from `rng`, e.g. "
        "rng.random(), not from np.random or random.",
    )
    expect(
        first != other,
        "Generators with different seeds led to the same choices"
        + (
            ". Draw from the `rng` that comes in; make none of your own."
            if len(set(first)) > 1
            else f": {'all' if first[0] else 'none'} of 100 images were changed."
        ),
    )


@flips
def random_flip_leaves_alone(random_flip):
    """The image that came in stays as it is."""
    rng, image = np.random.default_rng(), random_image()
    before = image.copy()
    for _ in range(32):
        random_flip(image, rng)
        if not np.array_equal(image, before):
            raise CheckFailed(
                "The image that came in was changed. It belongs to the caller, who may need it "
                "again in the next epoch: make a new one."
            )
