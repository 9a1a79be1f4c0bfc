"""Augmentation, against matrices computed by hand, a slow sampler, Keras and ImageDataGenerator."""

import os

import cv2
import keras
import numpy as np
import pytest
from benchmarks import augmentation as benchmark

from helpers import augmentation
from helpers.augmentation import (
    affine_matrix,
    apply_parameters,
    augment_batch,
    draw_parameters,
    make_augmenter,
    random_flip,
)

IDENTITY = {"flip": False, "shear": 0.0, "zoom": 1.0, "zoom_y": 1.0, "angle": 0.0, "brightness": 1}
TYPICAL = {"flip": True, "shear": 0.15, "zoom": 1.2, "zoom_y": 0.9, "angle": 8.0}


def noise(*shape, dtype="uint8", highest=255, seed=0):
    """Pixels that differ from each other, so that none can stand in for another."""
    values = np.random.default_rng(seed).integers(0, 256, shape) / 255 * highest
    return values.astype(dtype)


def waves(height, width):
    """A smooth float32 image in [0, 255], whose second interpolation changes little."""
    y, x = np.mgrid[:height, :width]
    channels = [np.sin(x / 9), np.cos(y / 11), np.sin((x + y) / 13)]
    return (127.5 + 127.5 * np.stack(channels, axis=-1)).astype("float32")


def slow_warp(image, shear=0.0, zoom=1.0, zoom_y=1.0, angle=0.0, flip=False):
    """Looks up every output pixel by undoing one change after the other, the last one first."""
    height, width = image.shape[:2]
    result = np.zeros(image.shape)
    turn = complex(np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle)))
    for row in range(height):
        for column in range(width):
            right, up = column - (width - 1) / 2, (height - 1) / 2 - row
            right = -right if flip else right
            right, up = right / zoom, up / zoom_y
            right += shear * up  # what lies below the centre went to the right
            point = complex(right, up) / turn
            x, y = point.real + (width - 1) / 2, (height - 1) / 2 - point.imag
            result[row, column] = bilinear(image, x, y)
    return result


def bilinear(image, x, y):
    """The weighted mean of the four pixels around a point; outside, the border goes on."""
    height, width = image.shape[:2]
    total = 0.0
    for row in (int(np.floor(y)), int(np.floor(y)) + 1):
        for column in (int(np.floor(x)), int(np.floor(x)) + 1):
            pixel = image[min(max(row, 0), height - 1), min(max(column, 0), width - 1)]
            total = total + pixel.astype(float) * (1 - abs(x - column)) * (1 - abs(y - row))
    return total


# affine_matrix


@pytest.mark.parametrize(
    ("size", "change", "expected"),
    [
        # (height, width): the centre is ((width - 1) / 2, (height - 1) / 2)
        ((5, 7), {}, [[1, 0, 0], [0, 1, 0]]),
        ((5, 7), {"zoom": 2}, [[2, 0, -3], [0, 2, -2]]),  # about (3, 2)
        ((4, 6), {"zoom": 2}, [[2, 0, -2.5], [0, 2, -1.5]]),  # about (2.5, 1.5)
        ((5, 7), {"zoom": 2, "zoom_y": 0.5}, [[2, 0, -3], [0, 0.5, 1]]),
        ((5, 7), {"shear": 0.5}, [[1, 0.5, -1], [0, 1, 0]]),
        ((4, 6), {"shear": 0.5}, [[1, 0.5, -0.75], [0, 1, 0]]),
        ((5, 7), {"angle": 90}, [[0, 1, 1], [-1, 0, 5]]),  # (3, 2) stays, (4, 2) goes up to (3, 1)
        ((4, 6), {"angle": 180}, [[-1, 0, 5], [0, -1, 3]]),
        ((5, 7), {"flip": True}, [[-1, 0, 6], [0, 1, 0]]),
        ((4, 6), {"flip": True}, [[-1, 0, 5], [0, 1, 0]]),
        # rotation, then shear, then zoom: (1, 0) turns to (0, -1), slants to (-0.5, -1), doubles
        ((1, 1), {"shear": 0.5, "zoom": 2, "angle": 90}, [[-1, 2, 0], [-2, 0, 0]]),
    ],
)
def test_the_matrix_is_the_one_computed_by_hand(size, change, expected):
    np.testing.assert_allclose(affine_matrix(*size, **change), expected, atol=1e-12)


