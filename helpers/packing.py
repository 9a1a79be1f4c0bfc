"""Decode once: all images of a table in one memory-mapped file.

The file is a plain `.npy`: `np.load(out, mmap_mode="r")` opens it without reading it. Beside it
lies a note, `<out>.json`: which table and which image files it is made of, and how many rows are
safely on the disk. Rows beyond those are never trusted.
"""

import errno
import hashlib
import io
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from helpers.batches import empty_aligned, read_image, read_images
from helpers.paths import write_atomically

PORTION_BYTES = 2**25  # decoded between two notes, and so the most that is held in memory


def pack_tiles(df, path_tiles, out):
    """Decodes the images of a table into one memory-mapped uint8 file.

    An interrupted run goes on where its note says. A finished file is checked and kept; it is made
    anew where image files have changed since (size or time). One process at a time, please.

    Args:
        df: DataFrame with a column `tile_name`, at least one row.
        path_tiles: str or Path, the folder of the images, all of one size.
        out: str or Path of the file, by custom `….npy`. Its note, `<out>.json`, and until the end
            `<out>.part` lie beside it.

    Returns:
        Path of the file: a uint8 array `(len(df), height, width, 3)`, RGB, 0 to 255, row i the
        image of row i of `df`.

    Raises:
        ValueError: for an empty table, a missing or unreadable image, images of differing sizes,
            or where `out` holds another table or is no such file.
        OSError: where the disk is full; what was written is kept for the next run.

    Example:
    ```python
    packed = pack_tiles(df, path_tiles, data_dir() / "tiles.npy")
    model.fit(PackedBatches(packed, df, 128, num_classes=10, shuffle=True, seed=0), epochs=3)
    ```
    """
    if "tile_name" not in df.columns or len(df) == 0:
        raise ValueError(
            "`df` must have a column tile_name and at least one row. "
            f"Received: {len(df)} rows of {list(df.columns)}"
        )
    names, out = df["tile_name"].tolist(), Path(out)
    shape = read_image(Path(path_tiles, names[0])).shape
    table = {"count": len(names), "shape": list(shape), "names": digest_of(names)}
    refuse_another(out, table)
    out.parent.mkdir(parents=True, exist_ok=True)
    rows, files = rows_written(out, table, names, path_tiles)
    if rows < len(names):
        check_space(out, file_size(table, len(names)) - file_size(table, rows))
        write_rows(out, table, names, path_tiles, rows, files)
    if part_of(out).exists():
        os.replace(part_of(out), out)  # all rows are written: the file appears whole or not at all
    if not same_pixels(out, names, path_tiles):
        raise OSError(errno.EIO, "The file does not hold what was written to it", str(out))
    return out


