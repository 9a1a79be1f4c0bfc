"""Freezing, the classifier on a base, and fine-tuning its top."""

import keras
import numpy as np
import pandas as pd
import pytest
from keras.applications.vgg16 import preprocess_input

from data_scripts.make_standin import make_standin
from helpers import transfer
from helpers.generators import TileBatches
from helpers.transfer import build_classifier, extract_features, freeze, unfreeze_top, vgg16_base

# Parameters of the small base by hand: 3 x 3 x channels in x filters + filters, per layer.
BLOCK5 = 3 * (9 * 64 * 64 + 64)
BLOCK4 = (9 * 32 * 64 + 64) + 2 * (9 * 64 * 64 + 64)
ALL = 230_568


def pictures(count=12, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)
    return x, np.eye(10, dtype="float32")[np.arange(count) % 10]


@pytest.fixture
def base():
    return vgg16_base("tiles")


@pytest.fixture
def model(base):
    model = build_classifier(base, 10)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


def moved(model, before):
    """Names of the layers whose weights are other than before."""
    return {
        layer.name
        for layer in transfer._leaves(model)
        for old, new in zip(before.get(layer.name, []), layer.get_weights(), strict=True)
        if (old != new).any()
    }


def weights_of(model):
    return {layer.name: layer.get_weights() for layer in transfer._leaves(model)}


# --- freeze -------------------------------------------------------------------------------------


def test_freeze_leaves_nothing_or_one_block_to_train(base):
    assert freeze(base) == 0 == len(base.trainable_weights)
    assert freeze(base, "block5") == BLOCK5
    trainable = [layer.name for layer in base.layers if layer.trainable and layer.weights]
    assert trainable == ["block5_conv1", "block5_conv2", "block5_conv3"]
    assert freeze(base, "block4") == BLOCK4  # that block alone, whatever was trainable before
    assert freeze(base) == 0


def test_freeze_reaches_a_base_inside_a_model(base, model):
    assert freeze(model, "block5") == BLOCK5
    assert [w.path.split("/")[-2] for w in model.trainable_weights][::2] == [
        f"block5_conv{i}" for i in (1, 2, 3)
    ]
    assert freeze(model) == 0


def test_what_is_frozen_can_be_trained_again_the_usual_way(base, model):
    """With TensorFlow, `trainable = True` is ignored by a model that says it is True already."""
    assert not base.trainable
    base.trainable = True
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == ALL + 650


@pytest.mark.parametrize("block", ["block6", "block", "conv1", "", "block1_conv1"])
def test_freeze_names_the_blocks_where_one_is_unknown(base, block):
    with pytest.raises(
        ValueError, match=f"one of .'block1', .*'block5'.. Received: last_trainable_block='{block}'"
    ):
        freeze(base, block)


# --- build_classifier ---------------------------------------------------------------------------


def test_probabilities_come_out_and_only_the_head_is_trained(base, model):
    probabilities = model.predict(pictures()[0], verbose=0)
    assert probabilities.shape == (12, 10) and probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == 64 * 10 + 10

    before = weights_of(model)
    model.fit(*pictures(), epochs=2, verbose=0)
    assert moved(model, before) == {"head"}


def test_the_preprocessing_of_vgg16_is_inside(base, model):
    """Guards against images divided by 255, or in RGB, reaching a base that wants neither."""
    x = pictures()[0].astype("float32")
    by_hand = x[..., ::-1] - np.array([103.939, 116.779, 123.68], "float32")
    np.testing.assert_allclose(preprocess_input(x.copy()), by_hand, atol=1e-4)
    features = base.predict(by_hand, verbose=0).mean(axis=(1, 2))
    kernel, bias = model.get_layer("head").get_weights()
    logits = features @ kernel + bias
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(x, verbose=0), expected, atol=1e-5)


def test_uint8_and_float_images_give_the_same_and_stay_as_they_are(model):
    x, _ = pictures()
    copy = x.copy()
    as_bytes, as_floats = (model.predict(images, verbose=0) for images in (x, x.astype("float32")))
    np.testing.assert_array_equal(as_bytes, as_floats)
    np.testing.assert_array_equal(x, copy)


def test_larger_images_are_pooled_over_the_whole_map():
    base = vgg16_base("tiles", (64, 96, 3))
    model = build_classifier(base, 7)
    assert model.get_layer("pool").output.shape == (None, 64)
    x = np.random.default_rng(0).integers(0, 256, (2, 64, 96, 3), dtype=np.uint8)
    assert model.predict(x, verbose=0).shape == (2, 7)


def test_a_base_cut_off_earlier_is_a_base_too(base):
    cut = keras.Model(base.input, base.get_layer("block4_pool").output)
    model = build_classifier(cut, 3)
    assert model.predict(pictures()[0], verbose=0).shape == (12, 3)
    assert not cut.trainable_weights