def test_the_identity_matrix_is_exact():
    assert np.array_equal(affine_matrix(224, 223), [[1, 0, 0], [0, 1, 0]])


@pytest.mark.parametrize("size", [(5, 7), (4, 6), (224, 32)])
def test_turning_and_zooming_is_what_opencv_calls_so(size):
    height, width = size
    expected = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), 25, 1.3)
    np.testing.assert_allclose(affine_matrix(height, width, 0, 1.3, 25), expected, atol=1e-9)


def test_arrays_give_one_matrix_for_each_entry():
    shears, angles = np.array([0.1, -0.2, 0.3]), np.array([5.0, 0.0, -7.0])
    matrices = affine_matrix(20, 30, shears, 1.1, angles)
    assert matrices.shape == (3, 2, 3)
    for matrix, shear, angle in zip(matrices, shears, angles, strict=True):
        np.testing.assert_allclose(matrix, affine_matrix(20, 30, shear, 1.1, angle), atol=1e-12)


@pytest.mark.parametrize("change", [{"zoom": 0}, {"zoom_y": -1}, {"zoom": np.array([1.0, 0.0])}])
def test_a_zoom_that_loses_the_image_is_refused(change):
    with pytest.raises(ValueError, match=r"`zoom` and `zoom_y` must be above 0\. Received: zoom="):
        affine_matrix(4, 4, **change)


# draw_parameters


def test_drawn_parameters_fill_their_boxes_and_stay_inside():
    drawn = draw_parameters(
        10_000, np.random.default_rng(1), shear=0.3, zoom=0.4, angle=20, brightness=0.5
    )
    boxes = {"shear": (-0.3, 0.3), "angle": (-20, 20), "brightness": (0.5, 1.5)}
    boxes |= {"zoom": (1 / 1.4, 1 / 0.6), "zoom_y": (1 / 1.4, 1 / 0.6)}
    for name, (low, high) in boxes.items():
        values = drawn[name]
        margin = 0.01 * (high - low)
        assert values.shape == (10_000,) and values.dtype == np.float64
        assert low <= values.min() < low + margin, name
        assert high - margin < values.max() <= high, name
    assert drawn["flip"].dtype == bool
    assert abs(drawn["flip"].mean() - 0.5) < 0.02  # four standard deviations


def test_parameters_are_drawn_independently():
    """One draw used twice would, for example, mirror only the images that are zoomed in."""
    drawn = draw_parameters(10_000, np.random.default_rng(2))
    correlations = np.corrcoef(np.array([values.astype(float) for values in drawn.values()]))
    assert np.abs(correlations - np.eye(len(drawn))).max() < 0.05


def test_the_seed_decides_the_parameters():
    first, again, other = (draw_parameters(5, np.random.default_rng(s)) for s in (3, 3, 4))
    for name in first:
        assert np.array_equal(first[name], again[name])
    assert not np.array_equal(first["shear"], other["shear"])


def test_ranges_of_zero_draw_the_identity():
    drawn = draw_parameters(50, np.random.default_rng(0), 0, 0, 0, 0, flip=False)
    assert drawn.keys() == IDENTITY.keys()
    for name, values in drawn.items():
        assert np.all(values == IDENTITY[name]), name


@pytest.mark.parametrize(
    "ranges", [{"shear": -0.1}, {"angle": -1}, {"zoom": 1}, {"zoom": -0.1}, {"brightness": 1.1}]
)
def test_ranges_that_cannot_be_are_refused(ranges):
    with pytest.raises(ValueError, match=r"must be 0 or more, `zoom` below 1 .* Received: shear="):
        draw_parameters(2, np.random.default_rng(0), **ranges)


# apply_parameters


@pytest.mark.parametrize("shape", [(5, 7, 3), (2, 5, 7, 3), (2, 100, 101, 3), (0, 5, 7, 3)])
@pytest.mark.parametrize(("dtype", "highest"), [("uint8", 255), ("float32", 1), ("float32", 255)])
def test_the_identity_gives_the_identical_image_as_a_new_array(shape, dtype, highest):
    images = noise(*shape, dtype=dtype, highest=highest)
    for parameters in ({}, IDENTITY):
        result = apply_parameters(images, parameters)
        assert result.dtype == images.dtype
        assert np.array_equal(result, images)
        assert not np.shares_memory(result, images)


