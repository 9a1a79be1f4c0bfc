"""Reads the files of a folder, a tar or a zip archive, and trusts none of them.

Nothing is unpacked here: a caller gets names, sizes and bytes, and decides itself where to write.
A damaged archive is found before the first file of it is read.
"""

import lzma
import stat
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from tqdm.auto import tqdm

MAX_FILES = 200_000
MAX_BYTES = 2 * 2**30
# What the standard library raises on archives that are cut short, altered or locked.
DAMAGE = (tarfile.TarError, zipfile.BadZipFile, EOFError, lzma.LZMAError, zlib.error, OSError)
DAMAGE += (RuntimeError, NotImplementedError)


@contextmanager
def opened(source):
    """Opens a folder or archive for reading.

    Args:
        source: Path of a folder, or of a tar (plain, gz, bz2, xz) or zip archive.

    Yields:
        `(sizes, read)`: a dict from the name of each file (relative, with `/`) to its size in
        bytes, in the order in which reading is fast, and a function from a name to its bytes.

    Raises:
        FileNotFoundError: if there is no `source`.
        ValueError: if `source` is no archive, is damaged, or holds a path that leads out of the
            target, a link, too many files or too many bytes. The message names the file.
    """
    source = Path(source)
    if not source.exists():
        raise FileNotFoundError(f"there is no folder or archive {source}")
    if source.is_dir():
        paths = {path.relative_to(source).as_posix(): path for path in files_below(source)}
        sizes = {name: path.stat().st_size for name, path in paths.items()}
        yield sizes, lambda name: paths[name].read_bytes()
    elif zipfile.is_zipfile(source):
        with readable(source):
            archive = zipfile.ZipFile(source)
        with archive:
            members = safe_members(source, map(zip_member, archive.infolist()))
            yield sizes_of(members), reader(source, archive.read, members)
    else:
        with readable(source):
            archive = tarfile.open(source)
        with archive:
            with readable(source):
                members = safe_members(source, map(tar_member, archive))
                check_end(archive)
            read = reader(source, lambda member: archive.extractfile(member).read(), members)
            yield sizes_of(members), read


def files_below(folder):
    """The files in a folder and its subfolders, sorted; no more than `MAX_FILES`."""
    paths = []
    for path in folder.rglob("*"):
        if path.is_file():
            paths.append(path)
        if len(paths) > MAX_FILES:
            raise ValueError(f"{folder} holds more than {MAX_FILES:,} files; name a folder in it")
    return sorted(paths)


def tar_member(member):
    """What `safe_members` asks about a tar member: itself, name, size, kind."""
    kind = "file" if member.isfile() else "folder" if member.isdir() else "link or device"
    return member, member.name, member.size, kind


def zip_member(member):
    """What `safe_members` asks about a zip member: itself, name, size, kind."""
    # Zip files made on Unix keep the file mode in the upper half of the attributes.
    link = stat.S_ISLNK(member.external_attr >> 16)
    kind = "link or device" if link else "folder" if member.is_dir() else "file"
    return member, member.orig_filename, member.file_size, kind


def safe_members(source, members):
    """Checks every member; returns a dict from the name of a file to `(member, size)`."""
    files, total = {}, 0
    bar = tqdm(members, desc=f"checking {source.name}", unit="file", delay=1)
    for number, (member, name, size, kind) in enumerate(bar, 1):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise ValueError(f"{source}: the path {name!r} leads out of the target folder")
        if kind == "link or device":
            raise ValueError(f"{source}: {name!r} is a link or a device, not an image")
        total += size
        if number > MAX_FILES or total > MAX_BYTES:
            raise ValueError(
                f"{source}: unpacks to more than {MAX_FILES:,} files or {MAX_BYTES:,} bytes "
                f"(seen at {name!r}); this is not CIFAR-10"
            )
        if kind == "file" and files.setdefault(str(path), (member, size))[0] is not member:
            raise ValueError(f"{source}: holds {name!r} twice")
    return files


def sizes_of(members):
    """Drops the member objects and keeps the sizes."""
    return {name: size for name, (_, size) in members.items()}


def reader(source, read, members):
    """Returns a function from the name of a file to its bytes, with errors that name both."""

    def read_named(name):
        with readable(f"{source}: {name}"):
            return read(members[name][0])

    return read_named


def check_end(archive):
    """Raises unless the tar archive ends as it should.

    `tarfile` takes a file cut between two members for a shorter archive: the block of zeros that
    ends an archive is what tells them apart. Reading on to the end also tests the checksum.
    """
    archive.fileobj.seek(archive.offset)
    rest = archive.fileobj.read(2**20)
    if len(rest) < tarfile.BLOCKSIZE or any(rest[: tarfile.BLOCKSIZE]):
        raise tarfile.ReadError("unexpected end of data")


@contextmanager
def readable(what):
    """Turns the many errors of damaged archives into one that names the file."""
    try:
        yield
    except DAMAGE as error:
        reason = (str(error).splitlines() or [repr(error)])[0]
        raise ValueError(
            f"{what} is truncated, damaged, or not a tar or zip archive ({reason}); "
            "fetch it again or name another"
        ) from error
