"""Puts CIFAR-10 on disk as images in class folders, with an index.

    python -m data_scripts.prepare_cifar10 [--from FOLDER_OR_ARCHIVE] [--out FOLDER]

Writes into FOLDER (default `cifar10` in the data folder), 250 MB on disk:
    train/<class>/<id>.png or .jpg    50,000 images, 5,000 of each of 10 classes
    test/<class>/<id>.png or .jpg     10,000 images, 1,000 of each class
    train/index.csv, test/index.csv   tile_name (airplane/0000.jpg), y (0 to 9), written last
The images come from a folder or an archive that holds `{train,test}/<class>/*.png` or `*.jpg`
(the layout of fast.ai and Kaggle), or else from `keras.datasets.cifar10`, a download of 170 MB.
A run that was interrupted is finished by the next one.

CIFAR-10: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
"""

import argparse
import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from data_scripts.archives import opened
from data_scripts.cifar10_download import CLASS_NAMES, EXPECTED, keras_images
from helpers.paths import data_dir, write_atomically

INDEX = "index.csv"
SIDE = 32
# A 32-px image takes 1 to 4 kB. The bound keeps pictures that swell when decoded away.
MAX_IMAGE_BYTES = 64 * 1024
DISK_BLOCK = 4096
PORTION = 512


def is_prepared(out):
    """True where both splits are whole: their indexes are written after all images."""
    return all((Path(out) / split / INDEX).is_file() for split in EXPECTED)


def is_complete(out):
    """True where both splits are whole and no image was removed since; asks for every file."""
    out = Path(out)
    return is_prepared(out) and all(
        (out / split / name).is_file()
        for split in EXPECTED
        for name in read_index(out / split)["tile_name"]
    )


def read_index(folder):
    """Reads the index of one split: a DataFrame with `tile_name` (str) and `y` (int64)."""
    path = Path(folder) / INDEX
    return pd.read_csv(path, dtype={"tile_name": str, "y": "int64"}, keep_default_na=False)


def layout(source, names):
    """Finds the images among the files of a source.

    Args:
        source: What to call the source in errors.
        names: Relative paths of files, with `/`.

    Returns:
        A dict from `<split>/<class>/<file>` to the name in the source, in the order of `names`.

    Raises:
        ValueError: if a class folder is missing or unknown, or two folders hold a `train`.
    """
    found, parents = {}, set()
    for name in names:
        *parents_of_split, split, kind, file = ("", "", *PurePosixPath(name).parts)
        hidden = file.startswith(".") or "__MACOSX" in parents_of_split
        image = PurePosixPath(file).suffix.lower() in (".png", ".jpg", ".jpeg")
        if split in EXPECTED and image and not hidden:
            if kind not in CLASS_NAMES:
                raise ValueError(
                    f"{source}: class folders must be {', '.join(CLASS_NAMES)}. "
                    f"Received: {split}/{kind}"
                )
            found[f"{split}/{kind}/{file}"] = name
            parents.add("/".join(parents_of_split).strip("/"))
    if len(parents) > 1:
        raise ValueError(f"{source}: holds images in more than one place: {sorted(parents)}")
    kinds = {name.rpartition("/")[0] for name in found}
    missing = [f"{s}/{c}" for s in EXPECTED for c in CLASS_NAMES if f"{s}/{c}" not in kinds]
    if missing:
        raise ValueError(
            f"{source}: must hold {{train,test}}/<class>/*.png or *.jpg for all ten classes. "
            f"No image in: {', '.join(missing)}"
        )
    return found


def fault(content):
    """Says what is wrong with the bytes of an image; an empty string if nothing is."""
    # Decoders fill the missing part of a JPEG with grey and go on, so look for its end mark.
    end = b"\xff\xd9" if content[:2] == b"\xff\xd8" else b"IEND\xaeB`\x82"
    if end not in content[-64:]:
        return "is cut short, or not a PNG or JPEG image"
    image = cv2.imdecode(np.frombuffer(content, "uint8"), cv2.IMREAD_COLOR)
    if image is None:
        return "cannot be decoded"
    if image.shape[:2] != (SIDE, SIDE):
        return f"must be {SIDE} x {SIDE} pixels, and is {image.shape[1]} x {image.shape[0]}"
    return ""