@pytest.mark.parametrize("shape", [(5, 7, 3), (4, 6, 3), (2, 100, 101, 3)])
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_mirroring_reverses_the_columns_and_twice_is_the_identity(shape, dtype):
    images = noise(*shape, dtype=dtype)
    once = apply_parameters(images, {"flip": True})
    assert np.array_equal(once, images[..., ::-1, :])
    assert np.array_equal(apply_parameters(once, {"flip": True}), images)


@pytest.mark.parametrize("size", [4, 5, 100])
def test_a_quarter_turn_moves_every_pixel_to_its_place(size):
    image = noise(size, size, 3)
    assert np.array_equal(apply_parameters(image, {"angle": 90}), np.rot90(image))


@pytest.mark.parametrize("size", [(4, 7), (5, 6)])
def test_half_a_turn_reverses_rows_and_columns(size):
    image = noise(*size, 3)
    assert np.array_equal(apply_parameters(image, {"angle": 180}), image[::-1, ::-1])


def test_a_positive_shear_moves_the_lower_rows_to_the_right():
    row = np.arange(0, 70, 10)
    image = np.tile(row[:, np.newaxis], (5, 1, 3)).astype("uint8")
    result = apply_parameters(image, {"shear": 1.0})[..., 0]
    assert result[1].tolist() == [10, 20, 30, 40, 50, 60, 60]  # one to the left, border repeated
    assert result[2].tolist() == row.tolist()
    assert result[4].tolist() == [0, 0, 0, 10, 20, 30, 40]  # two to the right


def test_a_zoom_of_two_enlarges():
    image = np.zeros((9, 9, 3), "uint8")
    image[3:6, 3:6] = 200  # 3 pixels wide, so the doubled one reaches 2 pixels from the centre
    middle_row = apply_parameters(image, {"zoom": 2.0})[4, :, 0]
    assert middle_row.tolist() == [0, 100, 200, 200, 200, 200, 200, 100, 0]


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
@pytest.mark.parametrize("size", [(12, 17), (13, 16), (100, 97)])
def test_one_warp_agrees_with_a_slow_sampler(size, dtype):
    image = noise(*size, 3, dtype=dtype)
    expected = slow_warp(image, **TYPICAL)
    result = apply_parameters(image, TYPICAL)
    bound = 0.51 if dtype == "uint8" else 0.02  # uint8 is rounded
    assert np.abs(result - expected).max() < bound


@pytest.mark.parametrize("size", [16, 100])
def test_every_image_of_a_batch_gets_its_own_parameters(size):
    images = np.repeat(noise(1, size, size + 1, 3), 4, axis=0)
    drawn = draw_parameters(4, np.random.default_rng(0))
    results = apply_parameters(images, drawn)
    for i in range(4):
        alone = apply_parameters(images[i], {name: values[i] for name, values in drawn.items()})
        assert np.array_equal(results[i], alone)
        assert not np.array_equal(results[i], results[i - 1])


def test_a_number_applies_to_all_images_of_a_batch():
    images = noise(3, 8, 9, 3)
    alike = apply_parameters(images, {"angle": 20.0, "brightness": 0.5})
    listed = apply_parameters(images, {"angle": np.full(3, 20.0), "brightness": np.full(3, 0.5)})
    assert np.array_equal(alike, listed)


def test_threads_change_nothing(monkeypatch):
    images = noise(7, 120, 110, 3)
    drawn = draw_parameters(7, np.random.default_rng(0))
    results = []
    for count in (1, 3, 16):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        results.append(apply_parameters(images, drawn))
    assert np.array_equal(results[0], results[1]) and np.array_equal(results[0], results[2])


def test_an_error_in_a_thread_is_not_lost(monkeypatch):
    """A thread that fails in silence would leave images of unset memory in the batch."""

    def fail(*args):
        raise RuntimeError("no brightness today")

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(augmentation, "_brighten", fail)
    with pytest.raises(RuntimeError, match="no brightness today"):
        apply_parameters(noise(4, 100, 100, 3), {})


