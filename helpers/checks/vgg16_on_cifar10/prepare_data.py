"""Checks of `prepare_data`, on folders of empty files: names are all that counts."""

import contextlib
import math
import os
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import datasets
from helpers.checks import beside, check, expect

reads_folder = check(datasets.index_folder, datasets.split_index)


@contextlib.contextmanager
def class_folders(counts, endings=(".jpg", ".png", ".jpeg")):
    """A folder with a folder for each class, given as `{class: number of images}`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, count in counts.items():
            Path(folder, name).mkdir()
            for i in range(count):
                Path(folder, name, f"{i:04d}{endings[i % len(endings)]}").touch()
        yield Path(folder)


class Listing(list):
    """Entries in another order each time, never the sorted one, as `os.scandir` gives them."""

    def __init__(self, entries, key):
        entries = sorted(entries, key=key)
        order = np.random.default_rng().permutation(len(entries))
        if (np.diff(order) > 0).all():
            order = order[::-1]
        super().__init__(entries[i] for i in order)
        self.left = iter(self)

    def __next__(self):
        return next(self.left)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    close = __exit__


listdir, scandir = os.listdir, os.scandir


def any_listdir(*args):
    return Listing(listdir(*args), key=None)


def any_scandir(*args):
    with scandir(*args) as entries:
        return Listing(entries, key=lambda entry: entry.name)


def list_in_any_order(begin):
    """Lists folders in any order, as file systems may do: where code has to sort, it shows."""
    os.listdir, os.scandir = (any_listdir, any_scandir) if begin else (listdir, scandir)


def images_in(folder):
    return {p.relative_to(folder).as_posix() for p in folder.glob("*/*.*")}


def run(prepare_data, folder, *args):
    beside(list_in_any_order, True)
    try:
        answer = prepare_data(folder, *args)
    finally:
        beside(list_in_any_order, False)
    expect(
        isinstance(answer, (tuple, list)) and len(answer) == 3,
        "prepare_data must return three things: train_df, valid_df, class_names. Received: "
        f"{type(answer).__name__}",
    )
    for name, df in zip(("train_df", "valid_df"), answer, strict=False):
        expect(
            isinstance(df, pd.DataFrame) and {"tile_name", "y"} <= set(df.columns),
            f"{name} must be a DataFrame with the columns tile_name and y. Received: "
            f"{list(df.columns) if isinstance(df, pd.DataFrame) else type(df).__name__}",
        )
    return answer[0], answer[1], list(answer[2])


def names_in(df):
    return [str(name) for name in df["tile_name"]]


@reads_folder
def prepare_data_labels(prepare_data):
    """Each row names an image, and y is the place of its class among the sorted names."""
    wanted = ["blue whale", "ant", "cat", "Dog"]
    with class_folders(dict.fromkeys(wanted, 20)) as folder:
        *tables, class_names = run(prepare_data, folder)
        expect(
            class_names == sorted(wanted),
            f"class_names must be the sorted names of the class folders, {sorted(wanted)}. "
            f"Received: {class_names}",
        )
        for df in tables:
            missing = [name for name in names_in(df) if not (folder / name).is_file()]
            expect(
                not missing and not any(Path(name).is_absolute() for name in names_in(df)),
                "Joined with the folder, a tile_name must be an image: `<class>/<image>`. "
                f"Received: {(missing or names_in(df))[:1]}",
            )
            for name, y in zip(names_in(df), df["y"], strict=True):
                label = class_names.index(name.partition("/")[0])
                expect(y == label, f"y of {name} must be {label}, its class. Received: {y!r}")


@reads_folder
def prepare_data_each_once(prepare_data):
    """Every image is in one of the two tables, once."""
    with class_folders({"a": 30, "b": 17, "c": 20}) as folder:
        train_df, valid_df, _ = run(prepare_data, folder)
        train, valid = names_in(train_df), names_in(valid_df)
        both = set(train) & set(valid)
        expect(
            not both,
            f"{len(both)} images are in both tables. What was trained on says nothing about other "
            "images: take those for validation out of train_df.",
        )
        expect(
            len(train) + len(valid) == 67 and set(train) | set(valid) == images_in(folder),
            f"The folder has 67 images: .jpg, .jpeg and .png. Received: {len(train)} rows to train "
            f"and {len(valid)} to validate, {len(set(train) | set(valid))} different images.",
        )


@reads_folder
def prepare_data_share(prepare_data):
    """Every class gives the same part of its images to validation."""
    # At both fractions some are rounded up, some down, and none is halfway. There are too many for
    # a draw from all to come to these numbers by chance.
    counts = {"many": 297, "some": 213, "few": 127}
    for fraction in (0.1, 0.25):
        with class_folders(counts) as folder:
            train_df, valid_df, _ = run(prepare_data, folder, fraction)
            shares = pd.Series(names_in(valid_df), dtype=str).str.partition("/")[0].value_counts()
            found = {name: int(shares.get(name, 0)) for name in counts}
            wanted = {name: round(fraction * count) for name, count in counts.items()}
            expect(
                found == wanted,
                f"Of classes with {counts} images, {fraction:.0%} are {wanted}. Received: {found}."
                + share_hint(counts, fraction, found, len(train_df) + len(valid_df)),
            )


def share_hint(counts, fraction, found, num_rows):
    """What may be behind a wrong number of images for validation, in words."""
    guesses = [
        (lambda n: n - round(fraction * n), "train_df and valid_df are swapped."),
        (lambda n: math.floor(fraction * n), "Round to the nearest: int() and // cut off."),
        (lambda n: math.ceil(fraction * n), "Round to the nearest, not always up."),
        (lambda n: round(0.1 * n), "That is 10%: use valid_fraction."),
    ]
    for guess, hint in guesses:
        if found == {name: guess(n) for name, n in counts.items()}:
            return f" {hint}"
    total = sum(counts.values())
    if num_rows != total:
        return f" Both tables together have {num_rows} rows; the folder has {total} images."
    if abs(sum(found.values()) - fraction * total) <= 1:  # however that was rounded
        return " Draw from each class by itself, or a rare class may be missing."
    return ""


@reads_folder
def prepare_data_seed(prepare_data):
    """The images for validation are drawn at random: the same for a seed, others for another."""
    with class_folders({"a": 40, "b": 40}) as folder:
        first, again, other = (
            names_in(run(prepare_data, folder, 0.25, seed)[1]) for seed in (1, 1, 2)
        )
    expect(
        set(first) == set(again),
        "The same seed must draw the same images. Received: others, so that training could not "
        "be repeated. Sort the files, and hand the seed to what draws.",
    )
    expect(
        set(first) != set(other),
        "Another seed must draw other images. Received: the same. Files often come in the order "
        "in which they were taken, so the first or last ones are no fair sample.",
    )


@reads_folder
def prepare_data_strays(prepare_data):
    """Capital endings are images, other files are not."""
    with class_folders({"a": 12, "b": 12}, endings=(".JPG", ".Png", ".jpeg")) as folder:
        images = images_in(folder)
        (folder / "index.csv").touch()
        (folder / "cover.jpg").touch()
        for name in ("a/notes.txt", "b/Thumbs.db", "a/labels.csv", "a/0001.jpg.txt"):
            (folder / name).touch()
        train_df, valid_df, class_names = run(prepare_data, folder)
        found = set(names_in(train_df)) | set(names_in(valid_df))
        expect(
            sorted(class_names) == ["a", "b"],
            f"Only a and b are class folders here; beside them lie index.csv and cover.jpg. "
            f"Received the classes: {class_names}",
        )
        expect(
            found >= images,
            f"What ends in .JPG or .Png is an image, too. Missing: {sorted(images - found)[:3]}",
        )
        expect(
            found <= images,
            f"What is no image must be left out. Received: {sorted(found - images)[:3]}",
        )
