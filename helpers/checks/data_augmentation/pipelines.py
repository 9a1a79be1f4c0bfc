"""Checks of `make_pipelines`, on random images on disk, whatever feeds them: tf.data or PyDataset.

Images of class 1 are green and all others, most often of class 3, purple, in blocks of random
shades. So the class of an image is seen through any flip, warp or change of light, and a plain
image is known by its blocks.
"""

import contextlib
import inspect
import tempfile

import cv2
import keras
import numpy as np
import pandas as pd

from helpers.checks import check, expect
from helpers.checks.batches import as_arrays, labels_in
from helpers.checks.tiles import Folder

BLOCK, TALL, WIDE = 16, 4, 4
GREEN, PURPLE, NUM_CLASSES, BATCH_SIZE = 1, 3, 5, 8
# Colours at every pixel: without, how decoders fill them in differs at the edges of the blocks.
AS_THEY_ARE = [
    *(cv2.IMWRITE_JPEG_QUALITY, 98),
    *(cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444),
]
# How far an image may be from one on disk, as the mean over all pixels, from 0 to 1. JPEG changes
# 0.002, another size 0.005, a shift by half a pixel 0.004 and by a whole one 0.008.
UNCHANGED, STILL_PLAIN = 0.003, 0.0055


class Images:
    """Random images in a folder, of all classes in equal parts.

    Attributes:
        df: DataFrame with `tile_name` and `y`; its index is out of order.
        labels: int array `(count,)`.
        colours: float array `(count, TALL, WIDE, 3)`, of the blocks, from 0 to 1.
    """

    def __init__(self, folder, count, classes):
        rng = np.random.default_rng()
        self.labels = rng.permutation(np.resize(classes, count))
        strong = (self.labels == GREEN)[:, None, None, None] == [False, True, False]
        shades = rng.integers(0, 100, (count, TALL, WIDE, 3))
        shades = np.where(strong, 255 - shades, shades).astype("uint8")
        self.colours = shades / 255
        names = [f"{number:09d}.jpg" for number in rng.choice(10**9, count, replace=False)]
        index = rng.permutation(10 * count)[:count]
        self.df = pd.DataFrame({"tile_name": names, "y": self.labels}, index=index)
        for name, shade in zip(names, shades, strict=True):
            pixels = shade.repeat(BLOCK, 0).repeat(BLOCK, 1)[..., ::-1]
            cv2.imwrite(str(folder / name), pixels, AS_THEY_ARE)

    def shown_in(self, x, tolerance):
        """Which of these each image of `x` is, pixel by pixel: int array, -1 for none of them."""
        nearest = [np.abs(self.colours - image).mean((1, 2, 3)).argmin() for image in blocks(x)]
        nearest = np.array(nearest, int)
        # Each pixel has the colour of the block that its middle lies in.
        rows, columns = middles(x.shape[1], TALL), middles(x.shape[2], WIDE)
        plain = self.colours[nearest][:, rows][:, :, columns]
        away = np.abs(plain - to_one_scale(x)).mean((1, 2, 3))
        return np.where(away < tolerance, nearest, -1)


def blocks(x):
    """The colours in the middle of the blocks of images of any size and scale, from 0 to 1."""
    rows, columns = middles(TALL, x.shape[1]), middles(WIDE, x.shape[2])
    return to_one_scale(x[:, rows][:, :, columns])


def middles(count, size):
    """Where the middles of `count` equal parts lie among `size` pixels."""
    return ((np.arange(count) + 0.5) / count * size).astype(int)


def to_one_scale(x):
    """Images of a batch from 0 to 1, whether they came so or from 0 to 255."""
    x = x.astype("float32")
    return x / 255 if x.max(initial=0) > 2 else x


