"""Checks of `make_augmenter`, by what its layers do to pictures, whichever layers they are."""

import keras
import numpy as np

from helpers import augmentation
from helpers.checks import beside, check, expect
from helpers.checks.data_augmentation.probes import (
    COUNT,
    call,
    drawn,
    random_images,
    random_seed,
    slopes,
)

augments = check(augmentation.make_augmenter)


@augments
def augmenter_only_in_training(make_augmenter):
    """make_augmenter gives a keras.Sequential that changes images in training only."""
    augmenter, images = make_augmenter(), random_images()
    expect(
        isinstance(augmenter, keras.Sequential),
        f"make_augmenter must return a keras.Sequential. Received: {type(augmenter).__name__}",
    )
    same = np.abs(call(augmenter, images, training=False) - images).max()
    expect(
        same < 0.01,
        "With training=False every image must stay as it is. Received: values that differ by up "
        f"to {same:.1f} of 255. The layers switch themselves off; nothing may force them on, and "
        "a change of scale does not belong here.",
    )
    changed = np.abs(call(augmenter, images, training=True) - images).max(axis=(1, 2, 3))
    expect(
        (changed > 1).mean() > 0.5,
        "With training=True most images must change. Received: "
        f"{(changed > 1).sum()} of {len(images)} changed.",
    )


@augments
def augmenter_flips(make_augmenter):
    """Half of the images are mirrored, left to right only."""
    found = drawn(make_augmenter)
    mirrored = (found["across"] < 0).mean()
    expect(
        (found["down"] > 0).all(),
        f"No image may be upside down. Received: {(found['down'] < 0).mean():.0%} are. "
        "`horizontal_flip` swaps left and right.",
    )
    expect(
        abs(mirrored - 0.5) < 0.13,
        f"About 50% of the images must be mirrored left to right. Received: {mirrored:.0%}",
    )
    others = {"shear": slopes(found), "zoom": np.abs(found["across"]), "zoom down": found["down"]}
    for name, values in others.items():
        if values.std() > 0 and abs(np.corrcoef(values, found["across"] < 0)[0, 1]) > 0.4:
            print(
                f"Note: whether an image is mirrored goes along with its {name}. That happens "
                "where all layers get one seed: they draw the same numbers. seed, seed + 1 and "
                "seed + 2 are apart."
            )
            break


@augments
def augmenter_shears(make_augmenter):
    """Rows are moved sideways with a slope from -0.2 to 0.2."""
    found = drawn(make_augmenter)
    slope = slopes(found)
    size = np.abs(slope)
    hint = "RandomShear takes a slope."
    if size.max() < 0.01:
        hint = "Hardly anything moves: 0.2 degrees? " + hint
    expect(
        0.17 < size.max() < 0.212,
        f"Among {COUNT} images the steepest shear must have a slope of about 0.2. "
        f"Received: {size.max():.3f}. {hint}",
    )
    expect(
        0.15 < (size < 0.1).mean() < 0.85,
        "Slopes must be drawn evenly from -0.2 to 0.2. Received: "
        f"{(size < 0.1).mean():.0%} of them below 0.1.",
    )
    plain = slope[found["across"] > 0]
    expect(
        not len(plain) or (plain.min() < -0.1 and plain.max() > 0.1),
        "Rows must lean to the left and to the right. Received: slopes from "
        f"{plain.min(initial=9):.2f} to {plain.max(initial=-9):.2f}",
    )


