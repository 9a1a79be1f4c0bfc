"""The tile set: what is drawn, that it can be drawn again, and that a restart finishes it."""

import os

import cv2
import numpy as np
import pandas as pd
import pytest

from data_scripts import land, make_tiles
from data_scripts.make_tiles import CLASS_NAMES


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def written(monkeypatch):
    """The names of the files that are written, in order."""
    names, write = [], make_tiles.write_atomically

    def note(path, content):
        names.append(path.name)
        write(path, content)

    monkeypatch.setattr(make_tiles, "write_atomically", note)
    return names


def test_the_table_lists_every_tile_with_its_class(tmp_path):
    df = make_tiles.make_tiles(tmp_path, 23, 24)
    table = pd.read_csv(tmp_path / "tiles.csv")
    assert list(table.columns) == list(df.columns) == ["tile_name", "y"]
    assert list(table["tile_name"]) == list(df["tile_name"]) and list(table["y"]) == list(df["y"])
    assert df["y"].dtype == "int64" and pd.api.types.is_string_dtype(df["tile_name"])
    assert set(os.listdir(tmp_path)) == {*df["tile_name"], "tiles.csv", "drawn_with.json"}
    for name in df["tile_name"]:
        assert (tmp_path / name).read_bytes()[:2] == b"\xff\xd8"
        assert cv2.imread(str(tmp_path / name)).shape == (24, 24, 3)


def test_every_ten_rows_hold_each_class_once_in_varying_order():
    labels = make_tiles.labels(200, seed=3)
    blocks = labels.reshape(20, 10)
    assert (np.sort(blocks) == np.arange(10)).all()
    assert len({tuple(block) for block in blocks}) > 15
    assert list(make_tiles.labels(57, seed=3)) == list(labels[:57])
    assert list(make_tiles.labels(200, seed=4)) != list(labels)


def test_the_label_is_the_class_that_was_drawn(tmp_path, monkeypatch):
    """Guards against a table whose rows and files drift apart: each class is one flat grey."""
    flat = {
        name: lambda rng, size, grey=20 * y + 10: np.full((3, size, size), grey, "float32")
        for y, name in enumerate(CLASS_NAMES)
    }
    monkeypatch.setattr(land, "DRAW", flat)
    monkeypatch.setattr(land, "photographed", lambda rng, picture: cv2.merge(list(picture)))
    df = make_tiles.make_tiles(tmp_path, 30, 16)
    greys = [cv2.imread(str(tmp_path / name)).mean() for name in df["tile_name"]]
    assert np.allclose(greys, 20 * df["y"] + 10, atol=1)


def test_files_are_in_rgb_order(tmp_path, monkeypatch):
    red = np.zeros((32, 32, 3), "uint8")
    red[..., 0] = 200
    monkeypatch.setattr(land, "draw", lambda *_: red)
    make_tiles.make_tiles(tmp_path, 1, 32)
    blue, green, red = cv2.imread(str(tmp_path / "000000.jpg")).mean((0, 1))
    assert red > 190 and blue < 10 and green < 10