def write_rows(out, table, names, path_tiles, rows, files):
    """Writes the rows of the file from row `rows` on, and notes each portion that is on the disk.

    Plain writes, not a memory map: on a full disk these raise an error, a map kills the process.

    Args:
        out, names, path_tiles: as in `pack_tiles`.
        table: dict, what the note says of the table.
        rows: int, how many rows are there.
        files: hash of the image files of those rows.
    """
    shape, threads = tuple(table["shape"]), os.cpu_count() or 1
    rows_at_once = max(1, PORTION_BYTES // int(np.prod(shape)))
    if rows == 0:  # the note first: it must not count rows of a file that begins anew
        write_note(out, table, rows, files)
        part_of(out).write_bytes(npy_header(table))
    bar = tqdm(total=len(names), initial=rows, desc="packing", unit="image", delay=1)
    try:
        with bar, ThreadPoolExecutor(threads) as pool, open(part_of(out), "r+b") as file:
            file.seek(file_size(table, rows))
            while rows < len(names):
                portion = names[rows : rows + rows_at_once]
                add_files(files, portion, path_tiles)
                size = -(-len(portion) // (2 * threads))
                pieces = [portion[i : i + size] for i in range(0, len(portion), size)]
                for images in pool.map(lambda p: read_images(p, path_tiles, shape), pieces):
                    file.write(images)
                    bar.update(len(images))
                file.flush()
                os.fsync(file.fileno())  # on the disk before the note counts it
                rows += len(portion)
                write_note(out, table, rows, files)
    except OSError as error:
        raise OSError(
            error.errno,
            f"{error.strerror}, with {rows} of {len(names)} images packed. Make room and run "
            "again, it goes on from there",
            str(part_of(out)),
        ) from error


def rows_written(out, table, names, path_tiles):
    """Finds how many rows of the file, or of its unfinished part, can be trusted.

    Returns:
        `(rows, files)`: their number and the hash of their image files; 0 and a new hash where
        another table was begun, a file is too short, or an image changed since.
    """
    anew = 0, hashlib.blake2b()
    note = read_note(out)
    if note is None or any(note[key] != value for key, value in table.items()):
        return anew
    rows, part = note["rows"], part_of(out)
    found = part if rows < len(names) or part.exists() else out
    if not found.exists() or found.stat().st_size < file_size(table, rows):
        return anew
    with open(found, "rb") as file:
        if file.read(len(npy_header(table))) != npy_header(table):
            return anew
    files = hashlib.blake2b()
    add_files(files, names[:rows], path_tiles)
    if files.hexdigest() != note["files"]:
        return anew
    if found == out and not same_pixels(out, names, path_tiles):
        return anew
    return rows, files


def read_packed(packed, rows, layout, empty=empty_aligned):
    """Reads rows of a file that `pack_tiles` has finished.

    Args:
        packed: str or Path.
        rows: int array `(b,)`, from 0 to the rows of the file - 1.
        layout: what `check_packed` returned.
        empty: function that makes the array, as for `helpers.batches.read_images`.

    Returns:
        A fresh uint8 array `(b, height, width, 3)`.
    """
    # A map of its own for each batch: what a map has read counts as memory of this process until
    # it is closed, so one that stays open would grow to the size of the file. Not by np.load: it
    # parses the header with `ast`, which fails at times in Python 3.11 when threads do so at once.
    images = empty((len(rows), *layout["shape"][1:]), np.uint8)
    # No row is clipped, but to raise for one, NumPy would go by way of a buffer.
    return np.take(np.memmap(packed, np.uint8, "r", **layout), rows, 0, images, mode="clip")


def check_packed(packed, df):
    """Raises a ValueError unless `packed` is a finished file of the table `df`.

    Returns:
        dict for `np.memmap`: the `offset` of the images in the file, and their `shape`,
        `(len(df), height, width, 3)`.
    """
    note = read_note(Path(packed))
    if note is None or note["rows"] < note["count"]:
        raise ValueError(
            f"`packed` must be a file that `pack_tiles` has finished. Received: {packed}"
        )
    if note["names"] != digest_of(df["tile_name"].tolist()):
        # Else the images of one table would get the labels of another.
        raise ValueError(
            "`df` must be the table that was packed, its rows in the same order. "
            f"Received: {len(df)} rows; {packed} holds {note['count']}"
        )
    images = np.load(packed, mmap_mode="r")
    return {"offset": images.offset, "shape": images.shape}


def same_pixels(out, names, path_tiles):
    """Compares the first, middle and last row of the file with their images."""
    images = np.load(out, mmap_mode="r")
    rows = {0, len(names) // 2, len(names) - 1}
    return all(np.array_equal(images[i], read_image(Path(path_tiles, names[i]))) for i in rows)


def refuse_another(out, table):
    """Raises a ValueError where `out` is there and is not the file of this table."""
    note = read_note(out)
    if out.exists() and (note is None or note["names"] != table["names"]):
        what = "a file that `pack_tiles` did not write" if note is None else "another table"
        raise ValueError(
            f"`out` must be a new file or hold the tiles of `df` in this order; choose another "
            f"name or delete it. Received: {out}, {what}"
        )


def check_space(out, needed):
    """Raises an OSError where the disk has no room for `needed` bytes."""
    free = shutil.disk_usage(out.parent).free
    if needed > free:
        raise OSError(
            errno.ENOSPC,
            f"The disk has {free / 2**20:,.0f} MiB left, {needed / 2**20:,.0f} MiB are needed",
            str(out),
        )


def part_of(out):
    return out.with_name(f"{out.name}.part")


def note_of(out):
    return out.with_name(f"{out.name}.json")


def read_note(out):
    """Reads the note of a file; None where there is none."""
    note = note_of(out)
    return json.loads(note.read_text(encoding="utf-8")) if note.exists() else None


def write_note(out, table, rows, files):
    write_atomically(note_of(out), json.dumps({**table, "rows": rows, "files": files.hexdigest()}))


def digest_of(names):
    """Tells tables apart by the names of their images, in order."""
    return hashlib.blake2b("\0".join(names).encode("utf-8")).hexdigest()


def add_files(files, names, path_tiles):
    """Adds names, sizes and times of image files to the hash `files`."""
    folder = str(path_tiles)
    for name in names:
        path = os.path.join(folder, name)
        try:
            seen = os.stat(path)
        except FileNotFoundError:
            raise ValueError(f"The image file does not exist. Received: {path}") from None
        files.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())


def file_size(table, rows):
    return len(npy_header(table)) + rows * int(np.prod(table["shape"]))


def npy_header(table):
    """The first bytes of a `.npy` file for the images of a table."""
    header = io.BytesIO()
    shape = (table["count"], *table["shape"])
    np.lib.format.write_array_header_1_0(
        header, {"descr": "|u1", "fortran_order": False, "shape": shape}
    )
    return header.getvalue()