def test_brightness_multiplies_and_stops_at_the_end_of_the_range():
    image = np.zeros((2, 3, 3), "uint8")
    image[0] = [[10, 100, 200], [0, 255, 250], [5, 101, 212]]
    expected = [[12, 120, 240], [0, 255, 255], [6, 121, 254]]  # 121.2 and 254.4 are rounded
    assert apply_parameters(image, {"brightness": 1.2})[0].tolist() == expected
    for highest in (1, 255):
        floats = (image / np.float32(255) * highest).astype("float32")
        result = apply_parameters(floats, {"brightness": 1.2})
        expected_floats = np.minimum(floats * np.float32(1.2), highest)
        np.testing.assert_allclose(result, expected_floats, rtol=1e-6)
        assert result.max() == highest


@pytest.mark.parametrize(
    "view",
    [
        lambda images: images[..., ::-1],  # BGR to RGB
        lambda images: images[:, ::2, 1:-1],
        lambda images: images.transpose(0, 2, 1, 3),
        lambda images: np.asfortranarray(images),
        lambda images: np.broadcast_to(images[:1], images.shape),  # read-only
    ],
)
def test_views_and_read_only_images_are_taken(view):
    images = view(noise(3, 10, 12, 3))
    before = images.copy()
    result = apply_parameters(images, TYPICAL | {"brightness": 1.1})
    assert np.array_equal(images, before)
    assert np.array_equal(result, apply_parameters(before, TYPICAL | {"brightness": 1.1}))


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (np.zeros((4, 4), "uint8"), r"of shape \(h, w, 3\) .* Received: uint8, shape \(4, 4\)"),
        (np.zeros((4, 4, 1), "uint8"), r"Received: uint8, shape \(4, 4, 1\)"),
        (np.zeros((4, 4, 3)), r"must be uint8 or float32, .* Received: float64"),
        (np.full((4, 4, 3), -1, "float32"), r"in \[0, 1\] or \[0, 255\], .* from -1\.0 to 0\.0"),
        (np.full((4, 4, 3), 256, "float32"), r"Received: values from 0\.0 to 256\.0"),
        (np.full((4, 4, 3), np.nan, "float32"), r"Received: values from nan to nan"),
    ],
)
def test_what_is_not_an_image_is_refused(images, message):
    with pytest.raises(ValueError, match=message):
        apply_parameters(images, {})


def test_parameters_for_another_number_of_images_are_refused():
    message = r"`angle` must .* each of the 2 images\. Received: shape \(3,\)"
    with pytest.raises(ValueError, match=message):
        apply_parameters(noise(2, 4, 4, 3), {"angle": np.zeros(3)})


def test_a_misspelt_parameter_is_refused():
    with pytest.raises(TypeError, match="unexpected keyword argument 'rotation'"):
        apply_parameters(noise(4, 4, 3), {"rotation": 10})


# augment_batch and random_flip


@pytest.mark.parametrize("shape", [(9, 8, 3), (4, 9, 8, 3), (3, 100, 99, 3), (1, 1, 1, 3)])
@pytest.mark.parametrize(("dtype", "highest"), [("uint8", 255), ("float32", 1), ("float32", 255)])
def test_augment_batch_keeps_shape_dtype_range_and_input(shape, dtype, highest):
    images = noise(*shape, dtype=dtype, highest=highest)
    before = images.copy()
    result = augment_batch(images, np.random.default_rng(0), brightness=0.9)
    assert result.shape == images.shape and result.dtype == images.dtype
    assert result.min() >= 0 and result.max() <= highest
    assert np.array_equal(images, before)
    assert not np.shares_memory(result, images)


def test_augment_batch_changes_equal_images_in_different_ways():
    images = np.repeat(noise(1, 12, 12, 3), 20, axis=0)
    results = augment_batch(images, np.random.default_rng(0))
    assert len({result.tobytes() for result in results}) == 20


def test_augment_batch_is_drawing_and_applying():
    images = noise(5, 12, 13, 3)
    drawn = draw_parameters(5, np.random.default_rng(7), angle=30)
    result = augment_batch(images, np.random.default_rng(7), angle=30)
    assert np.array_equal(result, apply_parameters(images, drawn))
    assert not np.array_equal(result, augment_batch(images, np.random.default_rng(8), angle=30))


def test_random_flip_mirrors_every_second_image_by_chance():
    image, rng = noise(4, 6, 3), np.random.default_rng(0)
    results = [random_flip(image, rng) for _ in range(1000)]
    mirrored = [np.array_equal(result, image[:, ::-1]) for result in results]
    kept = [np.array_equal(result, image) for result in results]
    assert np.all(np.array(mirrored) != np.array(kept))
    assert abs(np.mean(mirrored) - 0.5) < 0.06
    assert not any(np.shares_memory(result, image) for result in results)


