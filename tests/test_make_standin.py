"""The stand-in on disk: layout, labels, reproducibility, restarts."""

import hashlib

import cv2
import numpy as np
import pandas as pd
import pytest

from data_scripts import make_standin as module
from data_scripts.make_standin import main, make_standin
from data_scripts.shapes import TARGET_CLASSES


def digest(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_layout_labels_and_image_size(tmp_path):
    assert make_standin(tmp_path / "out", num_train=23, num_test=10) == tmp_path / "out"
    for split, count in (("train", 23), ("test", 10)):
        folder = tmp_path / "out" / split
        df = pd.read_csv(folder / "index.csv")
        assert list(df.columns) == ["tile_name", "y"]
        assert len(df) == df["tile_name"].nunique() == count == len(list(folder.glob("*/*.jpg")))
        assert [TARGET_CLASSES.index(n.split("/")[0]) for n in df["tile_name"]] == list(df["y"])
        assert df["y"].value_counts().max() - df["y"].value_counts().min() <= 1
        for name in df["tile_name"]:
            image = cv2.imread(str(folder / name))
            assert image.shape == (32, 32, 3)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    one, again, other = (
        digest(make_standin(tmp_path / name, 10, 10, seed))
        for name, seed in (("a", 0), ("b", 0), ("c", 1))
    )
    assert one == again
    images = [name for name in one if name.endswith(".jpg")]
    assert all(one[name] != other[name] for name in images)


def test_train_and_test_share_no_picture(tmp_path):
    pictures = digest(make_standin(tmp_path, 20, 20))
    images = [value for name, value in pictures.items() if name.endswith(".jpg")]
    assert len(set(images)) == 40


def test_colours_survive_the_file(tmp_path):
    """Guards against red and blue changing places between drawing and writing."""
    folder = make_standin(tmp_path, 10, 10) / "train"
    name = pd.read_csv(folder / "index.csv")["tile_name"][3]
    drawn = module.draw(TARGET_CLASSES[3], np.random.default_rng([0, 0, 3])).astype(int)
    rgb = cv2.cvtColor(cv2.imread(str(folder / name)), cv2.COLOR_BGR2RGB).astype(int)
    assert np.abs(rgb - drawn).mean() < np.abs(rgb[..., ::-1] - drawn).mean() / 2


def test_finished_work_is_skipped(tmp_path, monkeypatch):
    before = digest(make_standin(tmp_path, 12, 10))
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    monkeypatch.setattr(module, "write_atomically", lambda *_: pytest.fail("wrote again"))
    make_standin(tmp_path, 12, 10)
    assert digest(tmp_path) == before
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


def test_after_an_interruption_there_is_no_index_and_the_rest_is_made(tmp_path, monkeypatch):
    whole = digest(make_standin(tmp_path / "whole", 30, 10))
    real, written = module.write_atomically, []

    def write_five(path, content):
        if len(written) == 5:
            raise KeyboardInterrupt
        written.append(path)
        real(path, content)

    monkeypatch.setattr(module, "write_atomically", write_five)
    with pytest.raises(KeyboardInterrupt):
        make_standin(tmp_path / "out", 30, 10)
    assert not list((tmp_path / "out").rglob("index.csv"))

    monkeypatch.setattr(module, "write_atomically", real)
    stamps = {path: path.stat().st_mtime_ns for path in written}
    assert digest(make_standin(tmp_path / "out", 30, 10)) == whole
    assert stamps == {path: path.stat().st_mtime_ns for path in written}  # not drawn twice


@pytest.mark.parametrize("arguments", [(20, 10, 1), (10, 10, 0)], ids=["seed", "fewer images"])
def test_images_of_another_call_are_never_mixed_in(tmp_path, arguments):
    before = digest(make_standin(tmp_path, 20, 10, seed=0))
    with pytest.raises(ValueError, match="`out` must be a new folder.*Received: .*other images"):
        make_standin(tmp_path, *arguments)
    assert digest(tmp_path) == before


@pytest.mark.parametrize("argument", ["num_train", "num_test"])
def test_a_split_without_images_is_an_error(tmp_path, argument):
    with pytest.raises(ValueError, match=f"`{argument}` must be at least 1. Received: .*=0"):
        make_standin(tmp_path, **{argument: 0})


def test_the_command_prints_the_counts(tmp_path, capsys):
    main(["--out", str(tmp_path / "out"), "--num-train", "11", "--num-test", "10"])
    assert "11 images in train, 10 in test" in capsys.readouterr().out
    assert (tmp_path / "out" / "test" / "index.csv").exists()


def test_the_data_folder_is_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    main(["--num-train", "1", "--num-test", "1"])
    assert (tmp_path / "standin" / "train" / "arrow" / "0000.jpg").exists()
