"""What the checks of the activity are made of: trials, prints of images, listings."""

import glob
import os
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest
from keras import layers

from helpers.checks import CheckFailed, check, once
from helpers.checks.transfer_learning.bases import tiny_base, watched
from helpers.checks.vgg16_on_cifar10 import accuracy, colours, fine_tuning, prepare_data

# --- trials ---------------------------------------------------------------------------------------


def test_a_trial_runs_once_and_its_error_is_kept_for_every_check():
    calls = []

    @once
    def trial(answer, size=1):
        calls.append(size)
        return answer(size)

    def fails(size):
        raise KeyError("inside the answer")

    assert [trial(str), trial(str), trial(str, 2)] == ["1", "1", "2"] and calls == [1, 2]
    for promise in ("It counts.", "It adds."):

        def judge(answer):
            trial(answer)

        judge.__doc__ = promise
        with pytest.raises(KeyError, match="inside the answer") as caught:
            check()(judge)(fails)
        # The note of this check, and none of the one before.
        assert len(caught.value.__notes__) == 1 and promise in caught.value.__notes__[0]
    assert calls == [1, 2, 1]


def test_every_answer_gets_a_base_of_its_own_and_the_number_format_is_measured_once(capsys):
    accuracy.measured_base.cache_clear()
    first = accuracy.best_base("stand-in for CIFAR-10")
    kept = first.get_weights()
    first.set_weights([0 * w for w in kept])  # as an answer trains it
    second = accuracy.best_base("stand-in for CIFAR-10")
    assert all(map(np.array_equal, second.get_weights(), kept)) and np.any(kept[0])
    assert capsys.readouterr().out.count("Going on with") == 1


# --- what a base was shown ------------------------------------------------------------------------


def random_base():
    return tiny_base(32, 32)


def test_a_base_counts_images_and_tells_each_from_its_changed_copies():
    base, x = random_base(), colours.ColourBatches([40], height=32, width=32).x.astype("float32")
    base.predict(x - 127.5, verbose=0)
    images, colour = watched(base)
    assert images == 40 and np.allclose(colour, x.mean((0, 1, 2)) - 127.5, rtol=1e-3)
    prints = fine_tuning.prints_since(base, 0)
    known = fine_tuning.prints_of(base, x)
    assert len(prints) == 40 and fine_tuning.is_among(prints, known).all()
    assert len(fine_tuning.prints_since(base, 30)) == 10
    for changed in (x[:, :, ::-1], np.roll(x, 1, 1), np.roll(x, 1, 2), x + 1, x[:, ::-1]):
        assert fine_tuning.is_among(fine_tuning.prints_of(base, changed), known).mean() < 0.2


def test_what_a_base_keeps_of_images_is_no_weight_of_it():
    base = random_base()
    before = base.get_weights()
    base.predict(np.ones((3, 32, 32, 3), "float32"), verbose=0)
    assert len(before) == 10 and all(map(np.array_equal, before, base.get_weights()))


def test_batches_count_their_reads_and_how_many_live():
    batches = colours.ColourBatches([4, 4, 3])
    kept = [batches[0], batches[1]]
    for i in (0, 1, 2):
        batches[i]
    assert batches.reads == [2, 2, 1] and batches.most_alive == 3
    del kept
    assert batches.alive == 0
    with pytest.raises(IndexError):
        batches[3]


# --- probabilities --------------------------------------------------------------------------------


def classifier(*end, shape=(8, 8, 3)):
    return keras.Sequential([keras.Input(shape), layers.GlobalAveragePooling2D(), *end])


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (classifier(layers.Dense(3)), "Is there a softmax at its end?"),
        (
            classifier(layers.Dense(3, "sigmoid", kernel_initializer="zeros")),
            "each row adds up to 1",
        ),
        (classifier(layers.Dense(10, activation="softmax")), "Received the shape (130, 10)"),
        (keras.Sequential([keras.Input((6,)), layers.Softmax()]), "must take images (8, 8, 3)"),
        (classifier(layers.Softmax(), shape=(8, 9, 3)), "takes (None, 8, 9, 3)"),
        (classifier(layers.Rescaling(np.nan)), "Is the learning rate too high?"),
        ("a text", "must give a Keras model. Received: str"),
    ],
)
def test_what_are_no_probabilities_of_images_is_named(model, words):
    x = np.random.default_rng(0).integers(0, 256, (130, 8, 8, 3)).astype("uint8")
    with pytest.raises(CheckFailed) as caught:
        colours.probabilities(model, x, 3, "an_answer")
    assert words in str(caught.value)


@pytest.mark.parametrize("shape", [(8, 8, 3), (None, None, 3)])
def test_probabilities_come_in_order_from_models_of_one_size_or_any(shape):
    x = np.random.default_rng(0).integers(0, 256, (130, 8, 8, 3)).astype("uint8")
    p = colours.probabilities(classifier(layers.Softmax(), shape=shape), x, 3, "an_answer")
    wanted = np.exp(x.mean((1, 2)))
    assert p.dtype == np.float32
    assert np.allclose(p, wanted / wanted.sum(1, keepdims=True), atol=1e-3)


# --- listings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        lambda folder: os.listdir(folder),
        lambda folder: [entry.name for entry in os.scandir(folder)],
        lambda folder: [path.name for path in Path(folder).iterdir()],
        lambda folder: [path.name for path in Path(folder).glob("*")],
        lambda folder: [os.path.basename(path) for path in glob.glob(f"{folder}/*")],
        lambda folder: next(os.walk(folder))[2],
    ],
)
def test_an_answer_finds_folders_in_another_order_each_time_and_never_sorted(names, tmp_path):
    wanted = [f"{i:02d}.jpg" for i in range(20)]
    for name in wanted:
        (tmp_path / name).touch()

    def answer(folder):
        table = pd.DataFrame({"tile_name": names(folder), "y": 0})
        return table, table, ["a"]

    found = [prepare_data.run(answer, tmp_path)[0]["tile_name"].tolist() for _ in range(3)]
    assert all(sorted(listed) == wanted != listed for listed in found)
    assert found[0] != found[1] != found[2]
    assert len({tuple(names(tmp_path)) for _ in range(3)}) == 1  # and all is as before
