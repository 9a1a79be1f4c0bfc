"""What `load_tiles` and `load_cifar10` give, where it comes from, and what they say about it."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pandas as pd
import pytest

from data_scripts import cifar10_download, make_standin, make_tiles, prepare_cifar10
from helpers import datasets

CIFAR10 = prepare_cifar10.CLASS_NAMES
STANDIN = ["arrow", "boat", "fish", "flower", "heart", "house", "key", "moon", "star", "tree"]


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A data folder of its own, no network, and a stand-in of 30 images, drawn in no time."""
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("CIFAR10_DIR", raising=False)
    monkeypatch.setenv("COURSE_PROFILE", "auto")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    draw = make_standin.make_standin
    monkeypatch.setattr(make_standin, "make_standin", lambda out: draw(out, 20, 10))

    def refuse(*_, **__):
        raise ConnectionError("the server cannot be reached")

    monkeypatch.setattr(cifar10_download, "check_reachable", refuse)
    return (tmp_path / "data").resolve()


@pytest.fixture
def source(tmp_path):
    """A folder of 30 images in the layout of CIFAR-10."""
    rng = np.random.default_rng(0)
    for split, count in (("train", 2), ("test", 1)):
        for name in CIFAR10:
            folder = tmp_path / "source" / split / name
            folder.mkdir(parents=True)
            for i in range(count):
                image = rng.integers(0, 256, (32, 32, 3), dtype="uint8")
                cv2.imwrite(str(folder / f"{i}.png"), image)
    return tmp_path / "source"


def assert_index(df, folder, class_names, count):
    assert list(df.columns) == ["tile_name", "y"] and len(df) == count
    assert pd.api.types.is_string_dtype(df["tile_name"]) and df["y"].dtype == "int64"
    assert isinstance(folder, Path) and folder.is_absolute()
    for name, y in zip(df["tile_name"], df["y"], strict=True):
        assert (folder / name).is_file() and name.split("/")[0] == class_names[y]


# Tiles


def test_tiles_are_drawn_on_first_use_and_never_twice(data, monkeypatch):
    df, path_tiles, class_names = datasets.load_tiles(count=20, size=16, seed=1)
    assert class_names == make_tiles.CLASS_NAMES and len(set(class_names)) == 10
    assert isinstance(path_tiles, Path) and path_tiles.is_relative_to(data)
    assert pd.api.types.is_string_dtype(df["tile_name"]) and df["y"].dtype == "int64"
    assert all((path_tiles / name).is_file() for name in df["tile_name"])

    def fail(*_):
        raise AssertionError("drawn again")

    monkeypatch.setattr(make_tiles, "write_atomically", fail)
    again, same_folder, _ = datasets.load_tiles(count=20, size=16, seed=1)
    assert again.equals(df) and same_folder == path_tiles
    fewer, _, _ = datasets.load_tiles(count=12, size=16, seed=1)
    assert fewer.equals(df.head(12))


def test_every_size_and_seed_has_a_folder_of_its_own():
    folders = {
        datasets.load_tiles(count=10, size=size, seed=seed)[1]
        for size, seed in ((16, 0), (16, 1), (20, 0))
    }
    assert len(folders) == 3


def test_changing_the_names_that_were_returned_changes_nothing():
    datasets.load_tiles(count=10, size=16)[2].clear()
    assert len(datasets.load_tiles(count=10, size=16)[2]) == 10


# CIFAR-10 and its stand-in


@pytest.mark.parametrize("chosen", ["auto", "real"])
def test_what_is_prepared_comes_first(data, source, monkeypatch, capsys, chosen):
    monkeypatch.setenv("COURSE_PROFILE", chosen)
    monkeypatch.setenv("CIFAR10_DIR", "/nowhere")
    prepare_cifar10.prepare_cifar10(data / "cifar10", source)
    for split, count in (("train", 20), ("test", 10)):
        df, folder, class_names = datasets.load_cifar10(split)
        assert folder == data / "cifar10" / split and class_names == CIFAR10
        assert_index(df, folder, class_names, count)
        assert df.attrs["dataset"] == "CIFAR-10"
    printed = capsys.readouterr().out
    assert f"Using CIFAR-10, prepared in {data / 'cifar10'}" in printed
    assert "train: 20 images" in printed and "NOTE: this is not all of CIFAR-10" in printed


