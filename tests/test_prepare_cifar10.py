"""CIFAR-10 on disk: every source, every way in which a source can be bad, and restarts."""

import errno
import io
import os
import shutil
import socket
import sys
import tarfile
import threading
import urllib.error
import zipfile
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pandas as pd
import pytest

from data_scripts import archives, cifar10_download, prepare_cifar10
from data_scripts.prepare_cifar10 import CLASS_NAMES, counts, is_prepared, main

ARCHIVE = Path(__file__).parents[2] / "shared" / "data" / "cifar10-jpeg.tar.xz"
PER_CLASS = {"train": 3, "test": 2}


def prepare(source, out):
    return prepare_cifar10.prepare_cifar10(out, source)


def encoded(seed, suffix=".png", shape=(32, 32, 3)):
    image = np.random.default_rng(seed).integers(0, 256, shape, dtype="uint8")
    return cv2.imencode(suffix, image)[1].tobytes()


@pytest.fixture(scope="session")
def images():
    """50 images in the layout of CIFAR-10: a dict from `<split>/<class>/<file>` to bytes."""
    names = [
        f"{split}/{kind}/{i:04d}{'.jpg' if i else '.png'}"
        for split, count in PER_CLASS.items()
        for kind in CLASS_NAMES
        for i in range(count)
    ]
    return {name: encoded(i, name[-4:]) for i, name in enumerate(names)}


def write_folder(path, images):
    for name, content in images.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def write_tar(path, images, extra=()):
    mode = {".gz": "w:gz", ".xz": "w:xz", ".bz2": "w:bz2", ".tgz": "w:gz"}.get(path.suffix, "w")
    with tarfile.open(path, mode) as archive:
        for name, content in images.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member in extra:
            archive.addfile(member)
    return path


def write_zip(path, images):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in images.items():
            archive.writestr(name, content)
    return path


def write(path, images):
    """Writes the images as the kind of source that the name of `path` says."""
    kind = write_zip if path.suffix == ".zip" else write_tar if path.suffix else write_folder
    return kind(path, images)