# The same parameters in ImageDataGenerator


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("size", [32, 33])
def test_the_geometry_is_that_of_image_data_generator(size, flip):
    """Bound: a mean difference of 0.001 of 255 grey levels on noise, the border included."""
    pytest.importorskip("scipy", reason="ImageDataGenerator needs SciPy for its transforms")
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    image = noise(size, size, 3, dtype="float32")
    parameters = {"theta": 8, "shear": 11, "zx": 0.9, "zy": 1.15, "flip_horizontal": flip}
    theirs = ImageDataGenerator().apply_transform(image, parameters)
    slant = np.deg2rad(11)
    zoom_y = 1 / 1.15 / np.cos(slant)
    ours = apply_parameters(
        image,
        {"angle": 8, "shear": np.tan(slant), "zoom": 1 / 0.9, "zoom_y": zoom_y, "flip": flip},
    )
    assert np.abs(ours - theirs).mean() < 0.001


def test_the_brightness_is_that_of_image_data_generator():
    """Bound: one grey level, for we round to the nearest and they do not."""
    pytest.importorskip("scipy", reason="ImageDataGenerator needs SciPy for its transforms")
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    image = noise(20, 20, 3)
    theirs = ImageDataGenerator().apply_transform(image, {"brightness": 1.2})
    assert np.abs(apply_parameters(image, {"brightness": 1.2}) - theirs).max() <= 1


# The same parameters in the Keras layers

SIZE = 41  # the centre is pixel 20, so a slope of 0.1 moves it by 2 pixels in Keras
BOUND = 0.001  # of 255 grey levels, the mean over noise


def test_the_zoom_is_that_of_keras():
    layer = keras.layers.RandomZoom(0.2, 0.2, fill_mode="nearest")
    images = noise(1, SIZE, SIZE - 4, 3, dtype="float32")
    drawn = {"height_zoom": np.float32([[1.15]]), "width_zoom": np.float32([[0.9]])}
    theirs = np.asarray(layer.transform_images(images, drawn))
    ours = apply_parameters(images, {"zoom": 1 / 0.9, "zoom_y": 1 / 1.15})
    assert np.abs(ours - theirs).mean() < BOUND


def test_the_angle_is_that_of_keras():
    layer = keras.layers.RandomRotation((8 / 360, 8 / 360), fill_mode="nearest")
    images = noise(1, SIZE, SIZE - 4, 3, dtype="float32")
    theirs = np.asarray(layer(images, training=True))
    assert np.abs(apply_parameters(images, {"angle": 8}) - theirs).mean() < BOUND


def test_the_shear_is_that_of_keras_but_for_sign_and_pivot():
    layer = keras.layers.RandomShear(0.2, fill_mode="nearest")
    images = noise(1, SIZE, SIZE, 3, dtype="float32")
    theirs = np.asarray(layer.transform_images(images, {"shear_factor": np.float32([[0.1, 0]])}))
    ours = apply_parameters(images, {"shear": -0.1})
    # Keras holds row 0, so its row 20 has moved 2 pixels to the left.
    assert np.abs(ours[:, :, 8:-4] - theirs[:, :, 6:-6]).mean() < BOUND


def test_make_augmenter_is_one_warp_of_the_parameters_that_its_layers_draw():
    """Bound: half a grey level, for three layers interpolate three times, away from the border."""
    images = np.repeat(waves(64, 64)[np.newaxis], 16, axis=0)
    theirs, drawn = images, {}
    for layer in make_augmenter(seed=5).layers:
        transformation = layer.get_random_transformation(theirs)
        theirs = layer.transform_images(theirs, transformation)
        drawn |= {name: np.asarray(values) for name, values in transformation.items()}
    flips = drawn["flips"].ravel()
    slopes, zooms = -drawn["shear_factor"][:, 0], 1 / drawn["width_zoom"][:, 0]
    matrices = affine_matrix(
        64, 64, slopes, zooms, zoom_y=1 / drawn["height_zoom"][:, 0], flip=flips
    )
    matrices[:, 0, 2] += np.where(flips, -1, 1) * zooms * slopes * 31.5  # the pivot: row 0
    for image, matrix, their_image in zip(images, matrices, np.asarray(theirs), strict=True):
        border = cv2.BORDER_REPLICATE
        ours = cv2.warpAffine(image, matrix, (64, 64), borderMode=border)
        assert np.abs(ours - their_image)[12:-12, 12:-12].mean() < 0.5
    assert {True, False} == set(flips.tolist())


