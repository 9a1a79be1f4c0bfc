"""`pack_tiles` and `PackedBatches`, against hand-painted images and with interruptions."""

import errno
import json
import os
import shutil
import subprocess
import sys
import time

import cv2
import numpy as np
import pandas as pd
import pytest

from helpers import packing
from helpers.generators import PackedBatches, TileBatches, make_dataset, pack_tiles

HEIGHT, WIDTH = 4, 6
ROW_BYTES = HEIGHT * WIDTH * 3


def paint(path, rgb, height=HEIGHT, width=WIDTH):
    """Writes a PNG (lossless) in one colour, given as RGB."""
    image = np.full((height, width, 3), rgb, np.uint8)
    cv2.imwrite(str(path), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))


@pytest.fixture
def tiles(tmp_path):
    """Seven images whose red value is 10 times their row; green 100, blue 200."""
    for row in range(7):
        paint(tmp_path / f"{row}.png", (10 * row, 100, 200))
    df = pd.DataFrame({"tile_name": [f"{row}.png" for row in range(7)], "y": [0, 1, 2, 0, 1, 2, 0]})
    return df, tmp_path


@pytest.fixture
def read(monkeypatch):
    """Two rows to a portion; the names that were decoded for it, in any order."""
    names, read_images = [], packing.read_images
    monkeypatch.setattr(packing, "PORTION_BYTES", 2 * ROW_BYTES)

    def spy(some, *args):
        names.extend(some)
        return read_images(some, *args)

    monkeypatch.setattr(packing, "read_images", spy)
    return names


def assert_packed(out, reds):
    images = np.load(out, mmap_mode="r")
    assert images.shape == (len(reds), HEIGHT, WIDTH, 3) and images.dtype == np.uint8
    assert (images == np.array([(red, 100, 200) for red in reds])[:, None, None]).all()


def interrupt_at(monkeypatch, name):
    """The run is interrupted where `name` is to be decoded."""
    read_images = packing.read_images

    def stop(some, *args):
        if name in some:
            raise KeyboardInterrupt
        return read_images(some, *args)

    monkeypatch.setattr(packing, "read_images", stop)


def test_the_file_holds_every_image_in_the_order_of_the_table(tiles, read):
    df, path = tiles
    shuffled = df.iloc[[6, 2, 2, 0, 5]]
    out = pack_tiles(shuffled, str(path), path / "new" / "folder" / "tiles.npy")
    assert out == path / "new" / "folder" / "tiles.npy"
    assert_packed(out, [60, 20, 20, 0, 50])
    assert sorted(os.listdir(out.parent)) == ["tiles.npy", "tiles.npy.json"]


def test_one_image_and_more_than_a_portion_make_the_same_kind_of_file(tiles):
    df, path = tiles
    assert_packed(pack_tiles(df[:1], path, path / "one.npy"), [0])
    assert_packed(pack_tiles(df, path, path / "all.npy"), range(0, 70, 10))


def test_a_finished_file_is_kept_without_decoding_anew(tiles, read):
    df, path = tiles
    out = pack_tiles(df, path, path / "tiles.npy")
    before = out.stat().st_mtime_ns
    read.clear()
    assert pack_tiles(df, path, out) == out
    assert read == [] and out.stat().st_mtime_ns == before


def test_an_interrupted_run_goes_on_and_trusts_no_half_written_row(tiles, read, monkeypatch):
    df, path = tiles
    out = path / "tiles.npy"
    with monkeypatch.context() as patch:
        interrupt_at(patch, "5.png")  # in the third portion, of rows 4 and 5
        with pytest.raises(KeyboardInterrupt):
            pack_tiles(df, path, out)
    assert not out.exists()
    assert json.loads((path / "tiles.npy.json").read_text())["rows"] == 4
    with open(path / "tiles.npy.part", "ab") as part:
        part.write(b"\xff" * (ROW_BYTES + 5))  # what a half-written portion may leave behind
    read.clear()
    assert_packed(pack_tiles(df, path, out), range(0, 70, 10))
    assert sorted(read) == ["4.png", "5.png", "6.png"]
    assert not (path / "tiles.npy.part").exists()


def test_a_killed_run_goes_on(tmp_path):
    # Really killed, as by the out-of-memory killer: nothing can tidy up.
    paint(tmp_path / "tile.png", (10, 100, 200))
    out = tmp_path / "tiles.npy"
    program = f"""
import pandas as pd
from helpers import packing
packing.PORTION_BYTES = 20 * {ROW_BYTES}
df = pd.DataFrame({{"tile_name": ["tile.png"] * 100_000}})
packing.pack_tiles(df, {str(tmp_path)!r}, {str(out)!r})
"""
    child = subprocess.Popen([sys.executable, "-c", program])
    note = tmp_path / "tiles.npy.json"
    while child.poll() is None and (not note.exists() or read_rows(note) < 200):
        time.sleep(0.01)
    child.kill()
    child.wait()
    assert not out.exists() and 200 <= read_rows(note) < 100_000
    df = pd.DataFrame({"tile_name": ["tile.png"] * 100_000})
    assert_packed(pack_tiles(df, tmp_path, out), np.full(100_000, 10))