@pytest.mark.parametrize("chosen", ["auto", "real"])
def test_a_folder_named_by_the_environment_comes_second(data, source, monkeypatch, capsys, chosen):
    monkeypatch.setenv("COURSE_PROFILE", chosen)
    monkeypatch.setenv("CIFAR10_DIR", str(source))
    df, folder, class_names = datasets.load_cifar10()
    assert_index(df, folder, class_names, 20)
    assert folder == data / "cifar10" / "train"
    assert f"preparing it from {source}" in capsys.readouterr().out
    datasets.load_cifar10()
    assert "preparing it from" not in capsys.readouterr().out


def test_keras_comes_third(data, monkeypatch, capsys):
    x, y = np.zeros((20, 32, 32, 3), "uint8"), np.arange(20) % 10
    module = SimpleNamespace(cifar10=SimpleNamespace(load_data=lambda: [(x, y), (x, y)]))
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(datasets=module))
    monkeypatch.setattr(cifar10_download, "check_reachable", lambda: None)
    df, folder, class_names = datasets.load_cifar10("test")
    assert_index(df, folder, class_names, 20)
    assert "preparing it from a download of 170 MB" in capsys.readouterr().out


@pytest.mark.parametrize("split, count", [("train", 20), ("test", 10)])
def test_without_a_network_the_stand_in_is_used_and_said(data, capsys, split, count):
    df, folder, class_names = datasets.load_cifar10(split)
    assert folder == data / "standin" / split and class_names == STANDIN
    assert_index(df, folder, class_names, count)
    assert df.attrs["dataset"] == "stand-in for CIFAR-10"
    printed = capsys.readouterr().out
    assert f"Using the STAND-IN for CIFAR-10, {count} drawn images" in printed
    assert "why: CIFAR-10 is not prepared, and the server cannot be reached" in printed
    assert "python -m data_scripts.prepare_cifar10 [--from FOLDER_OR_ARCHIVE]" in printed
    assert "COURSE_PROFILE" not in printed


def test_offline_is_the_stand_in_even_where_cifar10_is_prepared(data, source, monkeypatch, capsys):
    prepare_cifar10.prepare_cifar10(data / "cifar10", source)
    monkeypatch.setenv("COURSE_PROFILE", "offline")
    assert datasets.load_cifar10()[2] == STANDIN
    printed = capsys.readouterr().out
    assert "why: COURSE_PROFILE is offline" in printed
    assert "set COURSE_PROFILE to auto or real" in printed


