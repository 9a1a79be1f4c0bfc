"""Feature caching: each image once, in order, in bounded memory, resumable, never mixed."""

import json
import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from helpers import features as module
from helpers.features import extract_features
from helpers.vgg16 import vgg16_base

COUNT, BATCH = 23, 5  # the last batch has 3


def data(seed=0, count=COUNT):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (count, 32, 32, 3), dtype=np.uint8), rng.integers(0, 9, count)


def cut(x, y, batch=BATCH):
    return [(x[i : i + batch], y[i : i + batch]) for i in range(0, len(x), batch)]


class Counting(keras.utils.PyDataset):
    """Batches by number that remember who was asked for, and may be cut off by a failure."""

    def __init__(self, x, y, fail_at=None):
        super().__init__()
        self.pairs, self.asked, self.fail_at = cut(x, y), [], fail_at

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, index):
        if index == self.fail_at:
            raise KeyboardInterrupt
        self.asked.append(index)
        return self.pairs[index]


@pytest.fixture(scope="module")
def base():
    return vgg16_base("tiles")


@pytest.fixture(scope="module")
def expected(base):
    """The oracle: preprocessing, base and average by hand."""
    x, _ = data()
    bgr = x[..., ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32")
    return base.predict(bgr, verbose=0).mean(axis=(1, 2))


def kinds():
    x, y = data()
    return {
        "list": lambda: cut(x, y),
        "generator": lambda: iter(cut(x, y)),
        "PyDataset": lambda: Counting(x, y),
        "tf.data": lambda: tf.data.Dataset.from_tensor_slices((x, y)).batch(BATCH),
        "tf.data without a length": lambda: tf.data.Dataset.from_generator(
            lambda: iter(cut(x, y)),
            output_signature=(
                tf.TensorSpec((None, 32, 32, 3), tf.uint8),
                tf.TensorSpec((None,), tf.int64),
            ),
        ),
    }


@pytest.mark.parametrize("on_disk", [False, True], ids=["arrays", "disk"])
@pytest.mark.parametrize("kind", kinds())
def test_each_image_once_in_order_from_any_kind_of_batches(base, expected, tmp_path, kind, on_disk):
    for _ in range(2 if on_disk else 1):  # the second time from disk
        features, labels = extract_features(base, kinds()[kind](), tmp_path if on_disk else None)
        assert features.shape == (COUNT, 64) and features.dtype == np.float32
        np.testing.assert_allclose(features, expected, atol=1e-4)
        np.testing.assert_array_equal(labels, data()[1])
        assert labels.dtype == np.int64
        assert isinstance(features, np.memmap) == on_disk


@pytest.mark.parametrize("on_disk", [False, True], ids=["arrays", "disk"])
def test_one_hot_labels_stay_one_hot(base, tmp_path, on_disk):
    x, y = data()
    one_hot = np.eye(9, dtype="float32")[y]
    _, labels = extract_features(base, cut(x, one_hot), tmp_path if on_disk else None)
    np.testing.assert_array_equal(labels, one_hot)
    assert labels.dtype == np.float32


def test_one_image_and_a_batch_larger_than_the_data(base, tmp_path):
    x, y = data(count=1)
    assert extract_features(base, [(x, y)], tmp_path)[0].shape == (1, 64)


def test_a_base_cut_off_earlier_gives_its_features(base):
    earlier = keras.Model(base.input, base.get_layer("block3_pool").output)
    x, y = data()
    assert extract_features(earlier, cut(x, y))[0].shape == (COUNT, 32)


def test_finished_features_are_read_not_made_again(base, tmp_path, monkeypatch):
    x, y = data()
    extract_features(base, Counting(x, y), tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    again = Counting(x, y)
    monkeypatch.setattr(keras.Model, "predict_on_batch", lambda *_: pytest.fail("ran again"))
    extract_features(base, again, tmp_path)
    assert again.asked == [0, 4]  # the first and the last are compared, the others not even read
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("fail_at", [1, 3, 4])
def test_after_an_interruption_it_goes_on_where_it_stopped(base, expected, tmp_path, fail_at):
    x, y = data()
    with pytest.raises(KeyboardInterrupt):
        extract_features(base, Counting(x, y, fail_at), tmp_path)
    rest = Counting(x, y)
    features, labels = extract_features(base, rest, tmp_path)
    np.testing.assert_allclose(features, expected, atol=1e-4)
    np.testing.assert_array_equal(labels, y)
    assert rest.asked == sorted({0, *range(fail_at - 1, 5)})


def test_a_batch_cut_short_by_a_kill_is_written_over(base, expected, tmp_path, monkeypatch):
    x, y = data()
    real, calls = module.write_atomically, []

    def killed(*args):  # after the rows, before the progress that makes them count
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(module, "write_atomically", killed)
    with pytest.raises(KeyboardInterrupt):
        extract_features(base, cut(x, y), tmp_path)
    with (tmp_path / "features.f32").open("r+b") as file:
        file.truncate(2 * BATCH * 64 * 4 + 100)  # a part of a row is left of the third batch
    monkeypatch.setattr(module, "write_atomically", real)
    features, _ = extract_features(base, cut(x, y), tmp_path)
    np.testing.assert_allclose(features, expected, atol=1e-4)


def interrupted(base, folder, x, y):
    with pytest.raises(KeyboardInterrupt):
        extract_features(base, Counting(x, y, fail_at=3), folder)


def finished(base, folder, x, y):
    extract_features(base, Counting(x, y), folder)


@pytest.mark.parametrize("start", [interrupted, finished])
@pytest.mark.parametrize("change", ["first image", "last known label", "order", "length", "dtype"])
@pytest.mark.parametrize("kind", [Counting, cut, lambda x, y: iter(cut(x, y))])
def test_features_of_another_dataset_are_never_mixed_in(base, tmp_path, start, change, kind):
    x, y = data()
    start(base, tmp_path, x, y)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    x, y = x.copy(), y.copy()
    if change == "first image":
        x[0, 0, 0, 0] ^= 1
    if change == "last known label":
        y[14 if start is interrupted else 22] += 1
    if change == "order":
        x, y = x[::-1], y[::-1]
    if change == "length":
        x, y = x[:10], y[:10]
    if change == "dtype":
        x = x.astype("float32")
    with pytest.raises(ValueError, match="`batches` must|`folder` must be new .* another dataset"):
        extract_features(base, kind(x, y), tmp_path)
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


def other_bases(base):
    changed = keras.models.clone_model(base)
    values = base.get_weights()
    values[-1] = values[-1] + 1e-3
    changed.set_weights(values)
    yield changed
    yield keras.Model(base.input, base.get_layer("block5_conv3").output)


def test_features_of_another_base_are_never_mixed_in(base, tmp_path):
    x, y = data()
    interrupted(base, tmp_path, x, y)
    for other in other_bases(base):
        with pytest.raises(ValueError, match="`folder` must be new or .* of another base"):
            extract_features(other, cut(x, y), tmp_path)
    extract_features(vgg16_base("tiles"), cut(x, y), tmp_path)  # the same weights, built again


def test_the_fingerprint_of_a_base_is_the_same_in_another_process(base):
    code = (
        "from helpers.features import _fingerprint; from helpers.vgg16 import vgg16_base;"
        "vgg16_base('tiles'); print(_fingerprint(vgg16_base('tiles')))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split()[-1] == module._fingerprint(base)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "progress.json").write_text("{"),
        lambda folder: (folder / "progress.json").write_text("{}"),
        lambda folder: os.truncate(folder / "features.f32", 100),
        lambda folder: os.truncate(folder / "labels.bin", 8),
        lambda folder: (folder / "labels.bin").unlink(),
    ],
)
def test_a_damaged_folder_is_an_error_that_says_to_delete_it(base, tmp_path, damage):
    x, y = data()
    finished(base, tmp_path, x, y)
    damage(tmp_path)
    with pytest.raises(ValueError, match="`folder` .*: delete it. Received: .*damaged"):
        extract_features(base, cut(x, y), tmp_path)


@pytest.mark.parametrize("on_disk", [False, True], ids=["arrays", "disk"])
def test_a_generator_without_end_is_noticed_and_steps_bound_it(base, expected, tmp_path, on_disk):
    folder = tmp_path if on_disk else None

    def endless():
        while True:
            yield from cut(*data())

    with pytest.raises(ValueError, match="`steps` say how many.*batch 5 like batch 0"):
        extract_features(base, endless(), folder)
    other = tmp_path / "other" if on_disk else None
    for steps, rows in ((2, 10), (5, COUNT)):
        folder = other and other / str(steps)
        features, _ = extract_features(base, endless(), folder, steps=steps)
        np.testing.assert_allclose(features, expected[:rows], atol=1e-4)


def test_fewer_batches_than_steps_are_an_error(base):
    with pytest.raises(ValueError, match="`batches` must give 6 batches. Received: 5"):
        extract_features(base, iter(cut(*data())), steps=6)


@pytest.mark.parametrize("on_disk", [False, True], ids=["arrays", "disk"])
@pytest.mark.parametrize("empty", [[], iter(())], ids=["list", "generator"])
def test_no_batches_are_an_error(base, tmp_path, empty, on_disk):
    with pytest.raises(ValueError, match="`batches` must have at least one batch"):
        extract_features(base, empty, tmp_path if on_disk else None)


X, Y = data(count=4)


@pytest.mark.parametrize(
    ("batch", "words"),
    [
        (X, "pairs .x, y.. Received: ndarray"),
        ((X,), "pairs .x, y.. Received: tuple"),
        ((X, Y[:3]), "for each. Received: x .4, 32, 32, 3., y .3"),
        ((X[:, :16], Y), "x of shape .b, 32, 32, 3."),
        ((X, np.array(["a", "b", "c", None])), "number or vector of numbers.*object"),
        ((X / 255.0, Y), "RGB from 0 to 255.*multiply by 255. Received: values from 0.00 to 1.00"),
    ],
)
def test_batches_of_another_form_are_an_error(base, batch, words):
    with pytest.raises(ValueError, match=words):
        extract_features(base, [batch])


def test_black_images_are_not_taken_for_images_from_0_to_1(base):
    extract_features(base, [(np.zeros((2, 32, 32, 3), "float32"), np.array([0, 1]))])


def test_labels_that_change_their_form_on_the_way_are_an_error(base, tmp_path):
    batches = [(X, Y), (X[::-1], Y.astype("float32"))]
    with pytest.raises(ValueError, match="labels of one dtype and shape.*Received: .64, '<f4'"):
        extract_features(base, batches, tmp_path)


def test_images_are_read_one_batch_at_a_time(base, tmp_path):
    """No batch is asked for before the one before it counts on disk."""
    seen = []

    class Watching(Counting):
        def __getitem__(self, index):
            progress = tmp_path / "progress.json"
            seen.append(json.loads(progress.read_text())["batches"] if progress.exists() else 0)
            return super().__getitem__(index)

    extract_features(base, Watching(*data()), tmp_path)
    assert seen == [0, 1, 2, 3, 4]
