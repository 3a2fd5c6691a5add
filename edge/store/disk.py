"""Writing to disk so that a power cut, a full disk or a second process leaves nothing half-written."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from edge.errors import ModelError

CHUNK = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def disk_full(folder: Path, detail: str = "") -> ModelError:
    """The one error for every way in which a disk can be full."""
    return ModelError(
        "disk-full",
        f"no space left for models in {folder}" + (f": {detail}" if detail else ""),
        "free some space, or name a folder on another disk in the settings: [models] folder",
    )


@contextmanager
def clear_errors(folder: Path) -> Iterator[None]:
    """Turn a failing disk into a `ModelError`: "disk-full", "models-folder-read-only" or "models-folder-unusable"."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(folder) from error
        why = error.strerror or str(error)
        if error.errno in _READ_ONLY:
            hint = "run the command as root (sudo), or name another folder in the settings: [models] folder"
            raise ModelError("models-folder-read-only", f"cannot write to {folder}: {why}", hint) from error
        hint = "repair it, or name another folder in the settings: [models] folder"
        raise ModelError("models-folder-unusable", f"cannot use {folder}: {why}", hint) from error


def require_space(folder: Path, needed: int) -> None:
    """Raise "disk-full" before a byte is fetched when `needed` bytes would not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise disk_full(folder, f"{megabytes(needed)} are needed, {megabytes(free)} are free")


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:.1f} MB"


@contextmanager
def only_one(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the folder's lock; call `waiting` once when another process has it. The lock dies with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def part_of(target: Path) -> Path:
    """Where a file grows before it is complete: beside its target, under a name that no manifest may use."""
    return target.with_name(f".{target.name}.part")


def note_of(part: Path) -> Path:
    """Where it is written down which version of the file grows in `part`, and how far it came."""
    return part.with_name(f"{part.name}.note")


def write_whole(target: Path, chunks: Iterable[bytes], *, part: Path | None = None) -> None:
    """Write a file that is there complete or not at all; the half-written one is removed on any error.

    `part` is where it grows; writers that hold no lock each need their own.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part or part_of(target)
    try:
        with part.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        move(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def move(source: Path, target: Path) -> None:
    """Rename within one disk, replacing a file, and make the new name last."""
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sync(path: Path) -> None:
    """Make a file's bytes last."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def tree_size(folder: Path) -> int:
    """Bytes in a folder that another process is writing to: what disappears meanwhile does not count."""
    size = 0
    for root, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                size += (Path(root) / name).stat().st_size
    return size