@contextlib.contextmanager
def pipelines(make_pipelines, num_train=48, num_valid=24, classes=(GREEN, PURPLE)):
    """The images of training and validation, and the two pipelines made of them."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = Folder(folder)
        train, valid = (Images(folder, count, classes) for count in (num_train, num_valid))
        arguments = {"batch_size": BATCH_SIZE, "path_tiles": folder, "num_classes": NUM_CLASSES}
        arguments["seed"] = int(np.random.default_rng().integers(1000))
        taken = inspect.signature(make_pipelines).parameters
        if not any(p.kind is p.VAR_KEYWORD for p in taken.values()):
            arguments = {name: value for name, value in arguments.items() if name in taken}
        made = make_pipelines(train.df.copy(), valid.df.copy(), **arguments)
        expect(
            isinstance(made, (tuple, list)) and len(made) == 2,
            "make_pipelines must return (train, valid), for `fit` and its validation_data. "
            f"Received: {type(made).__name__}",
        )
        yield train, valid, *made


def epoch(batches, num_rows, name):
    """One epoch as `fit` takes it, as `(x, labels)` of all rows; endless ones give `num_rows`."""
    if isinstance(batches, keras.utils.PyDataset):
        items = [batches[i] for i in range(len(batches))]
        batches.on_epoch_end()
    else:
        expect(
            hasattr(batches, "__iter__"),
            f"`fit` cannot go through {name}: it must be a tf.data.Dataset or a PyDataset. "
            f"Received: {type(batches).__name__}",
        )
        endless = hasattr(batches, "__next__") or int(getattr(batches, "cardinality", int)()) == -1
        items, rows = [], 0
        most = num_rows if endless else 20 * num_rows
        for item in batches:
            items.append(item)
            rows += len(as_arrays(item, f"A batch of {name}")[0])
            if rows >= most:
                break
    pairs = [as_arrays(item, f"A batch of {name}") for item in items]
    if not pairs:
        return np.zeros((0, BLOCK, BLOCK, 3)), []
    labels = sum((labels_in(y) for _, y in pairs), [])
    return np.concatenate([x for x, _ in pairs]), labels


def expect_batches(x, name, which):
    expect(len(x), f"{which}, {name} had no batches. It must serve as many epochs as `fit` asks.")


def expect_rows(images, x, labels, name, which):
    num_rows = len(images.df)
    expect_batches(x, name, which)
    expect(
        len(x) % num_rows == 0,
        f"{which}, {name} must give each of its {num_rows} rows, the last batch smaller. "
        f"Received: {len(x)} rows.",
    )
    for label in range(NUM_CLASSES):
        wanted, received = (np.equal(part, label).mean() for part in (images.labels, labels))
        expect(
            np.isclose(wanted, received),
            f"{which}, {name} must give each of its {num_rows} rows once. By their labels, "
            f"{wanted * num_rows:g} of them are of class {label}. Received: "
            f"{received * num_rows:g} of {num_rows}. Are rows drawn by chance for each batch? "
            "Shuffle them instead: each comes once, in another order.",
        )


@check()
def pipelines_valid_plain(make_pipelines):
    """Validation gives the images as they are, in the order of the table, in every epoch."""
    with pipelines(make_pipelines) as (_, valid, _, valid_batches):
        for which in ("In the first epoch", "In the second epoch"):
            x, _ = epoch(valid_batches, len(valid.df), "valid")
            count = min(len(x), len(valid.df))
            shown = valid.shown_in(x[:count], STILL_PLAIN)
            same, elsewhere = shown == np.arange(count), (shown >= 0).sum()
            bgr = valid.shown_in(x[:count, ..., ::-1], STILL_PLAIN) >= 0
            hint = "Only training is augmented, so that results can be compared."
            if bgr.sum() > elsewhere:
                hint = "They are BGR: cv2.imread needs cv2.IMREAD_COLOR_RGB or cv2.cvtColor."
            elif elsewhere == count:
                hint = "They are there, but in another order: validation is not shuffled."
            expect(
                same.all() and (count or which != "In the first epoch"),
                f"{which}, row i of valid must be the image of row i of valid_df, unchanged. "
                f"Received: {same.sum()} of {count} are. {hint}",
            )


@check()
def pipelines_train_changed(make_pipelines):
    """Training gives changed images."""
    with pipelines(make_pipelines) as (train, valid, train_batches, _):
        x, _ = epoch(train_batches, len(train.df), "train")
        shown = [images.shown_in(x, UNCHANGED) for images in (train, valid)]
        changed = (np.maximum(*shown) < 0).sum()
        # Mirroring alone leaves half of them alone, so a few changed ones will do.
        expect(
            changed > 4,
            f"The images of training must be augmented. Received: {len(x) - changed} of {len(x)} "
            "are as they are on disk.",
        )


@check()
def pipelines_new_each_epoch(make_pipelines):
    """Training gives other changes in every epoch."""
    with pipelines(make_pipelines) as (train, _, train_batches, _):
        first, _ = epoch(train_batches, len(train.df), "train")
        second, _ = epoch(train_batches, len(train.df), "train")
        expect_batches(second, "train", "In the second epoch")
        known = to_one_scale(first)
        new = [np.abs(known - image).mean((1, 2, 3)).min() > 1e-4 for image in to_one_scale(second)]
        expect(
            sum(new) > 4,
            f"The second epoch must not repeat the images of the first. Received: {sum(new)} of "
            f"{len(second)} are new. Were they augmented once and kept, by cache() or in a list? "
            "Is the generator seeded anew in every epoch?",
        )


@check()
def pipelines_complete(make_pipelines):
    """Both give every row in every epoch, the last batch smaller."""
    every = range(NUM_CLASSES)  # of two, rows drawn by chance may come as often as they should
    with pipelines(make_pipelines, 43, 21, every) as (train, valid, train_batches, valid_batches):
        for which in ("In the first epoch", "In the second epoch"):
            for images, batches, name in (
                (train, train_batches, "train"),
                (valid, valid_batches, "valid"),
            ):
                expect_rows(images, *epoch(batches, len(images.df), name), name, which)


@check()
def pipelines_labels(make_pipelines):
    """Each image keeps its own label, in training and in validation."""
    with pipelines(make_pipelines) as (train, valid, train_batches, valid_batches):
        for images, batches, name in (
            (train, train_batches, "train"),
            (valid, valid_batches, "valid"),
        ):
            x, labels = epoch(batches, len(images.df), name)
            expect(
                len(x) == len(labels) and len(x) > 0,
                f"{name} must give as many labels as images. Received: {len(x)} images and "
                f"{len(labels)} labels.",
            )
            colours = blocks(x).mean((1, 2))
            green = colours[:, 1] > colours[:, ::2].mean(1)
            wrong = np.flatnonzero(np.where(green, GREEN, PURPLE) != labels)
            expect(
                not len(wrong),
                f"Here green images have the label {GREEN} and purple ones {PURPLE}. Received: "
                f"{len(wrong)} of {len(x)} images of {name} with another one, such as "
                f"{labels[wrong[0]] if len(wrong) else ''}. Images and labels must stay together.",
            )