def test_same_seed_same_bytes(tmp_path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        make_tiles.make_tiles(tmp_path / name, 30, 32, seed)
    a, b, c = (files(tmp_path / name) for name in "abc")
    assert a == b
    assert not any(a[name] == c[name] for name in a)


def test_a_larger_count_extends_a_smaller_one(tmp_path, written):
    make_tiles.make_tiles(tmp_path / "grown", 12, 20)
    small = files(tmp_path / "grown")
    written.clear()
    make_tiles.make_tiles(tmp_path / "grown", 25, 20)
    assert sorted(written) == [f"{i:06d}.jpg" for i in range(12, 25)] + ["tiles.csv"]
    make_tiles.make_tiles(tmp_path / "whole", 25, 20)
    grown = files(tmp_path / "grown")
    assert grown == files(tmp_path / "whole")
    del small["tiles.csv"]
    assert small.items() <= grown.items()


def test_a_second_run_writes_nothing_and_a_smaller_count_keeps_the_table(tmp_path, written):
    make_tiles.make_tiles(tmp_path, 25, 16)
    before = files(tmp_path)
    written.clear()
    assert len(make_tiles.make_tiles(tmp_path, 25, 16)) == 25
    assert len(make_tiles.make_tiles(tmp_path, 7, 16)) == 7
    assert written == [] and files(tmp_path) == before


def test_an_interrupted_run_has_no_table_and_the_next_one_finishes(tmp_path, monkeypatch):
    make_tiles.make_tiles(tmp_path / "whole", 30, 16)
    write, calls = make_tiles.write_atomically, []

    def write_eight(path, content):
        calls.append(path.name)
        if len(calls) > 8:
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(make_tiles, "write_atomically", write_eight)
    with pytest.raises(KeyboardInterrupt):
        make_tiles.make_tiles(tmp_path / "out", 30, 16)
    left = set(os.listdir(tmp_path / "out"))
    assert len(left) == 8 and make_tiles.read_index(tmp_path / "out") is None

    again = []
    monkeypatch.setattr(
        make_tiles, "write_atomically", lambda p, c: (again.append(p.name), write(p, c))
    )
    make_tiles.make_tiles(tmp_path / "out", 30, 16)
    assert not left & set(again) and again[-1] == "tiles.csv"
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_tile_that_is_missing_or_empty_is_drawn_again(tmp_path):
    make_tiles.make_tiles(tmp_path, 12, 16)
    before = files(tmp_path)
    (tmp_path / "000003.jpg").unlink()
    (tmp_path / "000007.jpg").write_bytes(b"")
    make_tiles.make_tiles(tmp_path, 12, 16)
    assert files(tmp_path) == before


@pytest.mark.parametrize("size, seed", [(17, 0), (16, 1)])
def test_tiles_of_another_size_or_seed_are_never_mixed(tmp_path, size, seed):
    make_tiles.make_tiles(tmp_path, 10, 16, 0)
    before = files(tmp_path)
    with pytest.raises(ValueError, match="`out` must be a new folder.*Received: .*'size': 16"):
        make_tiles.make_tiles(tmp_path, 10, size, seed)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "arguments, words",
    [
        ((0, 32, 0), "`count` must be a whole number, 1 or more. Received: 0"),
        ((2.5, 32, 0), "`count` must be a whole number, 1 or more. Received: 2.5"),
        ((True, 32, 0), "`count` must be a whole number, 1 or more. Received: True"),
        ((10, 15, 0), "`size` must be a whole number, from 16 to 1024. Received: 15"),
        ((10, 1025, 0), "`size` must be a whole number, from 16 to 1024. Received: 1025"),
        ((10, "32", 0), "`size` must be a whole number, from 16 to 1024. Received: '32'"),
        ((10, 32, -1), "`seed` must be a whole number, 0 or more. Received: -1"),
        ((10, 32, None), "`seed` must be a whole number, 0 or more. Received: None"),
    ],
)
def test_a_wrong_argument_is_named_and_nothing_is_written(tmp_path, arguments, words):
    with pytest.raises(ValueError) as caught:
        make_tiles.make_tiles(tmp_path / "out", *arguments)
    assert str(caught.value) == words
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("class_name", CLASS_NAMES)
def test_every_class_draws_varied_pictures_at_any_size(class_name):
    for size in (16, 75, 1024):
        picture = land.draw(np.random.default_rng(1), size, class_name)
        assert picture.shape == (size, size, 3) and picture.dtype == "uint8"
        assert picture.std() > 5
    tiles = [land.draw(np.random.default_rng([2, i]), 48, class_name) for i in range(12)]
    small = np.array([tile[::4, ::4] for tile in tiles], "float32")
    apart = [abs(a - b).mean() for i, a in enumerate(small) for b in small[:i]]
    assert min(apart) > 5, "two tiles of the class are nearly the same picture"
    assert small.mean((1, 2)).std(0).max() > 5, "the class has one colour only"


def test_the_mean_colour_does_not_give_the_class_away():
    """A network has to look at forms: the nearest mean colours are right far less than always."""
    y = np.tile(np.arange(10), 40)
    tiles = [land.draw(np.random.default_rng([3, i]), 32, CLASS_NAMES[k]) for i, k in enumerate(y)]
    colour = np.mean(tiles, (1, 2))
    apart = np.linalg.norm(colour[:, None] - colour, axis=-1)
    np.fill_diagonal(apart, np.inf)
    nearest = y[np.argsort(apart)[:, :9]]
    vote = [np.bincount(row, minlength=10).argmax() for row in nearest]
    assert 0.2 < np.mean(vote == y) < 0.7


def test_the_command_draws_into_the_data_folder_and_prints_counts(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path))
    make_tiles.main(["--count", "20", "--size", "16", "--seed", "4"])
    folder = make_tiles.default_folder(16, 4)
    assert folder.is_relative_to(tmp_path.resolve()) and len(make_tiles.read_index(folder)) == 20
    printed = capsys.readouterr().out
    assert f"20 tiles of 16 x 16 pixels in {folder}" in printed
    for y, name in enumerate(CLASS_NAMES):
        assert f"{y} {name}" in printed
    make_tiles.main(["--count", "10", "--size", "16", "--out", str(tmp_path / "here")])
    assert (tmp_path / "here" / "tiles.csv").exists()


def test_the_command_ends_with_one_line_on_an_error_or_an_interrupt(tmp_path, monkeypatch):
    with pytest.raises(SystemExit, match="make_tiles: `size` must be a whole number"):
        make_tiles.main(["--size", "8", "--out", str(tmp_path)])
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="make_tiles: .*file"):
        make_tiles.main(["--count", "1", "--out", str(tmp_path / "file")])

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(make_tiles, "make_tiles", interrupt)
    with pytest.raises(SystemExit, match="interrupted; run it again to finish"):
        make_tiles.main(["--count", "1", "--out", str(tmp_path)])