def test_a_saved_classifier_comes_back_whole(tmp_path, base, model):
    unfreeze_top(model, base, "block5", 1e-4)
    model.fit(*pictures(), epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    x = pictures(seed=1)[0]
    np.testing.assert_allclose(again.predict(x, verbose=0), model.predict(x, verbose=0), atol=1e-6)
    assert len(again.trainable_weights) == len(model.trainable_weights)


def test_a_classifier_of_one_class_is_an_error(base):
    with pytest.raises(ValueError, match="`num_classes` must be 2 or more. Received: .*=1"):
        build_classifier(base, 1)


# --- unfreeze_top -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "count", "layers"),
    [
        ("block5", BLOCK5, ["block5_conv1", "block5_conv2", "block5_conv3"]),
        ("block4", BLOCK4 + BLOCK5, [f"block{b}_conv{c}" for b in (4, 5) for c in (1, 2, 3)]),
        ("block1", ALL, None),
    ],
)
def test_layers_from_the_block_on_are_trained(base, model, block, count, layers):
    assert unfreeze_top(model, base, block, 1e-3) == count + 650
    names = [layer.name for layer in base.layers if layer.weights and layer.trainable]
    assert layers is None or names == layers

    before = weights_of(model)
    model.fit(*pictures(), epochs=1, verbose=0)
    changed = moved(model, before)
    assert "head" in changed
    assert changed <= {*names, "head"}
    assert any(name.startswith(block) for name in changed)


def test_unfreezing_less_afterwards_freezes_again(base, model):
    unfreeze_top(model, base, "block1", 1e-4)
    assert unfreeze_top(model, base, "block5", 1e-4) == BLOCK5 + 650


def test_it_compiles_with_the_rate_and_keeps_loss_and_metrics(base):
    model = build_classifier(base, 10)
    model.compile(
        keras.optimizers.SGD(0.5),
        keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", keras.metrics.TopKCategoricalAccuracy(2, name="top2")],
    )
    unfreeze_top(model, base, "block5", 3e-5)
    assert isinstance(model.optimizer, keras.optimizers.Adam)
    assert float(model.optimizer.learning_rate) == pytest.approx(3e-5)
    assert model.loss.label_smoothing == 0.1
    history = model.fit(*pictures(), epochs=1, verbose=0).history
    assert set(history) == {"loss", "accuracy", "top2"}


def test_a_loss_written_by_hand_stays(base):
    def squares(y, p):
        return keras.ops.sum(keras.ops.square(y - p), axis=-1)

    model = build_classifier(base, 10)
    model.compile("sgd", squares)
    unfreeze_top(model, base, "block5", 1e-4)
    assert model.loss is squares
    model.fit(*pictures(), epochs=1, verbose=0)


def test_a_model_that_was_not_compiled_gets_the_usual_loss(base):
    model = build_classifier(base, 10)
    unfreeze_top(model, base, "block5", 1e-5)
    assert set(model.fit(*pictures(), epochs=1, verbose=0).history) == {"loss", "accuracy"}


def test_predictions_do_not_change_by_unfreezing(base, model):
    before = model.predict(pictures()[0], verbose=0)
    unfreeze_top(model, base, "block5", 1e-5)
    np.testing.assert_allclose(model.predict(pictures()[0], verbose=0), before, atol=1e-6)


@pytest.mark.parametrize("block", ["block6", "block", "head", ""])
def test_unfreeze_top_names_the_blocks_where_one_is_unknown(base, model, block):
    with pytest.raises(ValueError, match=f"`block` must be one of .*Received: block='{block}'"):
        unfreeze_top(model, base, block, 1e-5)
    assert len(model.trainable_weights) == 2  # nothing was changed


@pytest.mark.parametrize("rate", [0, -1e-5])
def test_a_rate_that_learns_nothing_is_an_error(base, model, rate):
    with pytest.raises(ValueError, match="`learning_rate` must be above 0. Received"):
        unfreeze_top(model, base, "block5", rate)


def test_the_base_of_another_model_is_an_error(model):
    with pytest.raises(ValueError, match="`base` must be the base inside `model`"):
        unfreeze_top(model, vgg16_base("tiles"), "block5", 1e-5)


# --- what it is all for -------------------------------------------------------------------------


def test_the_shipped_base_beats_a_random_one_and_training_from_scratch_with_100_labels(tmp_path):
    """A small version of tests/benchmarks/transfer_effect.py, with margins well below it."""
    folder = make_standin(tmp_path, num_train=100, num_test=300)

    def images(split):
        df = pd.read_csv(folder / split / "index.csv")
        batches = TileBatches(df, 50, folder / split, 10)
        return [(batches[i][0] * 255, batches[i][1]) for i in range(len(batches))]

    def frozen(base):
        parts = [extract_features(base, images(split)) for split in ("train", "test")]
        (x, y), (test_x, test_y) = parts
        mean, std = x.mean(axis=0), x.std(axis=0) + 1e-6
        head = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Dense(10, "softmax")])
        head.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
        head.fit((x - mean) / std, y, epochs=60, batch_size=20, verbose=0)
        return head.evaluate((test_x - mean) / std, test_y, verbose=0)[1]

    def from_scratch():
        (x, y), (test_x, test_y) = (
            map(np.concatenate, zip(*images(s), strict=True)) for s in ("train", "test")
        )
        base = vgg16_base(None, width=1 / 8)
        model = build_classifier(base, 10)
        base.trainable = True
        rate = keras.optimizers.schedules.CosineDecay(0.002, 240)
        model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy", metrics=["accuracy"])
        history = model.fit(x, y, epochs=60, batch_size=25, verbose=0).history
        assert history["accuracy"][-1] > 0.9  # it did learn what it was given
        return model.evaluate(test_x, test_y, verbose=0)[1]

    keras.utils.set_random_seed(0)
    shipped, random = frozen(vgg16_base("tiles")), frozen(vgg16_base(None, width=1 / 8))
    scratch = from_scratch()
    print(f"shipped {shipped:.3f}, random {random:.3f}, from scratch {scratch:.3f}")
    assert shipped > 0.6
    assert shipped > random + 0.3
    assert shipped > scratch + 0.3
