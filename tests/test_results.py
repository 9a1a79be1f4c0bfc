"""A finished training is read, a changed one is trained, an interrupted one goes on."""

import inspect
import json

import keras
import numpy as np
import pandas as pd
import pytest

from helpers import results


class Table(keras.utils.PyDataset):
    """Ten batches that `keep` tells apart by their table."""

    def __init__(self, seed=0):
        super().__init__()
        rng = np.random.default_rng(seed)
        self.x = rng.normal(0, 1, (40, 3)).astype("float32")
        self.df = pd.DataFrame(self.x)

    def __len__(self):
        return 10

    def __getitem__(self, i):
        x = self.x[4 * i : 4 * i + 4]
        return x, x[:, :1] > 0


calls = []
stop_in_epoch = None


def small_model(units):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model


def train(data, epochs=3, callbacks=()):
    calls.append("train")
    model = small_model(1)
    stop = keras.callbacks.LambdaCallback(on_epoch_begin=interrupted)
    return model, model.fit(data, epochs=epochs, callbacks=[*callbacks, stop], verbose=0)


def train_plain(data, scale=1):
    calls.append("train_plain")
    return small_model(1), {"loss": [scale]}


def interrupted(epoch, logs):
    calls.append(epoch)
    if epoch == stop_in_epoch:
        raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    calls.clear()
    monkeypatch.setattr("test_results.stop_in_epoch", None)


def test_a_finished_training_is_read_from_disk(tmp_path, capsys):
    first, history, seconds = results.keep(tmp_path, train, Table())
    model, again, known = results.keep(tmp_path, train, Table())
    assert calls.count("train") == 1 and (again, known) == (history, seconds)
    assert len(history["loss"]) == 3 and seconds > 0
    for a, b in zip(first.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert model is not first and "train: read from" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"epochs": 2}, {"data": Table(1)}])
def test_other_arguments_are_another_training(tmp_path, change):
    data = change.pop("data", None)
    results.keep(tmp_path, train, Table())
    results.keep(tmp_path, train, data or Table(), **change)
    assert calls.count("train") == 2


def test_changed_code_is_another_training(tmp_path, monkeypatch):
    results.keep(tmp_path, train_plain, Table())
    source = inspect.getsource
    monkeypatch.setattr(inspect, "getsource", lambda f: source(f).replace("[scale]", "[2]"))
    results.keep(tmp_path, train_plain, Table())
    assert calls == ["train_plain"] * 2


def test_another_start_is_another_training(tmp_path):
    # The second model has other random weights.
    assert results.digest_of(small_model(1)) != results.digest_of(small_model(1))
    model = small_model(1)
    assert results.digest_of(model, 1) == results.digest_of(model, 1) != results.digest_of(model)


def test_an_interrupted_training_goes_on_with_its_epoch(tmp_path, monkeypatch):
    monkeypatch.setattr("test_results.stop_in_epoch", 2)
    with pytest.raises(KeyboardInterrupt):
        results.keep(tmp_path, train, Table(), epochs=4)
    monkeypatch.setattr("test_results.stop_in_epoch", None)
    calls.clear()
    results.keep(tmp_path, train, Table(), epochs=4)
    assert calls == ["train", 2, 3]


def test_a_training_without_callbacks_is_kept_too(tmp_path):
    for _ in range(2):
        _, history, _ = results.keep(tmp_path, train_plain, Table(), scale=0.5)
    assert calls == ["train_plain"] and history == {"loss": [0.5]}


def test_a_damaged_result_is_trained_again_and_says_so(tmp_path, capsys):
    results.keep(tmp_path, train_plain, Table())
    (file,) = tmp_path.glob("*/model.keras")
    file.write_bytes(b"not a model")
    results.keep(tmp_path, train_plain, Table())
    assert calls == ["train_plain"] * 2
    assert "trained again, as it cannot be read" in capsys.readouterr().out


def test_the_note_is_written_last(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(keras.Model, "save", full)
    with pytest.raises(OSError, match="no space left"):
        results.keep(tmp_path, train_plain, Table())
    assert not list(tmp_path.glob("*/result.json"))
    monkeypatch.undo()
    results.keep(tmp_path, train_plain, Table())
    (note,) = tmp_path.glob("*/result.json")
    assert json.loads(note.read_text())["history"] == {"loss": [1.0]}