@augments
def augmenter_zooms(make_augmenter):
    """Between 0.8 and 1.2 of the image is seen, across and down."""
    found = drawn(make_augmenter)
    seen = {"across": np.abs(found["across"]), "down": found["down"]}
    for name, part in seen.items():
        part = np.abs(part)
        low, high = part.min(), part.max()
        # Taken as the size of things, 0.8 to 1.2 means that 0.83 to 1.25 is seen: also right.
        expect(
            0.76 < low < 0.87 and 1.16 < high < 1.28,
            f"Among {COUNT} images, from 0.8 to 1.2 of the image must be seen {name}. "
            f"Received: from {low:.2f} to {high:.2f}.",
        )
        middle = ((part > 0.9) & (part < 1.1)).mean()
        expect(
            0.2 < middle < 0.8,
            "Zooms must be drawn evenly, about half of them between 0.9 and 1.1. "
            f"Received: {middle:.0%} {name}.",
        )
    if np.allclose(seen["across"], seen["down"], rtol=0.03):
        print(
            "Note: yours zooms across and down alike. ImageDataGenerator draws the two apart, as "
            "RandomZoom(0.2, 0.2) does."
        )
    if found["ramp"].mean() < 0.7:
        print(
            "Note: ImageDataGenerator fills empty corners with the pixel at the border, as "
            'fill_mode="nearest" does. Yours fills them in another way.'
        )


@augments
def augmenter_does_nothing_else(make_augmenter):
    """Nothing else changes: no turning, no sinking columns, no other colours."""
    found = drawn(make_augmenter)
    dip = np.abs(found["dip"]).max()
    expect(
        dip < 0.02,
        "Rows must stay level, as ImageDataGenerator's shear keeps them. Received: rows that rise "
        f"or fall by up to {dip:.2f} pixels a pixel. A rotation, or a shear down as well?",
    )
    off = np.abs(found["blue"] / np.median(found["blue"]) - 1).max()
    expect(
        off < 0.005,
        "Colours must stay as they are. Received: the same blue came out up to "
        f"{off:.0%} brighter or darker.",
    )


@augments
def augmenter_seed(make_augmenter):
    """The same seed gives the same images, call by call, another seed gives others."""
    images, seed = random_images(), random_seed()

    def calls(seed):
        augmenter = make_augmenter(seed)
        return [call(augmenter, images, training=True) for _ in range(2)]

    first, again, other = calls(seed), calls(seed), calls(seed + 1000)
    expect(
        np.allclose(first, again, atol=0.01),
        f"Two augmenters with seed={seed} gave different images. Every layer that draws needs a "
        "seed: the flip, too.",
    )
    expect(
        not np.allclose(first[0], first[1], atol=0.01),
        "Two calls of one augmenter gave the same images. Every batch needs changes of its own.",
    )
    expect(
        not np.allclose(first, other, atol=0.01),
        f"Seeds {seed} and {seed + 1000} gave the same images. Is `seed` used?",
    )
    free = [call(make_augmenter(), images, training=True) for _ in range(2)]
    expect(
        not np.allclose(*free, atol=0.01),
        "Without a seed two augmenters gave the same images. The default is seed=None.",
    )


def model_of(augmenter, height, width):
    return keras.Sequential([keras.Input((height, width, 3)), augmenter])


@augments
def augmenter_in_a_model(make_augmenter):
    """Inside a model it works for any size, and `predict` counts as inference."""
    rng = np.random.default_rng()
    height, width = (int(n) for n in rng.permutation(np.arange(17, 40))[:2])
    images = random_images(5, height, width)
    augmenter = make_augmenter()
    model = beside(model_of, augmenter, height, width)
    predicted = np.asarray(model.predict(images, batch_size=2, verbose=0))
    expect(
        predicted.shape == images.shape,
        f"In a model for images of {height} by {width} pixels, `predict` must keep their shape "
        f"{images.shape}. Received: {predicted.shape}",
    )
    # Whether training=False leaves images alone has a check of its own.
    off, again = (call(augmenter, images, training=False) for _ in range(2))
    difference = np.abs(predicted - off).max()
    expect(
        difference < 0.01 or not np.array_equal(off, again),
        f"In a model for images of {height} by {width} pixels, `predict` must do what a call with "
        f"training=False does. Received: values that differ by up to {difference:.1f}.",
    )