def on_disk(out):
    """The images in a folder, temporary files and indexes left out."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != "index.csv"
    }


def assert_whole(out, images):
    """Every image is there once, with the label of its folder."""
    assert on_disk(out) == images
    for split, count in PER_CLASS.items():
        df = pd.read_csv(out / split / "index.csv")
        assert list(df.columns) == ["tile_name", "y"] and len(df) == 10 * count
        assert {f"{split}/{name}" for name in df["tile_name"]} == {
            name for name in images if name.startswith(split)
        }
        assert [CLASS_NAMES[y] for y in df["y"]] == [n.split("/")[0] for n in df["tile_name"]]


def limited_writes(monkeypatch, count, error):
    """Lets `count` writes pass and then raises `error`; returns the names written."""
    write_atomically, written, lock = prepare_cifar10.write_atomically, [], threading.Lock()

    def write(path, content):
        with lock:
            if len(written) >= count:
                raise error
            written.append(Path(path).name)
        write_atomically(path, content)

    monkeypatch.setattr(prepare_cifar10, "write_atomically", write)
    return written


# Sources that are right


@pytest.mark.parametrize("parent", ["", "cifar/", "./cifar10/cifar10/"])
@pytest.mark.parametrize("kind", ["folder", "a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.tar.bz2"])
def test_every_kind_of_source_gives_the_same_files(tmp_path, images, kind, parent):
    source = write(tmp_path / kind, {parent + name: data for name, data in images.items()})
    assert prepare(source, tmp_path / "out") == tmp_path / "out"
    assert_whole(tmp_path / "out", images)


@pytest.mark.parametrize("parent", ["", "cifar/"])
def test_a_zip_archive_gives_the_same_files(tmp_path, images, parent):
    source = write_zip(tmp_path / "a.zip", {parent + name: data for name, data in images.items()})
    prepare(source, tmp_path / "out")
    assert_whole(tmp_path / "out", images)


def test_other_files_of_a_source_are_left_out(tmp_path, images):
    """fast.ai adds `labels.txt`; macOS adds `._` files and a `__MACOSX` folder."""
    extra = ["labels.txt", "train/notes.txt", "train/cat/._0000.png", "__MACOSX/train/cat/0.png"]
    source = write_zip(tmp_path / "a.zip", images | dict.fromkeys(extra, b"text"))
    prepare(source, tmp_path / "out")
    assert_whole(tmp_path / "out", images)


def test_the_classes_take_turns_in_the_index(tmp_path, images):
    prepare(write_folder(tmp_path / "source", images), tmp_path / "out")
    df = prepare_cifar10.read_index(tmp_path / "out" / "train")
    assert list(df["y"]) == list(range(10)) * 3
    assert list(df["tile_name"][:2]) == ["airplane/0000.png", "automobile/0000.png"]
    assert df["tile_name"][29] == "truck/0002.jpg"
    assert df["y"].dtype == "int64" and pd.api.types.is_string_dtype(df["tile_name"])


def test_a_name_with_a_comma_keeps_its_label(tmp_path, images):
    renamed = images | {"train/ship/a, b.png": images["train/ship/0000.png"]}
    prepare(write_folder(tmp_path / "source", renamed), tmp_path / "out")
    df = prepare_cifar10.read_index(tmp_path / "out" / "train")
    assert df.set_index("tile_name")["y"]["ship/a, b.png"] == 8


def test_a_folder_that_lies_in_place_already_gets_its_index(tmp_path, images):
    out = write_folder(tmp_path / "cifar10", images)
    prepare(out, out)
    assert_whole(out, images)


def test_keras_images_are_written_losslessly_in_rgb(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    splits = [
        (rng.integers(0, 256, (n, 32, 32, 3), dtype="uint8"), rng.permutation(np.arange(n) % 10))
        for n in (40, 20)
    ]
    loaded = [(x, y.reshape(-1, 1).astype("uint8")) for x, y in splits]
    use_fake_keras(tmp_path, monkeypatch, lambda: loaded)
    monkeypatch.setattr(cifar10_download, "check_reachable", lambda: None)
    prepare(None, tmp_path / "out")
    for split, (x, y) in zip(PER_CLASS, splits, strict=True):
        df = prepare_cifar10.read_index(tmp_path / "out" / split)
        assert len(df) == len(x)
        for label in range(10):
            files = sorted((tmp_path / "out" / split / CLASS_NAMES[label]).iterdir())
            read = [cv2.imread(str(path))[..., ::-1] for path in files]
            assert np.array_equal(read, x[y == label])


# Counts


def test_counts_are_said_and_a_smaller_set_is_said_loudly(tmp_path, images, monkeypatch, capsys):
    out = tmp_path / "out"
    main(["--from", str(write_folder(tmp_path / "source", images)), "--out", str(out)])
    printed = capsys.readouterr().out
    assert "train: 30 images, 10 classes of 3" in printed
    assert "test: 20 images, 10 classes of 2" in printed
    assert "NOTE: this is not all of CIFAR-10, which has 50,000 + 10,000 images" in printed
    monkeypatch.setattr(prepare_cifar10, "EXPECTED", {"train": 30, "test": 20})
    assert "NOTE" not in counts(out)


def test_uneven_classes_are_said(tmp_path, images):
    uneven = images | {"train/cat/more.png": images["train/cat/0000.png"]}
    prepare(write_folder(tmp_path / "source", uneven), tmp_path / "out")
    assert "train: 31 images, 10 classes of 3 to 4" in counts(tmp_path / "out")


# Restarts


def test_a_second_run_writes_nothing(tmp_path, images, monkeypatch, capsys):
    source, out = write_tar(tmp_path / "a.tar", images), tmp_path / "out"
    prepare(source, out)
    written = limited_writes(monkeypatch, 99, None)
    main(["--from", str(source), "--out", str(out)])
    assert written == [] and "was already prepared, nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["folder", "a.tar.xz", "a.zip"])
@pytest.mark.parametrize("passed", [0, 1, 17, 49, 50, 51])
def test_an_interrupted_run_is_not_whole_and_the_next_one_finishes(
    tmp_path, images, monkeypatch, kind, passed
):
    """50 images, then the index of train, then that of test."""
    monkeypatch.setattr(prepare_cifar10, "PORTION", 8)
    source, out = write(tmp_path / kind, images), tmp_path / "out"
    with monkeypatch.context() as patch:
        limited_writes(patch, passed, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            prepare(source, out)
    assert not is_prepared(out)
    assert len(on_disk(out)) == min(passed, 50)
    written = limited_writes(monkeypatch, 99, None)
    prepare(source, out)
    assert len(written) == 50 - min(passed, 50) + 2
    assert_whole(out, images)


def test_an_image_that_is_damaged_or_removed_is_put_back(tmp_path, images):
    source, out = write_tar(tmp_path / "a.tar", images), tmp_path / "out"
    prepare(source, out)
    broken, gone = out / "train/cat/0001.jpg", out / "test/dog/0000.png"
    broken.write_bytes(bytes(len(broken.read_bytes())))
    gone.unlink()
    prepare(source, out)
    assert_whole(out, images)


def test_a_bad_source_does_not_harm_what_is_prepared(tmp_path, images):
    """One image was removed by hand; the source named to put it back turns out to be wrong."""
    out = tmp_path / "out"
    prepare(write_folder(tmp_path / "source", images), out)
    (out / "test/dog/0000.png").unlink()
    before = on_disk(out)
    with pytest.raises(ValueError, match="No image in"):
        prepare(write_folder(tmp_path / "bad", {"train/cat/0000.png": encoded(0)}), out)
    assert on_disk(out) == before and is_prepared(out)


def test_a_repair_that_is_interrupted_is_not_whole(tmp_path, images, monkeypatch):
    source, out = write_tar(tmp_path / "a.tar", images), tmp_path / "out"
    prepare(source, out)
    (out / "test/dog/0000.png").unlink()
    limited_writes(monkeypatch, 0, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        prepare(source, out)
    assert not is_prepared(out)


def test_the_temporary_file_of_a_killed_run_is_no_image(tmp_path, images):
    out = tmp_path / "out"
    (out / "train/cat").mkdir(parents=True)
    (out / "train/cat/.0000.png.1-2.tmp").write_bytes(b"half")
    prepare(write_tar(tmp_path / "a.tar", images), out)
    (out / "train/cat/.0000.png.1-2.tmp").unlink()
    assert_whole(out, images)


def test_two_sources_are_never_mixed(tmp_path, images):
    """An interrupted download leaves PNG files; an archive of JPEG files must not double them."""
    out = write_folder(tmp_path / "out", {"train/cat/9999.png": encoded(0)})
    with pytest.raises(ValueError, match="holds images that .*a.tar does not.*cat/9999.png"):
        prepare(write_tar(tmp_path / "a.tar", images), out)
    assert list(on_disk(out)) == ["train/cat/9999.png"]


def test_the_command_ends_with_one_line_on_an_interrupt(tmp_path, images, monkeypatch):
    source = write_folder(tmp_path / "source", images)
    limited_writes(monkeypatch, 5, KeyboardInterrupt())
    with pytest.raises(SystemExit, match="interrupted; run it again to finish"):
        main(["--from", str(source), "--out", str(tmp_path / "out")])


# Sources that are damaged


@pytest.mark.parametrize("kind", ["a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.zip"])
@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.9, 0.99])
def test_a_truncated_archive_is_named_before_anything_is_written(tmp_path, images, kind, part):
    source = write(tmp_path / kind, images)
    content = source.read_bytes()
    # A tar file ends in 10,240 bytes of padding: a cut there loses nothing.
    end = len(content.rstrip(b"\0")) if kind == "a.tar" else len(content)
    source.write_bytes(content[: int(end * part)])
    with pytest.raises(ValueError, match=f"{kind} is truncated, damaged, or not a tar or zip"):
        prepare(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.zip"])
def test_an_archive_that_lacks_its_last_byte_is_truncated(tmp_path, images, kind):
    source = write(tmp_path / kind, images)
    source.write_bytes(source.read_bytes()[:-1])
    with pytest.raises(ValueError, match="is truncated, damaged"):
        prepare(source, tmp_path / "out")


def test_a_tar_cut_exactly_between_two_members_is_truncated(tmp_path, images):
    """`tarfile` reads such a file to its end without an error."""
    source = write_tar(tmp_path / "a.tar", images)
    with tarfile.open(source) as archive:
        cut = archive.getmembers()[-1].offset
    source.write_bytes(source.read_bytes()[:cut])
    with tarfile.open(source) as archive:
        assert len(archive.getmembers()) == 49
    with pytest.raises(ValueError, match="a.tar is truncated, damaged"):
        prepare(source, tmp_path / "out")


def test_a_damaged_header_in_a_tar_is_found(tmp_path, images):
    """`tarfile` takes it for the end of the archive."""
    source = write_tar(tmp_path / "a.tar", images)
    with tarfile.open(source) as archive:
        start = archive.getmembers()[20].offset
    content = bytearray(source.read_bytes())
    content[start : start + 512] = b"?" * 512
    source.write_bytes(content)
    with pytest.raises(ValueError, match="a.tar is truncated, damaged"):
        prepare(source, tmp_path / "out")


@pytest.mark.parametrize("kind", ["a.tar.gz", "a.tar.xz", "a.tar.bz2", "a.zip"])
def test_an_altered_byte_is_found(tmp_path, images, kind):
    source = write(tmp_path / kind, images)
    content = bytearray(source.read_bytes())
    content[len(content) // 2] ^= 0x55
    source.write_bytes(content)
    with pytest.raises(ValueError, match=kind):
        prepare(source, tmp_path / "out")
    assert not is_prepared(tmp_path / "out")


def test_a_file_that_is_no_archive_and_a_missing_one_are_named(tmp_path):
    (tmp_path / "a.tar.gz").write_text("<html>not found</html>")
    with pytest.raises(ValueError, match="a.tar.gz is truncated, damaged, or not a tar or zip"):
        prepare(tmp_path / "a.tar.gz", tmp_path / "out")
    with pytest.raises(FileNotFoundError, match="there is no folder or archive .*nowhere"):
        prepare(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(SystemExit, match="prepare_cifar10: there is no folder or archive"):
        main(["--from", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")])


# Sources that are not CIFAR-10


@pytest.mark.parametrize("kind", ["folder", "a.tar", "a.zip"])
def test_a_missing_class_folder_is_named(tmp_path, images, kind):
    fewer = {name: data for name, data in images.items() if not name.startswith("test/frog/")}
    source = write(tmp_path / kind, fewer)
    with pytest.raises(ValueError, match=f"{kind}: must hold .*No image in: test/frog$"):
        prepare(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder_names_all_that_is_missing(tmp_path):
    (tmp_path / "source").mkdir()
    with pytest.raises(ValueError, match="No image in: train/airplane, .*test/truck"):
        prepare(tmp_path / "source", tmp_path / "out")


def test_an_unknown_class_folder_is_named(tmp_path, images):
    source = write_folder(tmp_path / "source", images | {"train/zebra/0000.png": encoded(0)})
    with pytest.raises(ValueError, match="class folders must be airplane, .*Received: train/zebra"):
        prepare(source, tmp_path / "out")


def test_images_in_two_places_are_ambiguous(tmp_path, images):
    source = write_folder(tmp_path / "source", images | {"b/train/cat/0000.png": encoded(0)})
    with pytest.raises(ValueError, match="more than one place: .*'b'"):
        prepare(source, tmp_path / "out")


JPEG, PNG = encoded(1, ".jpg"), encoded(1, ".png")


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("0001.jpg", b"", "is cut short, or not a PNG or JPEG image"),
        ("0001.jpg", b"not an image", "is cut short, or not a PNG or JPEG image"),
        ("0001.jpg", JPEG[: len(JPEG) // 2], "is cut short"),
        ("0001.png", PNG[: len(PNG) // 2], "is cut short"),
        ("0001.png", PNG[:40] + PNG[-12:], "cannot be decoded"),
        ("0001.png", encoded(1, ".png", (32, 24, 3)), "must be 32 x 32 pixels, and is 24 x 32"),
        ("0001.png", encoded(1, ".png", (200, 200, 3)), "takes .* more than the 65,536"),
    ],
)
def test_an_unreadable_image_is_named_and_the_repaired_source_finishes(
    tmp_path, images, name, content, words
):
    bad = {n: d for n, d in images.items() if n != "train/bird/0001.jpg"}
    bad |= {f"train/bird/{name}": content}
    source, out = write_folder(tmp_path / "source", bad), tmp_path / "out"
    with pytest.raises(ValueError, match=f"source: the image train/bird/{name} {words}"):
        prepare(source, out)
    assert not is_prepared(out) and not (out / "train/bird" / name).exists()
    good = bad | {f"train/bird/{name}": encoded(2, name[-4:])}
    prepare(write_folder(source, good), out)
    assert_whole(out, good)


# Archives that are not to be trusted


@pytest.mark.parametrize("kind", ["a.tar", "a.zip"])
@pytest.mark.parametrize(
    "name",
    ["../evil.png", "train/../../evil.png", "/evil.png", "C:/evil.png", "..\\evil.png"]
    + ["cifar/train/cat/../../../../evil.png"],
)
def test_no_path_leaves_the_target(tmp_path, images, kind, name):
    (tmp_path / "deep").mkdir()
    source = write(tmp_path / kind, images | {name: encoded(0)})
    with pytest.raises(ValueError, match=f"{kind}: the path .* leads out of the target folder"):
        prepare(source, tmp_path / "deep" / "out")
    assert sorted(os.listdir(tmp_path)) == [kind, "deep"] and not os.listdir(tmp_path / "deep")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path, images, kind):
    member = tarfile.TarInfo("train/cat/link.png")
    member.type, member.linkname = kind, "/etc/passwd"
    source = write_tar(tmp_path / "a.tar", images, [member])
    with pytest.raises(ValueError, match="'train/cat/link.png' is a link or a device"):
        prepare(source, tmp_path / "out")


def test_links_in_a_zip_are_refused(tmp_path, images):
    source = write_zip(tmp_path / "a.zip", images)
    link = zipfile.ZipInfo("train/cat/link.png")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(ValueError, match="'train/cat/link.png' is a link or a device"):
        prepare(source, tmp_path / "out")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", ["a.tar", "a.zip"])
def test_a_name_that_comes_twice_is_refused(tmp_path, images, kind):
    source = write(tmp_path / kind, images)
    if kind == "a.zip":
        with zipfile.ZipFile(source, "a") as archive:
            archive.writestr("train/cat/0000.png", encoded(7))
    else:
        write_tar(source, images, [tarfile.TarInfo("train/cat/0000.png")])
    with pytest.raises(ValueError, match="holds 'train/cat/0000.png' twice"):
        prepare(source, tmp_path / "out")


@pytest.mark.parametrize("limit, value", [("MAX_FILES", 49), ("MAX_BYTES", 10_000)])
@pytest.mark.parametrize("kind", ["a.tar", "a.zip"])
def test_an_archive_that_swells_is_refused(tmp_path, images, monkeypatch, kind, limit, value):
    monkeypatch.setattr(archives, limit, value)
    source = write(tmp_path / kind, images)
    with pytest.raises(ValueError, match=f"{kind}: unpacks to more than"):
        prepare(source, tmp_path / "out")


def test_a_tar_that_swells_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    """A member of 50 MB in 50 kB: the check must come before the data are read."""
    source = write_tar(tmp_path / "a.tar.gz", {"bomb.bin": bytes(50_000_000)})
    monkeypatch.setattr(archives, "MAX_BYTES", 10_000_000)
    read, most = tarfile.ExFileObject.read, []
    monkeypatch.setattr(tarfile.ExFileObject, "read", lambda *a: most.append(a) or read(*a))
    with pytest.raises(ValueError, match="unpacks to more than .*seen at 'bomb.bin'"):
        prepare(source, tmp_path / "out")
    assert most == []


def test_a_folder_with_too_many_files_is_refused(tmp_path, images, monkeypatch):
    """Guards against `--from /`."""
    monkeypatch.setattr(archives, "MAX_FILES", 20)
    with pytest.raises(ValueError, match="source holds more than 20 files"):
        prepare(write_folder(tmp_path / "source", images), tmp_path / "out")


# No disk space


def test_too_little_space_is_said_before_the_first_write(tmp_path, images, monkeypatch):
    source = write_folder(tmp_path / "source", images)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000))
    written = limited_writes(monkeypatch, 99, None)
    words = "no space left on the disk.*50 images need 0.2 MB, 0.1 MB are free.*out"
    with pytest.raises(OSError, match=words) as caught:
        prepare(source, tmp_path / "out")
    assert caught.value.errno == errno.ENOSPC and written == []


def test_a_disk_that_fills_up_names_the_file_and_the_next_run_goes_on(
    tmp_path, images, monkeypatch
):
    source, out = write_folder(tmp_path / "source", images), tmp_path / "out"
    write_bytes, count = Path.write_bytes, []

    def write_twenty(path, content):
        count.append(path)
        if len(count) > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_twenty)
        with pytest.raises(SystemExit, match="no space left on the disk; make room.*out.*[.](p|j)"):
            main(["--from", str(source), "--out", str(out)])
    assert not is_prepared(out) and len(on_disk(out)) == 20
    written = limited_writes(monkeypatch, 99, None)
    prepare(source, out)
    assert len(written) == 32
    assert_whole(out, images)


def test_other_errors_of_the_disk_are_not_called_lack_of_space(tmp_path, images, monkeypatch):
    source = write_folder(tmp_path / "source", images)
    limited_writes(monkeypatch, 3, PermissionError(errno.EACCES, "Permission denied", "x.png"))
    with pytest.raises(PermissionError, match="Permission denied: 'x.png'"):
        prepare(source, tmp_path / "out")


# No network


def use_fake_keras(tmp_path, monkeypatch, load_data):
    """Puts a `keras` in place whose cache is empty and whose download is `load_data`."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    module = SimpleNamespace(cifar10=SimpleNamespace(load_data=load_data))
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(datasets=module))


