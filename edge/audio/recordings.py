"""Reads any WAV or FLAC file as mono float32 at 16 kHz, or raises one clear error; writes speech to WAV files."""

import io
import os
import stat
import struct
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from edge.audio.channels import Mixer
from edge.audio.pcm import RateConverter
from edge.audio.wav_writer import WavWriter
from edge.errors import AudioError
from edge.events import SAMPLE_RATE_HZ, Samples, Speech

MIN_RATE_HZ = 4_000
MAX_RATE_HZ = 768_000

_PIECES_IN_BLOCK = 7
"""Pieces in which channels are mixed: 224 ms."""

_BLOCK_VALUES = 1 << 20
"""Samples of all channels in one block: a header may claim a thousand channels."""

_FRAMES_UNKNOWN = 1 << 62
"""libsndfile reports more than this for a FLAC file whose header does not state the length."""

_MAX_CHUNKS = 10_000

_SIZE_UNKNOWN = 0x7FFFF000
"""A program that writes a WAV into a pipe cannot know its size, and writes 0, or this or a larger number."""


def read_recording(path: Path) -> Samples:
    """The whole recording: mono, 16 kHz, -1 to 1, shape (n,). Raises what `stream_recording` raises."""
    return np.concatenate(list(stream_recording(path)))


def stream_recording(path: Path) -> Generator[Samples, None, None]:
    """The recording in blocks of at most a quarter of a second, so that an hour does not have to fit into memory.

    Channels are mixed as in the live microphone (`edge.audio.channels`), other rates resampled (soxr HQ), float samples
    beyond -1..1 clipped. Raises `AudioError`, usually before the first block: `recording-missing`, `recording-empty`,
    `recording-truncated` (the header states more than the file contains), `recording-not-audio` or `recording-nan` (a
    sample is not a number).
    """
    with _open(path) as file:
        _check_header(path, file)
        try:
            sound = soundfile.SoundFile(file if file.patch else file.fileno(), closefd=False)
        except soundfile.LibsndfileError as error:
            raise _not_audio(path, error.error_string) from error
        with sound:
            if not sound.frames:
                raise _empty(path)
            if not MIN_RATE_HZ <= sound.samplerate <= MAX_RATE_HZ:
                raise _not_audio(path, f"its sample rate is {sound.samplerate} Hz")
            yield from _blocks(path, sound)


def check_recording(path: Path) -> None:
    """Read the whole recording, so that a run on it does not fail half-way. Raises what `stream_recording` raises."""
    for _ in stream_recording(path):
        pass


def write_wav(path: Path, speech: Iterable[Speech]) -> None:
    """Write speech as one 16-bit WAV, at the rate of its first piece. The file appears when it is complete.

    Raises `AudioError` `speech-empty` if there is no piece, and what `WavWriter` raises.
    """
    pieces = iter(speech)
    first = next(pieces, None)
    if first is None:
        raise AudioError("speech-empty", f"there is no speech to write to {path}", "use a text with words")
    converter = RateConverter(first.rate_hz)
    with WavWriter(path, first.rate_hz) as writer:
        writer.append(first.samples)
        for piece in pieces:
            writer.append(converter.convert(piece))
        writer.append(converter.rest())