@contextmanager
def disk_space(out):
    """Says in words that the disk is full, and what to do."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise
        advice = "no space left on the disk; make room and run this again, it goes on from here"
        where = error.filename or str(out)
        raise OSError(error.errno, f"{advice} ({error.strerror})", where) from error


def check_free_space(out, num_missing):
    """Raises before the first write where the disk cannot hold the missing images."""
    needed, free = num_missing * DISK_BLOCK, shutil.disk_usage(out).free
    if free < needed:
        words = f"{num_missing:,} images need {needed / 1e6:.1f} MB, {free / 1e6:.1f} MB are free"
        raise OSError(errno.ENOSPC, words, str(out))


def copy_images(source, out, sizes, read):
    """Copies the images that are missing, and checks that every image decodes.

    Args:
        source: What to call the source in errors.
        out: The target folder.
        sizes: A dict from the name of each file of the source to its bytes, or to None.
        read: A function from such a name to the bytes of the file.

    Returns:
        The list of `<split>/<class>/<file>`.
    """
    found = layout(source, sizes)
    for inside in found.values():
        if (sizes[inside] or 0) > MAX_IMAGE_BYTES:
            raise ValueError(
                f"{source}: the image {inside} takes {sizes[inside]:,} bytes, more than the "
                f"{MAX_IMAGE_BYTES:,} of a small image"
            )
    there = {
        path.relative_to(out).as_posix()
        for split in EXPECTED
        for path in (out / split).glob("*/*")
        if not path.name.startswith(".")  # what a killed run left of a file half-written
    }
    if strays := sorted(there - set(found)):
        raise ValueError(
            f"{out} holds images that {source} does not, such as {strays[0]}; "
            "delete that folder or choose another with --out"
        )
    out.mkdir(parents=True, exist_ok=True)
    check_free_space(out, len(found) - len(there))
    for split in EXPECTED:  # until the last image is in place the folder is not whole
        (out / split / INDEX).unlink(missing_ok=True)
    for folder in {name.rpartition("/")[0] for name in found}:
        (out / folder).mkdir(parents=True, exist_ok=True)

    def whole(name):
        content = (out / name).read_bytes()
        return sizes[found[name]] in (None, len(content)) and not fault(content)

    def place(name, content):
        if reason := fault(content):
            raise ValueError(f"{source}: the image {found[name]} {reason}")
        write_atomically(out / name, content)

    # An archive is read in order by one thread; the others decode and write. Portions keep few
    # images in memory and an interrupt short.
    names = list(found)
    bar = tqdm(total=len(names), desc=f"preparing {out.name}", unit="image", delay=1)
    with bar, ThreadPoolExecutor(os.cpu_count()) as pool:
        for start in range(0, len(names), PORTION):
            portion = names[start : start + PORTION]
            is_whole = pool.map(lambda name: name in there and whole(name), portion)
            todo = [name for name, done in zip(portion, is_whole, strict=True) if not done]
            list(pool.map(place, todo, [read(found[name]) for name in todo]))
            bar.update(len(portion))
    return names


def write_indexes(out, names):
    """Writes `index.csv` of both splits; the classes take turns, so any head holds them all."""
    for split in EXPECTED:
        rows = []
        for y, kind in enumerate(CLASS_NAMES):
            files = sorted(name for name in names if name.startswith(f"{split}/{kind}/"))
            rows += [(turn, y, name.partition("/")[2]) for turn, name in enumerate(files)]
        df = pd.DataFrame(sorted(rows), columns=["turn", "y", "tile_name"])[["tile_name", "y"]]
        write_atomically(out / split / INDEX, df.to_csv(index=False, lineterminator="\n"))


def prepare_cifar10(out=None, source=None):
    """Puts CIFAR-10 on disk, or what of it is missing.

    Args:
        out: The target folder; `cifar10` in the data folder where it is None.
        source: A folder or archive that holds `{train,test}/<class>/*.png` or `*.jpg`, or None
            for `keras.datasets.cifar10`.

    Returns:
        `out` as a `pathlib.Path`. It holds `train/index.csv` and `test/index.csv`.

    Raises:
        FileNotFoundError, ValueError: if the source is missing, damaged or not CIFAR-10.
        ConnectionError: if the download cannot be had.
        OSError: if the disk is full.
    """
    out = Path(out) if out else data_dir() / "cifar10"
    if is_complete(out):
        return out
    images = keras_images() if source is None else opened(source)
    with disk_space(out), images as (sizes, read):
        names = copy_images(source or "keras.datasets.cifar10", out, sizes, read)
        write_indexes(out, names)
    return out


def counts(out):
    """Describes what a prepared folder holds, loudly where it is not all of CIFAR-10."""
    lines, loud = [], False
    for split, expected in EXPECTED.items():
        per_class = read_index(Path(out) / split)["y"].value_counts().sort_index()
        span = sorted({int(per_class.min()), int(per_class.max())})
        each = " to ".join(f"{n:,}" for n in span)
        lines.append(f"{split}: {per_class.sum():,} images, {len(per_class)} classes of {each}")
        loud = loud or list(per_class) != [expected // 10] * 10
    if loud:
        lines.append("NOTE: this is not all of CIFAR-10, which has 50,000 + 10,000 images.")
    return "\n".join(lines)


def main(argv=None):
    """Prepares CIFAR-10 as the command line says, and prints the counts."""
    parser = argparse.ArgumentParser("prepare_cifar10", description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="source", metavar="FOLDER_OR_ARCHIVE", help="(a download)")
    parser.add_argument("--out", metavar="FOLDER", help="(cifar10 in the data folder)")
    args = parser.parse_args(argv)
    out = Path(args.out) if args.out else data_dir() / "cifar10"
    news = "was already prepared, nothing to do" if is_complete(out) else "is prepared"
    try:
        prepare_cifar10(out, args.source)
    except ConnectionError as error:
        raise SystemExit(
            f"prepare_cifar10: {error}; name a folder or archive with --from"
        ) from error
    except (ValueError, OSError) as error:
        raise SystemExit(f"prepare_cifar10: {error}") from error
    except KeyboardInterrupt:
        raise SystemExit("prepare_cifar10: interrupted; run it again to finish") from None
    print(f"CIFAR-10 {news}: {out}\n{counts(out)}")


if __name__ == "__main__":
    main()
