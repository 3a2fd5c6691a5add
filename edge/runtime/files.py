"""Files that are replaced atomically."""

import asyncio
import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger("files")

_NOTHING = object()


def atomic_write(path: Path, content: bytes, *, mode: int = 0o600, durable: bool = True) -> None:
    """Replace the file; after a power cut it has the old content or the new. Creates missing folders.

    Blocks until the disk has the content: call it in a thread. Without `durable` it does not wait for the disk, and a
    power cut may leave an empty file. Raises `OSError` and then leaves the old file unchanged.
    A power cut may leave a file named `.NAME-....part` in the same folder.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            if durable:
                os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


class SavedValue:
    """One JSON value in a file, saved in the background: `save` returns at once, the latest value wins."""

    def __init__(self, path: Path, *, failure: str) -> None:
        """`failure` is the code that is logged if the value cannot be saved."""
        self._path = path
        self._failure = failure
        self._next: Any = _NOTHING
        self._writing: asyncio.Task[None] | None = None

    def read(self) -> Any:
        """The saved value; None if there is none, or the file is damaged. Blocks; the file is tiny."""
        try:
            return json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return None

    def save(self, value: Any) -> None:
        """Save the value off the event loop. A failure is logged."""
        self._next = value
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name=f"save {self._path.name}")

    async def aclose(self) -> None:
        """Return when the last value has been saved."""
        if self._writing is not None:
            await asyncio.wait({self._writing})

    async def _write(self) -> None:
        while self._next is not _NOTHING:
            value, self._next = self._next, _NOTHING
            try:
                await asyncio.to_thread(atomic_write, self._path, json.dumps(value).encode())
            except OSError as error:
                log.warning(self._failure, file=str(self._path), reason=error.strerror)