def _blocks(path: Path, sound: Any) -> Iterator[Samples]:
    resampler = None
    if sound.samplerate != SAMPLE_RATE_HZ:
        resampler = soxr.ResampleStream(sound.samplerate, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
    mixer = Mixer(sound.channels, sound.samplerate)
    length = max(1, min(_PIECES_IN_BLOCK * mixer.piece, _BLOCK_VALUES // sound.channels))
    buffer = np.empty((length, sound.channels), np.float32)
    taken, last = 0, False
    while not last:
        raw = _read(path, sound, buffer)
        taken += len(raw)
        last = len(raw) < len(buffer)
        if last and taken < sound.frames < _FRAMES_UNKNOWN:
            raise _truncated(path, f"it has {taken} of {sound.frames} samples")
        if not np.isfinite(raw).all():
            raise AudioError(
                "recording-nan", f"{path} has samples that are not numbers (NaN or infinite)", "export it again"
            )
        samples = np.ascontiguousarray(mixer.mix(raw.clip(-1, 1)))
        if resampler is not None:
            samples = np.clip(resampler.resample_chunk(samples, last=last), -1, 1)
        if len(samples):
            yield samples


def _read(path: Path, sound: Any, buffer: Samples) -> Samples:
    try:
        raw: Samples = sound.read(out=buffer)
    except soundfile.LibsndfileError as error:
        raise _truncated(path, error.error_string) from error
    return raw


class _File(io.FileIO):
    """A file in which four bytes can be replaced, so that libsndfile reads a WAV whose header states no size."""

    patch: bytes = b""
    patch_at: int = 0

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the current position, with the patch."""
        place = self.tell()
        count = super().readinto(buffer) or 0
        view = memoryview(buffer)
        for at, byte in enumerate(self.patch, self.patch_at - place):
            if 0 <= at < count:
                view[at] = byte
        return count


def _open(path: Path) -> _File:
    try:
        # Not blocking: opening a pipe without a writer would wait for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise AudioError("recording-missing", f"{path} does not exist", "check the path") from error
    except (OSError, ValueError) as error:
        raise AudioError("recording-missing", f"{path} cannot be opened: {error}", "check the path") from error
    status = os.fstat(handle)
    if stat.S_ISREG(status.st_mode) and status.st_size:
        return _File(handle)
    os.close(handle)
    if stat.S_ISREG(status.st_mode):
        raise _empty(path)
    raise _not_audio(path, "it is not a regular file")


def _check_header(path: Path, file: _File) -> None:
    """Detect truncated files, which libsndfile would read as short recordings."""
    size = os.fstat(file.fileno()).st_size
    head = os.pread(file.fileno(), 12, 0)
    if head[:4] == b"fLaC":
        _check_flac(path, file, size)
    elif head[:4] in {b"RIFF", b"RIFX"}:
        if len(head) < 12:  # noqa: PLR2004 - the length of the RIFF header
            raise _truncated(path, "the header is cut off")
        if head[8:] == b"WAVE":
            _check_wav(path, file, size, head)


def _check_flac(path: Path, file: _File, size: int) -> None:
    """Metadata blocks (RFC 9639, section 8): a bit for the last one, a type, a 24-bit length, the body."""
    place = 4
    for _ in range(_MAX_CHUNKS):
        header = os.pread(file.fileno(), 4, place)
        place += 4 + int.from_bytes(header[1:], "big")
        if len(header) < 4 or place > size:  # noqa: PLR2004 - the length of a block's header
            raise _truncated(path, "the header is cut off")
        if header[0] & 0x80:
            return
    raise _not_audio(path, "its header has no end")


def _check_wav(path: Path, file: _File, size: int, head: bytes) -> None:
    """Chunks (RIFF; Microsoft and IBM, 1991): a name of four letters, a 32-bit size, a body of even length."""
    order = "<" if head[:4] == b"RIFF" else ">"
    (riff_size,) = struct.unpack_from(f"{order}I", head, 4)
    place = 12
    for _ in range(_MAX_CHUNKS):
        if place + 8 > size:
            raise _truncated(path, "it ends before the sound begins")
        name, promised = struct.unpack(f"{order}4sI", os.pread(file.fileno(), 8, place))
        place += 8
        if name == b"data":
            _check_promise(path, promised, size - place, closed=riff_size + 8 == size)
            if not promised:
                file.patch, file.patch_at = b"\xff" * 4, place - 4
            return
        place += promised + promised % 2
    raise _not_audio(path, "its header has no end")


def _check_promise(path: Path, promised: int, there: int, *, closed: bool) -> None:
    if not promised and (not there or closed):
        raise _empty(path)
    if there < promised and (not there or promised < _SIZE_UNKNOWN):
        raise _truncated(path, f"it has {there} of {promised} bytes of sound")


def _empty(path: Path) -> AudioError:
    return AudioError("recording-empty", f"{path} contains no sound", "record it again")


def _truncated(path: Path, what: str) -> AudioError:
    return AudioError(
        "recording-truncated", f"{path} is cut off: {what.rstrip('.')}", "copy or download the file again"
    )


def _not_audio(path: Path, what: str) -> AudioError:
    return AudioError("recording-not-audio", f"{path} is not a recording: {what.rstrip('.')}", "use a WAV or FLAC file")
