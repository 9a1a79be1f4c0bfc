"""Makes the stand-in for CIFAR-10: ten drawn classes as 32-px JPEG files in class folders.

    python -m data_scripts.make_standin

writes, in about ten seconds,

    data/standin/train/<class>/<id>.jpg    5,000 images, 500 of each class
    data/standin/train/index.csv           tile_name (arrow/0000.jpg), y (0 to 9)
    data/standin/test/<class>/<id>.jpg     1,000 images, 100 of each class
    data/standin/test/index.csv

The classes take turns in the index, so that its first n rows hold about n/10 of each. `index.csv`
is written last: where it exists, the split is whole. The same seed gives the same bytes.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from data_scripts.shapes import TARGET_CLASSES, draw
from helpers.paths import data_dir, write_atomically


def encode_image(seed, split, number):
    """Draws and encodes image `number` of a split.

    Args:
        seed: int, 0 or more.
        split: 0 for train, 1 for test: the two never share a picture.
        number: int, 0 or more; `number % 10` is the class.

    Returns:
        bytes of a JPEG file.
    """
    # A generator of its own for every image: any of them can be made again alone.
    rng = np.random.default_rng([seed, split, number])
    image = draw(TARGET_CLASSES[number % len(TARGET_CLASSES)], rng)
    ok, jpeg = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    if not ok:
        raise OSError(f"OpenCV could not encode image {number} as JPEG.")
    return jpeg.tobytes()


def make_split(folder, num_images, seed, split):
    """Writes one split; images that are already there stay."""
    kinds = len(TARGET_CLASSES)
    names = [f"{TARGET_CLASSES[i % kinds]}/{i // kinds:04d}.jpg" for i in range(num_images)]
    first = folder / names[0]
    others = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.jpg")} - set(names)
    if others or (first.exists() and first.read_bytes() != encode_image(seed, split, 0)):
        raise ValueError(
            "`out` must be a new folder, or hold the same images (same num_train, num_test, seed): "
            f"delete the old one or name another. Received: {folder}, which holds other images"
        )
    if (folder / "index.csv").exists():
        return
    for name in TARGET_CLASSES:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for i, name in enumerate(tqdm(names, desc=f"stand-in, {folder.name}", unit="image")):
        if not (folder / name).exists():
            write_atomically(folder / name, encode_image(seed, split, i))
    rows = [f"{name},{i % kinds}" for i, name in enumerate(names)]
    write_atomically(folder / "index.csv", "\n".join(["tile_name,y", *rows, ""]))


def make_standin(out, num_train=5000, num_test=1000, seed=0):
    """Writes the stand-in, or what of it is missing.

    Args:
        out: str or Path, the folder for `train` and `test`; made if needed.
        num_train: int, images in `train`, 1 or more.
        num_test: int, images in `test`, 1 or more.
        seed: int, 0 or more.

    Returns:
        `out` as a `pathlib.Path`.

    Raises:
        ValueError: where a count is below 1, or `out` holds images of another call.
    """
    for argument, count in (("num_train", num_train), ("num_test", num_test)):
        if count < 1:
            raise ValueError(f"`{argument}` must be at least 1. Received: {argument}={count}")
    out = Path(out)
    make_split(out / "train", num_train, seed, split=0)
    make_split(out / "test", num_test, seed, split=1)
    return out


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="folder to write to (default: data/standin)")
    parser.add_argument("--num-train", type=int, default=5000)
    parser.add_argument("--num-test", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    out = args.out or data_dir() / "standin"
    make_standin(out, args.num_train, args.num_test, args.seed)
    print(f"{out}: {args.num_train:,} images in train, {args.num_test:,} in test")


if __name__ == "__main__":
    main()