def read_rows(note):
    return json.loads(note.read_text())["rows"]


@pytest.mark.parametrize("harm", ["short", "absent", "other header"])
def test_a_part_that_does_not_hold_what_the_note_says_is_begun_anew(tiles, read, monkeypatch, harm):
    df, path = tiles
    out, part = path / "tiles.npy", path / "tiles.npy.part"
    with monkeypatch.context() as patch:
        interrupt_at(patch, "5.png")
        with pytest.raises(KeyboardInterrupt):
            pack_tiles(df, path, out)
    if harm == "short":
        os.truncate(part, part.stat().st_size - 2 * ROW_BYTES - 1)
    elif harm == "absent":
        part.unlink()
    else:
        part.write_bytes(b"x" * part.stat().st_size)
    read.clear()
    assert_packed(pack_tiles(df, path, out), range(0, 70, 10))
    assert sorted(read) == sorted(df["tile_name"])


def test_a_run_that_ended_just_before_the_file_got_its_name_is_finished(tiles, read):
    df, path = tiles
    out = pack_tiles(df, path, path / "tiles.npy")
    os.replace(out, path / "tiles.npy.part")
    read.clear()
    assert_packed(pack_tiles(df, path, out), range(0, 70, 10))
    assert read == []


@pytest.mark.parametrize("finished", [True, False])
def test_changed_images_are_decoded_anew(tiles, read, monkeypatch, finished):
    df, path = tiles
    out = path / "tiles.npy"
    if finished:
        pack_tiles(df, path, out)
    else:
        with monkeypatch.context() as patch:
            interrupt_at(patch, "5.png")
            with pytest.raises(KeyboardInterrupt):
                pack_tiles(df, path, out)
    paint(path / "1.png", (90, 100, 200))
    os.utime(path / "1.png", ns=(1, 1))  # whatever the clock's steps
    assert_packed(pack_tiles(df, path, out), [0, 90, 20, 30, 40, 50, 60])


def test_an_image_repaired_beyond_the_rows_written_does_not_begin_anew(tiles, read):
    df, path = tiles
    whole = (path / "5.png").read_bytes()
    (path / "5.png").write_bytes(b"not an image")
    with pytest.raises(ValueError, match=r"is not a readable image. Received: .*5\.png"):
        pack_tiles(df, path, path / "tiles.npy")
    (path / "5.png").write_bytes(whole)
    read.clear()
    assert_packed(pack_tiles(df, path, path / "tiles.npy"), range(0, 70, 10))
    assert sorted(read) == ["4.png", "5.png", "6.png"]


def test_pixels_that_are_not_those_of_the_images_are_noticed(tiles, read):
    df, path = tiles
    out = pack_tiles(df, path, path / "tiles.npy")
    images = np.load(out, mmap_mode="r+")
    images[3] = 1
    images.flush()
    del images
    assert_packed(pack_tiles(df, path, out), range(0, 70, 10))


def test_another_table_is_refused_and_its_file_kept(tiles):
    df, path = tiles
    out = pack_tiles(df, path, path / "tiles.npy")
    for other in (df[::-1], df[:5], df.assign(tile_name="1.png")):
        with pytest.raises(ValueError, match=r"`out` must be .* Received: .*npy, another table"):
            pack_tiles(other, path, out)
    assert_packed(out, range(0, 70, 10))
    np.save(path / "mine.npy", np.zeros(3))
    with pytest.raises(ValueError, match="a file that `pack_tiles` did not write"):
        pack_tiles(df, path, path / "mine.npy")
    assert np.load(path / "mine.npy").tolist() == [0, 0, 0]


def test_an_unfinished_file_of_another_table_gives_way(tiles, read, monkeypatch):
    df, path = tiles
    with monkeypatch.context() as patch:
        interrupt_at(patch, "5.png")
        with pytest.raises(KeyboardInterrupt):
            pack_tiles(df, path, path / "tiles.npy")
    assert_packed(pack_tiles(df[::-1], path, path / "tiles.npy"), range(60, -1, -10))


def test_images_of_differing_sizes_are_refused_with_the_name(tiles):
    df, path = tiles
    paint(path / "4.png", (0, 0, 0), height=5)
    with pytest.raises(ValueError, match=r"one size, here \(4, 6, 3\) .*: 4\.png with \(5, 6, 3\)"):
        pack_tiles(df, path, path / "tiles.npy")
    assert not (path / "tiles.npy").exists()


