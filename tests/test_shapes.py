"""The drawn classes: disjoint, reproducible, varied, and distinct."""

import copy

import numpy as np
import pytest

from data_scripts import shapes
from data_scripts.shapes import SIZE, SOURCE_CLASSES, TARGET_CLASSES, draw


def parameters_of(seed):
    return shapes.draw_parameters(np.random.default_rng(seed))


def test_target_classes_are_disjoint_from_source_classes():
    assert len(TARGET_CLASSES) == len(set(TARGET_CLASSES)) == 10
    assert len(SOURCE_CLASSES) == len(set(SOURCE_CLASSES)) == 48
    assert not set(TARGET_CLASSES) & set(SOURCE_CLASSES)
    # Not in name alone: no target is drawn by the shape of a source class.
    assert not set(shapes.TARGET_SHAPES) & set(shapes.SOURCE_SHAPES)


def test_no_target_outline_is_a_source_outline():
    y, x = (np.mgrid[:64, :64] + 0.5) / 32 - 1
    sources = {name: shape(x, y) < 0 for name, shape in shapes.SOURCE_SHAPES.items()}
    targets = {name: shape(x, y) < 0 for name, shape in shapes.TARGET_SHAPES.items()}
    everything = {**sources, **targets}
    for target, a in targets.items():
        for other, b in everything.items():
            if other != target:
                overlap = (a & b).sum() / (a | b).sum()
                assert overlap < 0.8, f"{target} and {other} share {overlap:.0%} of their area"


@pytest.mark.parametrize("name", SOURCE_CLASSES + TARGET_CLASSES)
def test_every_class_gives_a_32_pixel_uint8_image(name):
    image = draw(name, np.random.default_rng(3))
    assert image.shape == (SIZE, SIZE, 3) == (32, 32, 3)
    assert image.dtype == np.uint8
    assert image.std() > 5  # something is on it


@pytest.mark.parametrize("name", ["ring_dots", "fish"])
def test_the_same_seed_gives_the_same_image_and_another_seed_another(name):
    one, again, other = (draw(name, np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert np.abs(one.astype(int) - other).mean() > 10


def test_render_is_a_pure_function_of_its_parameters():
    parameters = parameters_of(5)
    before = copy.deepcopy(parameters)
    first, second = shapes.render("boat", parameters), shapes.render("boat", parameters)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_equal(parameters, before)


def test_the_class_decides_only_the_shape_so_colour_does_not_give_it_away():
    # The same parameters for two classes: the corners, never covered, are the same pixels.
    parameters = parameters_of(6)
    house, moon = shapes.render("house", parameters), shapes.render("moon", parameters)
    np.testing.assert_array_equal(house[0], moon[0])
    assert (house != moon).any()


def test_textures_of_one_shape_differ():
    pictures = [shapes.render(f"disc_{t}", parameters_of(7)) for t in shapes.TEXTURES]
    for i, one in enumerate(pictures):
        for other in pictures[:i]:
            assert (one != other).any(axis=-1).sum() > 20


def test_things_stand_out_from_all_of_their_background_light_on_dark_or_dark_on_light():
    lighter = []
    for seed in range(60):
        drawn = shapes.draw_parameters(np.random.default_rng(seed), calm=True)["colours"]
        first, second = (drawn[2] - drawn[:2]) @ (0.3, 0.59, 0.11)
        assert min(abs(first), abs(second)) > 0.25
        assert (first > 0) == (second > 0)
        lighter.append(first > 0)
    assert 20 < sum(lighter) < 40  # brightness must not tell the way to the answer


def test_source_shapes_are_seen_against_the_background():
    for seed in range(50):
        back, _, fore, _ = parameters_of(seed)["colours"]
        assert abs((fore - back) @ (0.3, 0.59, 0.11)) > 0.25


@pytest.mark.parametrize("name", ["dragon", "disc", "fish_dots", "disc_", ""])
def test_an_unknown_class_is_an_error_that_names_it(name):
    with pytest.raises(ValueError, match=f"`name` must be one of .* Received: name='{name}'"):
        draw(name, np.random.default_rng(0))
