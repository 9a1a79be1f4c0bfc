"""Draws the tile set: land tiles in ten classes, as many and as large as you like.

    python -m data_scripts.make_tiles [--count N] [--size PX] [--seed S] [--out FOLDER]

Writes into FOLDER (default `tiles/<size>px-seed<seed>-v1` in the data folder):
    000000.jpg, 000001.jpg, ...   the tiles
    drawn_with.json               size and seed, so that two sets are never mixed
    tiles.csv                     tile_name, y: one row per tile, written last
Tile i depends on the seed, i and the size alone: a larger count extends a smaller one, and a
run that was interrupted finishes what is missing.
"""

import argparse
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
from tqdm.auto import tqdm

from data_scripts import land
from helpers.paths import data_dir, write_atomically

CLASS_NAMES = list(land.DRAW)
INDEX = "tiles.csv"
PORTION = 256
# One more with every change of a picture, so that old tiles are never mixed with new ones.
EDITION = 1


def default_folder(size, seed):
    """The folder of the tiles of one size and seed in the data folder."""
    return data_dir() / "tiles" / f"{size}px-seed{seed}-v{EDITION}"


def labels(count, seed):
    """Classes of tiles 0 to count - 1: every ten rows hold each class once, in random order.

    So the classes are balanced, and any head of the table from ten rows on holds all of them.

    Returns:
        A `(count,)` int64 array.
    """
    classes = len(CLASS_NAMES)
    blocks = [
        np.random.default_rng([seed, 0, block]).permutation(classes)
        for block in range(-(-count // classes))
    ]
    return np.concatenate(blocks)[:count].astype("int64")


def tile_bytes(i, y, size, seed):
    """Draws tile `i` of class `y` and returns its JPEG file as bytes."""
    picture = land.draw(np.random.default_rng([seed, 1, i]), size, CLASS_NAMES[y])
    # cv2 stores channels in the order blue, green, red.
    done, jpeg = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
    if not done:
        raise OSError(f"OpenCV could not encode tile {i} as JPEG")
    return jpeg.tobytes()


def read_index(out):
    """Reads `tiles.csv` of a folder; None where the folder is not (yet) whole.

    Returns:
        A DataFrame with `tile_name` (str) and `y` (int64), or None.
    """
    path = Path(out) / INDEX
    if not path.exists():
        return None
    return pd.read_csv(path, dtype={"tile_name": str, "y": "int64"}, keep_default_na=False)


def make_tiles(out, count, size, seed=0):
    """Draws the tiles that are missing in a folder and writes its index.

    Args:
        out: The folder; made if needed. A folder that holds tiles of another size or seed is
            an error.
        count: Number of tiles, 1 or more. A table that already lists more keeps them.
        size: Height and width in pixels, 16 to 1024.
        seed: An integer, 0 or more. The same seed draws the same files, byte for byte.

    Returns:
        A DataFrame with the columns `tile_name` (str, relative to `out`) and `y` (int64, the
        index into `CLASS_NAMES`), `count` rows.

    Raises:
        ValueError: if an argument is out of range or `out` holds other tiles.
    """
    check_whole("count", count, 1)
    check_whole("size", size, 16, 1024)
    check_whole("seed", seed, 0)
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    claim_folder(out, {"edition": EDITION, "size": int(size), "seed": int(seed)})

    names = [f"{i:06d}.jpg" for i in range(count)]
    classes = labels(count, seed)
    there = {entry.name for entry in os.scandir(out) if entry.stat().st_size > 0}
    missing = [i for i in range(count) if names[i] not in there]

    def draw_one(i):
        write_atomically(out / names[i], tile_bytes(i, classes[i], size, seed))

    # OpenCV and NumPy let other threads run while they work, so threads are enough. Tiles are
    # handed to them in portions, so that an interrupt does not wait for a long queue.
    bar = tqdm(total=len(missing), desc=f"drawing {size}-px tiles", unit="tile", delay=1)
    with bar, ThreadPoolExecutor(os.cpu_count()) as pool:
        for start in range(0, len(missing), PORTION):
            for _ in pool.map(draw_one, missing[start : start + PORTION]):
                bar.update()

    df = pd.DataFrame({"tile_name": pd.Series(names, dtype=str), "y": classes})
    old = read_index(out)
    if old is None or len(old) < count:
        write_atomically(out / INDEX, df.to_csv(index=False, lineterminator="\n"))
    return df


def check_whole(name, value, low, high=None):
    """Raises a ValueError unless `value` is a whole number from `low` to `high`."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):
        span = f"from {low} to {high}" if high else f"{low} or more"
        raise ValueError(f"`{name}` must be a whole number, {span}. Received: {value!r}")


def claim_folder(out, drawn_with):
    """Notes in a new folder what its tiles are drawn with; refuses a folder of other tiles."""
    note = out / "drawn_with.json"
    if not note.exists():
        write_atomically(note, json.dumps(drawn_with))
    found = json.loads(note.read_text(encoding="utf-8"))
    if found != drawn_with:
        raise ValueError(
            f"`out` must be a new folder or hold tiles drawn with {drawn_with}; "
            f"choose another folder or delete this one. Received: {out}, drawn with {found}"
        )


def main(argv=None):
    """Draws tiles as the command line says and prints where and how many."""
    parser = argparse.ArgumentParser("make_tiles", description="Draw land tiles in ten classes.")
    parser.add_argument("--count", type=int, default=2000, help="number of tiles (2000)")
    parser.add_argument("--size", type=int, default=128, help="height and width in pixels (128)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other tiles (0)")
    parser.add_argument("--out", help="folder (one per size and seed in the data folder)")
    args = parser.parse_args(argv)
    out = Path(args.out) if args.out else default_folder(args.size, args.seed)
    try:
        df = make_tiles(out, args.count, args.size, args.seed)
    except (ValueError, OSError) as error:
        raise SystemExit(f"make_tiles: {error}") from error
    except KeyboardInterrupt:
        raise SystemExit("make_tiles: interrupted; run it again to finish") from None
    print(f"{len(df)} tiles of {args.size} x {args.size} pixels in {out}")
    for y, n in df["y"].value_counts().sort_index().items():
        print(f"  {y} {CLASS_NAMES[y]:<10}{n:>7}")


if __name__ == "__main__":
    main()
