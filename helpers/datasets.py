"""The datasets of the course: an index, the folder it speaks of, and the class names."""

import os
from pathlib import Path

import pandas as pd

from data_scripts import make_standin, make_tiles, prepare_cifar10
from helpers.paths import data_dir

PROFILES = ("auto", "offline", "real")
IMAGE_ENDINGS = (".jpg", ".jpeg", ".png")
REAL_THING = "python -m data_scripts.prepare_cifar10 [--from FOLDER_OR_ARCHIVE]"


def load_tiles(count=2000, size=128, seed=0):
    """Loads the index of the land tiles, and draws the tiles on first use.

    Args:
        count: Number of tiles, 1 or more.
        size: Height and width of each tile in pixels, 16 to 1024.
        seed: An integer, 0 or more; another seed gives other tiles.

    Returns:
        `(df, path_tiles, class_names)`: a DataFrame with `tile_name` (str) and `y` (int64, 0
        to 9), the `pathlib.Path` of the folder with the JPEG files, and the 10 names.

    Raises:
        ValueError: if an argument is out of range.
    """
    folder = make_tiles.default_folder(size, seed)
    df = make_tiles.make_tiles(folder, count, size, seed)
    return df, folder, list(make_tiles.CLASS_NAMES)


def load_cifar10(split="train"):
    """Loads the index of CIFAR-10 on disk, or of the drawn stand-in where it cannot be had.

    Taken in this order: what `prepare_cifar10` has prepared; the folder or archive named by the
    environment variable `CIFAR10_DIR`; `keras.datasets.cifar10`; the stand-in. With
    `COURSE_PROFILE=offline` it is always the stand-in, with `real` never. A printed line says
    which one it is, and `df.attrs["dataset"]` holds its name.

    Args:
        split: `"train"` or `"test"`.

    Returns:
        `(df, folder, class_names)`: a DataFrame with `tile_name` (str, `<class>/<file>`, relative
        to `folder`) and `y` (int64, 0 to 9), the `pathlib.Path` of the split, and the 10 names.

    Raises:
        ValueError: if `split` or `COURSE_PROFILE` is unknown, or `CIFAR10_DIR` is not CIFAR-10.
        FileNotFoundError: if `CIFAR10_DIR` names nothing.
        ConnectionError: if CIFAR-10 cannot be downloaded and `COURSE_PROFILE` is `real`.
    """
    if split not in prepare_cifar10.EXPECTED:
        raise ValueError(f'`split` must be "train" or "test". Received: {split!r}')
    chosen, named = profile(), os.environ.get("CIFAR10_DIR", "").strip()
    if chosen == "offline":
        return load_standin(split, "COURSE_PROFILE is offline")
    folder = data_dir() / "cifar10"
    if not prepare_cifar10.is_prepared(folder):
        print(f"CIFAR-10 is not on disk yet: preparing it from {named or 'a download of 170 MB'}.")
        try:
            prepare_cifar10.prepare_cifar10(folder, named or None)
        except ConnectionError as error:
            if chosen == "real":
                raise ConnectionError(
                    f"COURSE_PROFILE is real, and CIFAR-10 cannot be had: {error}. "
                    f"Prepare it with `{REAL_THING}`, or set CIFAR10_DIR to a folder or archive"
                ) from error
            return load_standin(split, f"CIFAR-10 is not prepared, and {error}")
    print(f"Using CIFAR-10, prepared in {folder}\n{prepare_cifar10.counts(folder)}")
    return load_split(folder / split, "CIFAR-10")


def cifar10_is_prepared():
    """True where `load_cifar10` gives the real images at once, with no download and no copying."""
    return profile() != "offline" and prepare_cifar10.is_prepared(data_dir() / "cifar10")


def profile():
    """Reads `COURSE_PROFILE`: where images and weights may come from."""
    value = os.environ.get("COURSE_PROFILE", "").strip() or "auto"
    if value not in PROFILES:
        raise ValueError(f"`COURSE_PROFILE` must be one of {PROFILES}. Received: {value!r}")
    return value


def load_standin(split, reason):
    """Loads the stand-in for CIFAR-10, drawn on first use, and says why and what to do."""
    out = make_standin.make_standin(data_dir() / "standin")
    df, folder, class_names = load_split(out / split, "stand-in for CIFAR-10")
    print(
        f"Using the STAND-IN for CIFAR-10, {len(df):,} drawn images in {folder}\n"
        f"  why: {reason}\n"
        f"  classes: {', '.join(class_names)}\n"
        f"  for the real images: {REAL_THING}"
        + ("\n  and set COURSE_PROFILE to auto or real" if profile() == "offline" else "")
    )
    return df, folder, class_names


def load_split(folder, dataset):
    """Reads `index.csv`; the class names are the folders in `tile_name`, in the order of `y`."""
    df = prepare_cifar10.read_index(folder)
    class_names = df.drop_duplicates("y").sort_values("y")["tile_name"].str.partition("/")[0]
    df.attrs["dataset"] = dataset
    return df, folder, class_names.tolist()


def index_folder(folder):
    """Makes the index of a folder that holds a folder of images for each class.

    Args:
        folder: str or Path; in it `<class>/<image>`, images ending in .jpg, .jpeg or .png, in small
            or capital letters. Other files and hidden ones are left out, as are folders without
            any image.

    Returns:
        `(df, class_names)`: a DataFrame with `tile_name` (str, `<class>/<image>`) and `y` (int64,
        the place of the class in `class_names`), ordered by `tile_name`, and the sorted names.

    Raises:
        FileNotFoundError: where `folder` is no folder.
        ValueError: where fewer than two classes have images.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise FileNotFoundError(f"`folder` must be a folder of class folders. Received: {folder}")
    names = sorted(
        f"{path.parent.name}/{path.name}"
        for path in folder.glob("*/*")
        if path.suffix.lower() in IMAGE_ENDINGS
        and not path.name.startswith(".")
        and not path.parent.name.startswith(".")
    )
    classes = [name.partition("/")[0] for name in names]
    class_names = sorted(set(classes))
    if len(class_names) < 2:
        raise ValueError(
            f"`folder` must hold images ({', '.join(IMAGE_ENDINGS)}) in a folder for each of at "
            f"least two classes. Received: {folder} with classes {class_names}"
        )
    y = pd.Series(classes).map(class_names.index).astype("int64")
    return pd.DataFrame({"tile_name": names, "y": y}), class_names


def split_index(df, fraction, seed=0):
    """Draws a part of every class at random.

    Args:
        df: DataFrame with a column `y` and an index without duplicates.
        fraction: float between 0 and 1, the part of each class to draw, rounded.
        seed: int; the same one draws the same rows.

    Returns:
        `(rest, drawn)`: two DataFrames that share no row, both in the order of `df`.

    Raises:
        ValueError: for a `fraction` out of range or an index with duplicates.
    """
    if not 0 < fraction < 1:
        raise ValueError(f"`fraction` must be between 0 and 1. Received: fraction={fraction}")
    if not df.index.is_unique:
        raise ValueError("`df` must have an index without duplicates. Received: one with some")
    drawn = df.index.isin(df.groupby("y").sample(frac=fraction, random_state=seed).index)
    return df[~drawn], df[drawn]
