"""The data folder, and files that are whole or absent."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers import paths


@pytest.mark.parametrize("value", [None, "", "  "])
def test_data_dir_is_data_in_the_repository_by_default(tmp_path, monkeypatch, value):
    monkeypatch.delenv("COURSE_DATA_DIR", raising=False)
    if value is not None:
        monkeypatch.setenv("COURSE_DATA_DIR", value)
    assert paths.REPOSITORY == Path(__file__).resolve().parents[1]
    monkeypatch.setattr(paths, "REPOSITORY", tmp_path)
    assert paths.data_dir() == tmp_path.resolve() / "data"
    assert paths.data_dir().is_dir()


def test_data_dir_follows_the_environment_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA_DIR", str(tmp_path / "a" / "b"))
    assert paths.data_dir() == (tmp_path / "a" / "b").resolve()
    assert paths.data_dir().is_dir()


def test_data_dir_is_absolute_and_expands_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_DATA_DIR", "images")
    assert paths.data_dir() == tmp_path.resolve() / "images"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("COURSE_DATA_DIR", os.path.join("~", "course"))
    assert paths.data_dir() == tmp_path.resolve() / "course"


def test_write_atomically_writes_bytes_and_text_and_replaces(tmp_path):
    paths.write_atomically(tmp_path / "a", b"\x00\xff\r\n")
    assert (tmp_path / "a").read_bytes() == b"\x00\xff\r\n"
    paths.write_atomically(str(tmp_path / "a"), "é\n")
    assert (tmp_path / "a").read_bytes() == "é\n".encode()
    assert os.listdir(tmp_path) == ["a"]


def test_a_write_that_fails_keeps_the_old_file_and_leaves_nothing(tmp_path, monkeypatch):
    target = tmp_path / "a"
    target.write_text("old")
    write_bytes = Path.write_bytes

    def write_half(path, content):
        write_bytes(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(OSError, match="No space left on device") as caught:
        paths.write_atomically(target, b"new content")
    assert caught.value.filename == str(target)
    assert target.read_text() == "old" and os.listdir(tmp_path) == ["a"]


def test_a_file_is_never_seen_half_written(tmp_path):
    target, contents = tmp_path / "a", [bytes([i]) * 200_000 for i in range(40)]
    paths.write_atomically(target, contents[0])
    with ThreadPoolExecutor(4) as pool:
        writing = [pool.submit(paths.write_atomically, target, content) for content in contents]
        seen = [target.read_bytes() for _ in range(100)]
        for future in writing:
            future.result()
    assert set(seen) <= set(contents) and os.listdir(tmp_path) == ["a"]
