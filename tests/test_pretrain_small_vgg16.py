"""Making the shipped weights: the folding is exact, the seed repeats, files come whole."""

import hashlib

import keras
import numpy as np
import pytest

from data_scripts import pretrain_small_vgg16 as module
from data_scripts.pretrain_small_vgg16 import fold_batch_norm, main, recolour, with_batch_norm
from data_scripts.shapes import SOURCE_CLASSES, TARGET_CLASSES
from helpers.vgg16 import vgg16_base


def test_folded_convolutions_compute_what_convolution_and_norm_did():
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    base = vgg16_base(None, width=1 / 8)
    trained = with_batch_norm(base)
    for layer in trained.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([rng.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    x = rng.uniform(-120, 120, (4, 32, 32, 3)).astype("float32")
    before = trained.predict(x, verbose=0)
    fold_batch_norm(trained, base)
    after = base.predict(x, verbose=0)
    assert before.std() > 0.01
    np.testing.assert_allclose(after, before, rtol=1e-3, atol=1e-3 * np.abs(before).max())
    assert [layer.name for layer in base.layers[1:]] == [
        layer.name for layer in vgg16_base("tiles").layers[1:]
    ]


def test_recolouring_swaps_channels_and_inverts_about_half():
    rng = np.random.default_rng(0)
    x = rng.integers(0, 256, (200, 4, 6, 3), dtype=np.uint8)
    x[0] = 7
    copy = x.copy()
    y = recolour(x, np.random.default_rng(1))
    np.testing.assert_array_equal(x, copy)
    assert y.shape == x.shape and y.dtype == np.uint8
    inverted = 0
    for one, other in zip(x[1:], y[1:], strict=True):
        same = np.array_equal(np.sort(one, axis=-1), np.sort(other, axis=-1))
        inverse = np.array_equal(np.sort(255 - one, axis=-1), np.sort(other, axis=-1))
        assert same != inverse  # the same three values at every place, or their inverse
        inverted += inverse
    assert 70 < inverted < 130
    assert len({tuple(o[0, 0]) for o in y}) > 150
    np.testing.assert_array_equal(y, recolour(x, np.random.default_rng(1)))


def test_held_out_images_are_no_training_images_and_all_classes_take_turns():
    (x, y), (held_out, _) = (module.draw_images(96, seed=0, part=part) for part in (0, 1))
    assert np.bincount(y).tolist() == [2] * len(SOURCE_CLASSES)
    seen = {image.tobytes() for image in x}
    assert len(seen) == 96
    assert not seen & {image.tobytes() for image in held_out}
    other, _ = module.draw_images(96, seed=1, part=0)
    assert not seen & {image.tobytes() for image in other}


def test_the_command_writes_weights_checksum_and_card_and_the_seed_repeats(tmp_path, capsys):
    quick = ["--num-images", "96", "--epochs", "1"]
    for name in "ab":
        main(["--out", str(tmp_path / name / "small_vgg16.weights.h5"), *quick])
    a, b = ((tmp_path / name / "small_vgg16.weights.h5").read_bytes() for name in "ab")
    assert a == b
    assert len(a) <= 1.5e6
    assert "230,568 parameters, 0.98 MB" in capsys.readouterr().out

    folder = tmp_path / "a"
    assert sorted(path.name for path in folder.iterdir()) == [
        "small_vgg16.md",
        "small_vgg16.sha256",
        "small_vgg16.weights.h5",
    ]
    assert (folder / "small_vgg16.sha256").read_text().split()[0] == hashlib.sha256(a).hexdigest()
    card = (folder / "small_vgg16.md").read_text(encoding="utf-8")
    assert "Accuracy on 9 held-out images" in card and "96 images of 32 x 32" in card
    for name in TARGET_CLASSES:
        assert name in card
    vgg16_base(folder / "small_vgg16.weights.h5")  # it can be loaded


def test_finished_weights_are_kept(tmp_path, capsys, monkeypatch):
    out = tmp_path / "mine.weights.h5"
    out.write_bytes(b"finished")
    monkeypatch.setattr(module, "pretrain", lambda *_: pytest.fail("trained again"))
    main(["--out", str(out)])
    assert out.read_bytes() == b"finished"
    assert "--force trains it again" in capsys.readouterr().out


def test_a_name_that_keras_cannot_load_is_refused_before_training(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(module, "pretrain", lambda *_: pytest.fail("trained for nothing"))
    with pytest.raises(SystemExit):
        main(["--out", str(tmp_path / "weights.h5")])
    assert "must end in .weights.h5" in capsys.readouterr().err