def test_real_is_an_error_where_the_real_thing_cannot_be_had(data, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    words = "COURSE_PROFILE is real, .*cannot be reached.*prepare_cifar10.*or set CIFAR10_DIR"
    with pytest.raises(ConnectionError, match=words):
        datasets.load_cifar10()
    assert not (data / "standin").exists()


@pytest.mark.parametrize("chosen", ["auto", "real"])
def test_a_folder_that_is_named_and_wrong_is_an_error_not_a_stand_in(
    data, tmp_path, monkeypatch, chosen
):
    monkeypatch.setenv("COURSE_PROFILE", chosen)
    monkeypatch.setenv("CIFAR10_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="there is no folder or archive .*nowhere"):
        datasets.load_cifar10()
    (tmp_path / "nowhere").mkdir()
    with pytest.raises(ValueError, match="must hold {train,test}/<class>"):
        datasets.load_cifar10()


def test_a_half_prepared_folder_is_not_taken_for_whole(data, source):
    prepare_cifar10.prepare_cifar10(data / "cifar10", source)
    assert datasets.cifar10_is_prepared()
    (data / "cifar10" / "test" / "index.csv").unlink()
    assert not datasets.cifar10_is_prepared()
    assert datasets.load_cifar10()[2] == STANDIN


def test_cifar10_is_prepared_says_what_load_cifar10_will_give(data, source, monkeypatch):
    assert not datasets.cifar10_is_prepared()
    prepare_cifar10.prepare_cifar10(data / "cifar10", source)
    assert datasets.cifar10_is_prepared()
    monkeypatch.setenv("COURSE_PROFILE", "offline")
    assert not datasets.cifar10_is_prepared()


@pytest.mark.parametrize("split", ["valid", "", None, 0])
def test_an_unknown_split_is_named(split):
    with pytest.raises(ValueError, match=f'must be "train" or "test". Received: {split!r}'):
        datasets.load_cifar10(split)


@pytest.mark.parametrize("call", [datasets.load_cifar10, datasets.cifar10_is_prepared])
def test_an_unknown_profile_is_named(monkeypatch, call):
    monkeypatch.setenv("COURSE_PROFILE", "Offline")
    words = "`COURSE_PROFILE` must be one of .*'auto', 'offline', 'real'.*Received: 'Offline'"
    with pytest.raises(ValueError, match=words):
        call()


def test_no_profile_means_auto(monkeypatch):
    monkeypatch.delenv("COURSE_PROFILE")
    assert datasets.profile() == "auto"
    monkeypatch.setenv("COURSE_PROFILE", " real ")
    assert datasets.profile() == "real"


def test_importing_makes_no_folder_and_loads_no_keras(data):
    code = "import sys, helpers.datasets; print('keras' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False" and not data.exists()


# --- folders of one's own -------------------------------------------------------------------------


def touch(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()


def test_a_folder_is_indexed_by_its_class_folders(tmp_path):
    touch(tmp_path, "bee/2.PNG", "bee/1.jpg", "ant hill/0.Jpeg", "Cat/x.jpg")
    touch(tmp_path, "top.jpg", "bee/notes.txt", "bee/._1.jpg", ".cache/1.jpg", "empty/readme.md")
    df, class_names = datasets.index_folder(tmp_path)
    assert class_names == ["Cat", "ant hill", "bee"]
    assert df["tile_name"].tolist() == ["Cat/x.jpg", "ant hill/0.Jpeg", "bee/1.jpg", "bee/2.PNG"]
    assert df["y"].tolist() == [0, 1, 2, 2] and df["y"].dtype == "int64"


def test_no_folder_or_a_single_class_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="`folder` must be a folder of class folders. Rec"):
        datasets.index_folder(tmp_path / "none")
    touch(tmp_path, "bee/1.jpg")
    with pytest.raises(ValueError, match=r"at least two classes. Received: .* \['bee'\]"):
        datasets.index_folder(tmp_path)


def test_a_split_takes_its_part_of_each_class_and_keeps_the_order():
    df = pd.DataFrame({"tile_name": [f"{i}.jpg" for i in range(70)], "y": [0] * 50 + [1] * 20})
    rest, drawn = datasets.split_index(df, 0.1, seed=3)
    assert drawn["y"].value_counts().to_dict() == {0: 5, 1: 2}
    assert sorted([*rest.index, *drawn.index]) == df.index.tolist()
    assert rest.index.is_monotonic_increasing and drawn.index.is_monotonic_increasing
    assert drawn.equals(datasets.split_index(df, 0.1, seed=3)[1])
    assert not drawn.equals(datasets.split_index(df, 0.1, seed=4)[1])


def test_a_split_refuses_what_it_cannot_do():
    df = pd.DataFrame({"y": [0, 1]}, index=[0, 0])
    with pytest.raises(
        ValueError, match="`fraction` must be between 0 and 1. Received: fraction=1"
    ):
        datasets.split_index(df, 1)
    with pytest.raises(ValueError, match="an index without duplicates"):
        datasets.split_index(df, 0.5)