def test_bad_tables_and_missing_images_are_refused(tiles):
    df, path = tiles
    with pytest.raises(ValueError, match="at least one row. Received: 0 rows"):
        pack_tiles(df[:0], path, path / "tiles.npy")
    with pytest.raises(ValueError, match=r"column tile_name .* Received: 7 rows of \['y'\]"):
        pack_tiles(df[["y"]], path, path / "tiles.npy")
    (path / "5.png").unlink()
    with pytest.raises(ValueError, match=r"does not exist. Received: .*5\.png"):
        pack_tiles(df, path, path / "tiles.npy")


def test_a_disk_without_room_is_said_before_work_begins(tiles, read, monkeypatch):
    df, path = tiles
    usage = shutil.disk_usage(path)._replace(free=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(OSError, match="The disk has 0 MiB left") as caught:
        pack_tiles(df, path, path / "tiles.npy")
    assert caught.value.errno == errno.ENOSPC and read == []


def test_a_disk_that_fills_on_the_way_keeps_what_is_written(tiles, read):
    resource = pytest.importorskip("resource", reason="file size limits are a POSIX matter")
    df, path = tiles
    out = path / "tiles.npy"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # room for 12 rows
    big = pd.concat([df] * 3)
    try:
        with pytest.raises(OSError, match="with 12 of 21 images packed. Make room and run again"):
            pack_tiles(big, path, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not out.exists()
    read.clear()
    assert_packed(pack_tiles(big, path, out), list(range(0, 70, 10)) * 3)
    assert len(read) == 9


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_packed_batches_are_those_of_the_images(tiles, dtype):
    df, path = tiles
    packed = pack_tiles(df, path, path / "tiles.npy")
    for options in ({}, {"shuffle": True, "seed": 3}):
        ours = PackedBatches(packed, df, 3, 3, dtype=dtype, **options)
        others = TileBatches(df, 3, path, 3, dtype=dtype, **options)
        assert len(ours) == len(others) == 3
        for _ in range(2):
            for i in range(3):
                for a, b in zip(ours[i], others[i], strict=True):
                    assert type(a) is np.ndarray and a.dtype == b.dtype
                    np.testing.assert_array_equal(a, b)
            ours.on_epoch_end()
            others.on_epoch_end()


def test_a_dataset_of_the_packed_file_gives_what_a_dataset_of_the_images_gives(tiles):
    df, path = tiles
    packed = pack_tiles(df, path, path / "tiles.npy")
    for options in ({}, {"shuffle": True, "seed": 3}):
        ours = make_dataset(df, 3, None, 3, packed=packed, **options)
        others = make_dataset(df, 3, path, 3, **options)
        assert len(ours) == 3 and ours.element_spec == others.element_spec
        for _ in range(2):
            pairs = zip(ours.as_numpy_iterator(), others.as_numpy_iterator(), strict=True)
            for a, b in (arrays for batch in pairs for arrays in zip(*batch, strict=True)):
                np.testing.assert_array_equal(a, b)
    with pytest.raises(ValueError, match="`df` must be the table that was packed"):
        make_dataset(df[::-1], 3, None, 3, packed=packed)


def test_packed_batches_are_uint8_and_fresh_arrays(tiles):
    df, path = tiles
    batches = PackedBatches(pack_tiles(df, path, path / "tiles.npy"), df, 3, 3, workers=2)
    assert batches.workers == 2
    x, y = batches[0]
    assert x.dtype == np.uint8 and y.dtype == np.float32
    x[:] = 1  # may be written to, and does not reach the file
    y[:] = 1
    assert batches[0][0][0, 0, 0].tolist() == [0, 100, 200]
    assert batches[0][1].tolist() == np.eye(3).tolist()
    for index in (3, -1):
        with pytest.raises(IndexError, match=f"from 0 to 2. Received: index={index}"):
            batches[index]


def test_packed_batches_refuse_another_table_and_an_unfinished_file(tiles, monkeypatch):
    # Guards against the labels of one table for the images of another.
    df, path = tiles
    packed = pack_tiles(df, path, path / "tiles.npy")
    for other in (df[::-1], df[:5]):
        with pytest.raises(ValueError, match="`df` must be the table that was packed"):
            PackedBatches(packed, other, 3, 3)
    with pytest.raises(ValueError, match="`packed` must be a file that `pack_tiles` has finished"):
        PackedBatches(path / "none.npy", df, 3, 3)
    paint(path / "1.png", (90, 100, 200))
    os.utime(path / "1.png", ns=(1, 1))
    with monkeypatch.context() as patch:
        interrupt_at(patch, "5.png")
        with pytest.raises(KeyboardInterrupt):
            pack_tiles(df, path, packed)
    with pytest.raises(ValueError, match="`packed` must be a file that `pack_tiles` has finished"):
        PackedBatches(packed, df, 3, 3)
    with pytest.raises(ValueError, match='`dtype` must be "float32" or "uint8"'):
        PackedBatches(packed, df, 3, 3, dtype="int8")
