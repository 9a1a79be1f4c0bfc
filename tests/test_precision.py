"""The faster number format is taken where it is worth it, and what was measured is said."""

import keras
import pytest

from helpers import precision


def build():
    print("Using a base.")
    inputs = keras.Input((8, 8, 3))
    return keras.Model(inputs, keras.layers.Conv2D(2, 3)(inputs), name="tiny")


@pytest.mark.parametrize(
    ("float32", "bfloat16", "chosen"),
    [(1.0, 0.5, "mixed_bfloat16"), (1.0, 0.9, "float32"), (1.0, 3.0, "float32")],
)
def test_bfloat16_is_taken_only_where_it_gains(float32, bfloat16, chosen):
    assert precision.fastest({"float32": float32, "mixed_bfloat16": bfloat16}) == chosen


@pytest.mark.parametrize("chosen", precision.POLICIES)
def test_the_model_computes_in_the_chosen_format_and_keeps_float32_weights(
    monkeypatch, capsys, chosen
):
    monkeypatch.setattr(precision, "fastest", lambda seconds: chosen)
    before = keras.config.dtype_policy()
    model = precision.build_fastest(build, batch_size=2, rounds=1)
    assert model.layers[-1].dtype_policy.name == chosen
    assert {str(w.dtype) for w in model.weights} == {"float32"}
    assert keras.config.dtype_policy() == before
    printed = capsys.readouterr().out
    assert printed.count("Using a base.") == 1  # not once for each format
    assert f"Going on with {chosen}." in printed and "tiny, images per second: float32" in printed


def test_a_build_that_fails_leaves_the_policy_as_it_was():
    before = keras.config.dtype_policy()
    with pytest.raises(ZeroDivisionError):
        precision.build_fastest(lambda: 1 / 0)
    assert keras.config.dtype_policy() == before
