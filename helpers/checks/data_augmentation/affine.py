"""Checks of `affine_matrix`, by properties that hold whatever way is called positive.

Whether an angle turns to the left or to the right, and which way a shear leans, is agreement. That
the centre stays where it is, that a shear keeps areas, and that the changes multiply, is not.
"""

import itertools

import cv2
import numpy as np

from helpers import augmentation
from helpers.checks import CheckFailed, check, expect

composes = check(augmentation.affine_matrix)
SHEARS, ZOOMS, ANGLES = (0.3, -0.2, 0.5), (2.0, 0.5, 1.3), (30.0, 90.0, -50.0)


def matrix(affine_matrix, height, width, shear=0.0, zoom=1.0, angle=0.0):
    result = np.asarray(affine_matrix(height, width, shear, zoom, angle))
    expect(
        result.shape == (2, 3),
        f"affine_matrix must return an array of shape (2, 3). Received: {result.shape}",
    )
    return result.astype(np.float64)


def linear(affine_matrix, **change):
    """The left part of the matrix, which the size of the image has no say in.

    It is taken relative to that of no change, which has a check of its own.
    """
    nothing, changed = (matrix(affine_matrix, 40, 40, **c)[:, :2] for c in ({}, change))
    return changed @ np.linalg.pinv(nothing)


def shown(array):
    return np.round(array, 3).tolist()


def follows(received, values, pattern):
    """Whether `pattern(value)` gives all the matrices received."""
    wanted = [np.array(pattern(value), np.float64) for value in values]
    return np.allclose(received, wanted, atol=1e-4)


def expect_one_change_each(affine_matrix):
    """What always gives the same matrix shows nothing here."""
    result = linear(affine_matrix, shear=0.5, zoom=2.0, angle=30.0)
    expect(not np.allclose(result, np.eye(2), atol=1e-4), "Shear, zoom and angle change nothing.")
    expect(
        abs(np.linalg.det(result)) > 1e-4,
        f"Shear, zoom and angle flatten every image to a line. Received: {shown(result)}",
    )


@composes
def affine_identity(affine_matrix):
    """No shear, zoom 1 and angle 0 leave an image as it is, in cv2.warpAffine."""
    rng = np.random.default_rng()
    for height, width in ((4, 7), (9, 6), (33, 32)):
        matrix(affine_matrix, height, width)
        result = affine_matrix(height, width, 0.0, 1.0, 0.0)
        image = rng.integers(0, 256, (height, width, 3), "uint8")
        try:
            same = np.array_equal(cv2.warpAffine(image, result, (width, height)), image)
        except cv2.error as error:
            raise CheckFailed(
                "cv2.warpAffine does not take the matrix: it must be a NumPy array of float32 or "
                f"float64. Received: {type(result).__name__} of {np.asarray(result).dtype}"
            ) from error
        expect(
            same,
            f"Nothing is to change in an image of {height} by {width} pixels. "
            f"Expected: [[1, 0, 0], [0, 1, 0]]. Received: {shown(result)}",
        )


@composes
def affine_centre(affine_matrix):
    """The centre of the image stays where it is, in images of any size."""
    expect_one_change_each(affine_matrix)
    rng = np.random.default_rng()
    for height, width in ((5, 9), (8, 5), (40, 61), (128, 64)):
        shear, zoom, angle = rng.uniform(0.1, 0.4), rng.uniform(1.2, 1.8), rng.uniform(20, 70)
        found = matrix(affine_matrix, height, width, shear, zoom, angle)
        centre = np.array([(width - 1) / 2, (height - 1) / 2])
        moved = found @ [*centre, 1]
        if np.allclose(moved, centre, atol=1e-3):
            continue
        fixed = np.linalg.lstsq(np.eye(2) - found[:, :2], found[:, 2], rcond=None)[0]
        hint = "Shift by what the linear part leaves of the centre: centre - linear @ centre."
        if np.allclose(fixed, 0, atol=1e-3):
            hint = "That is the corner at the top left. " + hint
        elif np.allclose(fixed, centre + 0.5, atol=1e-3):
            hint = "That is half a pixel off: 4 pixels, counted from 0, have their middle at 1.5."
        elif np.allclose(fixed, centre[::-1], atol=1e-3):
            hint = "Height and width have changed places: x goes with the width."
        raise CheckFailed(
            f"In an image of height {height} and width {width} the centre {shown(centre)} must "
            f"stay where it is. Received: it goes to {shown(moved)}, and the point that stays is "
            f"{shown(fixed)}. {hint}"
        )


