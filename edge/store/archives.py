"""Members of an archive from the web: a zip, or a tar with or without compression, told apart by their first bytes."""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from edge.store.disk import CHUNK
from edge.store.wheels import read_member, source_damaged

_BAD_TAR: Final = (tarfile.TarError, EOFError, zlib.error, OSError)
_MOST_UNPACKED: Final = 1 << 30
"""Bytes of a tar that are unpacked on the way to a member."""


def read_packed(archive: Path, member: str, limit: int) -> Iterator[bytes]:
    """A member's bytes, at most `limit`. Raises `ModelError` "model-source-damaged"."""
    if zipfile.is_zipfile(archive):
        yield from read_member(archive, member, limit)
        return
    try:
        with tarfile.open(archive) as opened:
            before = 0
            for info in opened:
                if info.name == member and (stream := opened.extractfile(info)) is not None:
                    if info.size > limit:
                        raise source_damaged(f"{archive.name}: {member} is longer than {limit} bytes")
                    while chunk := stream.read(CHUNK):
                        yield chunk
                    return
                before += info.size
                if before > _MOST_UNPACKED:
                    raise source_damaged(f"{archive.name} is larger than it should be")
    except _BAD_TAR as error:
        raise source_damaged(f"{archive.name} is not a good archive: {error}") from error
    raise source_damaged(f"{archive.name} holds no {member}")