def test_make_augmenter_draws_independently_from_the_boxes_of_image_data_generator():
    """`shear_range` as a slope of 0.2, `zoom_range=0.2` across and down apart, half mirrored."""
    images = np.zeros((10_000, 1, 1, 3), "float32")
    drawn = {}
    for layer in make_augmenter(seed=0).layers:
        drawn |= layer.get_random_transformation(images)
        assert getattr(layer, "fill_mode", "nearest") == "nearest"
        assert getattr(layer, "interpolation", "bilinear") == "bilinear"
    shear, shear_y = np.asarray(drawn["shear_factor"]).T
    zoom, zoom_y = np.asarray(drawn["width_zoom"])[:, 0], np.asarray(drawn["height_zoom"])[:, 0]
    flip = np.asarray(drawn["flips"]).ravel()
    assert not shear_y.any()
    for values, low, high in ((shear, -0.2, 0.2), (zoom, 0.8, 1.2), (zoom_y, 0.8, 1.2)):
        assert low - 1e-6 <= values.min() < low + 0.004
        assert high - 0.004 < values.max() <= high + 1e-6
    assert abs(flip.mean() - 0.5) < 0.02
    correlations = np.corrcoef(np.array([shear, zoom, zoom_y, flip]))
    assert np.abs(correlations - np.eye(4)).max() < 0.05


def test_make_augmenter_repeats_itself_with_the_same_seed():
    images = noise(8, 12, 13, 3)
    first, again, other, free, free_again = (
        np.asarray(make_augmenter(seed)(images, training=True)) for seed in (1, 1, 2, None, None)
    )
    assert first.shape == images.shape and first.dtype == np.float32
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(free, free_again)


def test_make_augmenter_is_switched_off_as_its_docstring_says():
    images = noise(8, 12, 13, 3)
    model = keras.Sequential([keras.Input((12, 13, 3)), make_augmenter(seed=0)])
    assert np.array_equal(model.predict(images, verbose=0), images)
    assert np.array_equal(model(images, training=False), images)
    assert not np.array_equal(model(images, training=True), images)
    assert not np.array_equal(model(images), images)  # a surprise that the docstring names


# The benchmark


def test_the_benchmark_measures_what_was_done_to_an_image():
    changed = benchmark.measure(
        lambda images: apply_parameters(images, TYPICAL | {"brightness": 1.1}), num_images=2
    )
    for name, value in (TYPICAL | {"brightness": 1.1}).items():
        np.testing.assert_allclose(changed[name], value, atol=0.2 if name == "angle" else 0.003)
    assert changed["move"].max() < 0.1 and changed["misfit"].max() < 0.5


def test_the_benchmark_sees_a_moved_centre_and_a_nearest_pixel():
    matrix = affine_matrix(64, 64, shear=0.1, angle=5)
    matrix[0, 2] += 3

    def shift_and_take_nearest(images):
        size, nearest = images.shape[2:0:-1], cv2.INTER_NEAREST
        return np.stack([cv2.warpAffine(image, matrix, size, flags=nearest) for image in images])

    changed = benchmark.measure(shift_and_take_nearest, num_images=1)
    np.testing.assert_allclose(changed["move"], 3, atol=0.1)
    assert changed["misfit"].min() > 0.5


@pytest.mark.parametrize("name", [benchmark.OURS, "NumPy", "Keras layers in tf.data"])
def test_contestants_do_the_same_within_the_same_boxes(name):
    found = benchmark.measure(benchmark.BUILDERS[name](), num_images=128)
    boxes = {"shear": 0.2, "angle": 10.0, "brightness": 0.2, "zoom": 0.25, "zoom_y": 0.25}
    for parameter, width in boxes.items():
        off = np.abs(found[parameter] - (parameter in ("brightness", "zoom", "zoom_y")))
        assert 0.8 * width < off.max() < 1.06 * width, parameter
    assert 0.3 < found["flip"].mean() < 0.7
    assert found["misfit"].max() < 0.5