@composes
def affine_zoom(affine_matrix):
    """Zoom alone scales across and down alike."""
    received = [linear(affine_matrix, zoom=zoom) for zoom in ZOOMS]
    shrinks = follows(received, ZOOMS, lambda z: [[1 / z, 0], [0, 1 / z]])
    expect(
        shrinks or follows(received, ZOOMS, lambda z: [[z, 0], [0, z]]),
        f"Zoom {ZOOMS[0]} must give the linear part [[2, 0], [0, 2]]. "
        f"Received: {shown(received[0])}",
    )
    if shrinks:
        print("Note: your zoom of 2 shows things half as large, as ImageDataGenerator counts.")


@composes
def affine_angle(affine_matrix):
    """An angle alone turns, and changes no length."""
    received = [linear(affine_matrix, angle=angle) for angle in ANGLES]

    def turn(unit, sign):
        def pattern(angle):
            cos, sin = np.cos(unit(angle)), sign * np.sin(unit(angle))
            return [[cos, sin], [-sin, cos]]

        return follows(received, ANGLES, pattern)

    ways = {(u, s): turn(u, s) for u in (np.deg2rad, np.asarray) for s in (1, -1)}
    expect(
        any(ways.values()),
        f"The angle {ANGLES[0]} must give the linear part [[0.866, 0.5], [-0.5, 0.866]], a turn by "
        f"30 degrees. Received: {shown(received[0])}. np.cos and np.sin take radians, and a turn "
        "has one sine with a minus.",
    )
    if ways[np.asarray, 1] or ways[np.asarray, -1]:
        print("Note: yours takes the angle in radians.")
    elif ways[np.deg2rad, -1]:
        print("Note: yours turns clockwise, because y points down in images.")


@composes
def affine_shear(affine_matrix):
    """Shear alone is a slope: it slants, and keeps areas."""
    received = [linear(affine_matrix, shear=shear) for shear in SHEARS]
    patterns = {
        "": lambda s: [[1, s], [0, 1]],
        "rows lean to the other side": lambda s: [[1, -s], [0, 1]],
        "columns are slanted instead of rows": lambda s: [[1, 0], [s, 1]],
        "columns are slanted instead of rows, upwards": lambda s: [[1, 0], [-s, 1]],
    }
    fits = [note for note, pattern in patterns.items() if follows(received, SHEARS, pattern)]
    expect(
        fits,
        f"Shear {SHEARS[0]} must give the linear part [[1, 0.3], [0, 1]]: a row 10 pixels below "
        f"the centre moves by 3. Received: {shown(received[0])}",
    )
    if fits[0]:
        print(f"Note: with yours, {fits[0]}.")


@composes
def affine_together(affine_matrix):
    """Shear, zoom and angle together are the product of each alone."""
    expect_one_change_each(affine_matrix)
    rng = np.random.default_rng()
    for _ in range(5):
        shear, zoom, angle = rng.uniform(0.2, 0.5), rng.uniform(1.2, 1.9), rng.uniform(20, 70)
        parts = [{"shear": shear}, {"zoom": zoom}, {"angle": angle}]
        alone = [linear(affine_matrix, **part) for part in parts]
        received = linear(affine_matrix, shear=shear, zoom=zoom, angle=angle)
        products = [a @ b @ c for a, b, c in itertools.permutations(alone)]
        expect(
            any(np.allclose(received, product, atol=1e-4) for product in products),
            f"Shear {shear:.2f}, zoom {zoom:.2f} and angle {angle:.0f} together must be the "
            "product of the three matrices, in whatever order. "
            f"Received: {shown(received)}, which is none of them.",
        )


@composes
def affine_direction(affine_matrix):
    """The matrix leads from the input to the output, as cv2.warpAffine takes it."""
    expect_one_change_each(affine_matrix)
    area = np.linalg.det(linear(affine_matrix, zoom=2.0))
    slanted = linear(affine_matrix, shear=0.5)
    backwards = area < 0.9 and slanted[0, 1] + slanted[1, 0] < -0.1
    expect(
        not backwards,
        "Zoom 2 makes things smaller and a shear leans the wrong way: this is the inverse matrix, "
        "from the output back to the input. cv2.warpAffine inverts what it is given by itself.",
    )