def must_not_be_called(*_, **__):
    raise AssertionError("this must not be called")


def test_without_a_network_the_download_is_not_begun(tmp_path, monkeypatch):
    def refuse(request, timeout):
        assert timeout == 5 and request.get_method() == "HEAD"
        raise urllib.error.URLError("no route to host")

    use_fake_keras(tmp_path, monkeypatch, must_not_be_called)
    monkeypatch.setattr(cifar10_download.urllib.request, "urlopen", refuse)
    words = "https://www.cs.toronto.edu.* cannot be reached .*no route to host"
    with pytest.raises(ConnectionError, match=words):
        prepare(None, tmp_path / "out")
    with pytest.raises(SystemExit, match="no route to host.*name a folder or archive with --from"):
        main(["--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_a_network_that_never_answers_is_given_up(monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(
        cifar10_download.urllib.request, "urlopen", lambda *_, **__: release.wait(60)
    )
    with pytest.raises(ConnectionError, match="cannot be reached .no answer in 0.05 seconds"):
        cifar10_download.check_reachable(0.05)
    release.set()


def test_a_download_that_is_in_the_cache_asks_no_network(tmp_path, monkeypatch):
    x, y = np.zeros((10, 32, 32, 3), "uint8"), np.arange(10)
    use_fake_keras(tmp_path, monkeypatch, lambda: [(x, y), (x, y)])
    (tmp_path / "keras/datasets/cifar-10-batches-py-target_archive").mkdir(parents=True)
    monkeypatch.setattr(cifar10_download.urllib.request, "urlopen", must_not_be_called)
    prepare(None, tmp_path / "out")
    assert is_prepared(tmp_path / "out")


def test_a_download_that_breaks_off_is_said_and_stalls_are_bounded(tmp_path, monkeypatch):
    limits = []

    def break_off():
        limits.append(socket.getdefaulttimeout())
        raise Exception("URL fetch failure: timed out")

    use_fake_keras(tmp_path, monkeypatch, break_off)
    monkeypatch.setattr(cifar10_download, "check_reachable", lambda: None)
    with pytest.raises(ConnectionError, match="could not fetch https.*timed out"):
        prepare(None, tmp_path / "out")
    assert limits == [60] and socket.getdefaulttimeout() is None
    assert not (tmp_path / "out").exists()


# The real archive


@pytest.mark.skipif(not ARCHIVE.exists(), reason="no shared/data/cifar10-jpeg.tar.xz beside here")
def test_the_real_archive_gives_all_of_cifar10(tmp_path, capsys):
    main(["--from", str(ARCHIVE), "--out", str(tmp_path)])
    printed = capsys.readouterr().out
    assert "train: 50,000 images, 10 classes of 5,000" in printed
    assert "test: 10,000 images, 10 classes of 1,000" in printed
    assert "NOTE" not in printed
    for split, count in (("train", 50_000), ("test", 10_000)):
        df = prepare_cifar10.read_index(tmp_path / split)
        assert len(df) == df["tile_name"].nunique() == count
        assert list(df["y"].value_counts()) == [count // 10] * 10
        there = {p.relative_to(tmp_path / split).as_posix() for p in tmp_path.glob(split + "/*/*")}
        assert there == set(df["tile_name"])
