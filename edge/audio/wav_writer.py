"""A 16-bit mono WAV file that appears under its name only when it is complete."""

import errno
import os
import secrets
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from edge.audio.pcm import to_pcm16
from edge.errors import AudioError
from edge.events import Samples

_HEADER_BYTES = 44
_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class WavWriter:
    """Writes pieces to a hidden file beside the target, which `commit` renames.

    As a context manager it commits at the end, or removes the hidden file if the block raises. Every method may raise
    `AudioError` `folder-missing`, `disk-full` or `file-not-written`, and then removes the hidden file.
    """

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._path = path.resolve()
        self._part = self._path.parent / f".{secrets.token_hex(6)}.part"
        self._rate_hz = rate_hz
        self.length = 0
        """Samples so far."""
        with self._errors():
            if self._path.exists() and not stat.S_ISREG(self._path.stat().st_mode):
                raise FileExistsError(errno.EEXIST, "it exists and is not a file")
            handle = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
            self._file = os.fdopen(handle, "wb")
            self._file.write(bytes(_HEADER_BYTES))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _traceback: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()

    def append(self, samples: Samples) -> None:
        """Add samples (at the file's rate, -1 to 1, clipped)."""
        with self._errors():
            self._file.write(to_pcm16(samples).astype("<i2").tobytes())
            self.length += len(samples)

    def resize(self, length: int) -> None:
        """Cut the sound at `length` samples, or pad it with silence to that length."""
        with self._errors():
            self._file.flush()
            self._file.truncate(_HEADER_BYTES + 2 * length)
            self._file.seek(0, os.SEEK_END)
            self.length = length

    def commit(self) -> None:
        """Complete the file and rename it to its name."""
        with self._errors():
            self._file.seek(0)
            self._file.write(_header(self._rate_hz, 2 * self.length))
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self._path)

    def discard(self) -> None:
        """Remove the hidden file. Harmless after `commit`."""
        with suppress(OSError):
            self._part.unlink(missing_ok=True)
        file = getattr(self, "_file", None)
        if file is not None:
            with suppress(OSError):  # closing flushes the buffer to a disk that may be full
                file.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.discard()
            raise self._explain(error) from error

    def _explain(self, error: OSError) -> AudioError:
        folder = self._path.parent
        if error.errno in _DISK_FULL:
            return AudioError(
                "disk-full", f"{self._path} cannot be written: no space is left", f"free space in {folder}"
            )
        if not folder.is_dir():
            return AudioError("folder-missing", f"{folder} is not a folder", f"create it: mkdir -p {folder}")
        return AudioError(
            "file-not-written", f"{self._path} cannot be written: {error.strerror}", "choose another file or folder"
        )


def _header(rate_hz: int, size: int) -> bytes:
    """A RIFF header for mono 16-bit PCM; a size beyond 4 GiB is given as unknown."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", min(size + _HEADER_BYTES - 8, 0xFFFFFFFF), b"WAVE"),
        *(b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16),
        *(b"data", min(size, 0xFFFFFFFF)),
    )
