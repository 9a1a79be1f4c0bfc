"""The faster number format is taken where it is worth it, and what was measured is said."""

import keras
import pytest
import tensorflow as tf

from helpers import precision


def build():
    print("Using a base.")
    inputs = keras.Input((8, 8, 3))
    halves = keras.initializers.Constant(0.5)
    convolution = keras.layers.Conv2D(2, 3, kernel_initializer=halves, bias_initializer=halves)
    return keras.Model(inputs, convolution(inputs), name="tiny")


@pytest.mark.parametrize(
    ("float32", "bfloat16", "chosen"),
    [(1.0, 0.5, "mixed_bfloat16"), (1.0, 0.9, "float32"), (1.0, 3.0, "float32")],
)
def test_bfloat16_is_taken_only_where_it_gains(float32, bfloat16, chosen):
    assert precision.fastest({"float32": float32, "mixed_bfloat16": bfloat16}) == chosen


@pytest.mark.parametrize("chosen", precision.POLICIES)
def test_the_model_computes_in_the_chosen_format_and_keeps_its_float32_weights(
    monkeypatch, capsys, chosen
):
    monkeypatch.setattr(precision, "fastest", lambda seconds: chosen)
    before = keras.config.dtype_policy()
    model = precision.build_fastest(build, batch_size=2, rounds=1)
    assert model.layers[-1].dtype_policy.name == chosen
    assert {str(w.dtype) for w in model.weights} == {"float32"}
    assert all((w.numpy() == 0.5).all() for w in model.weights)
    assert keras.config.dtype_policy() == before
    printed = capsys.readouterr().out
    assert printed.count("Using a base.") == 1  # not once for each format
    assert f"Going on with {chosen}." in printed
    assert "tiny, images trained on per second: float32" in printed


@pytest.mark.parametrize("frozen", [False, True])
def test_what_is_timed_for_training_goes_back_through_the_model(frozen):
    model = build()
    model.trainable = not frozen
    x = tf.random.uniform((2, 8, 8, 3))
    shapes = [gradient.shape for gradient in precision.one_pass(model, training=True)(x)]
    assert shapes == [x.shape] + [w.shape for w in model.weights] * (not frozen)
    assert precision.one_pass(model, training=False)(x).shape == (2, 6, 6, 2)


def test_a_build_that_fails_leaves_the_policy_as_it_was():
    before = keras.config.dtype_policy()
    with pytest.raises(ZeroDivisionError):
        precision.build_fastest(lambda: 1 / 0)
    assert keras.config.dtype_policy() == before
