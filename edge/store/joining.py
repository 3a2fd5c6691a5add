"""A file that is put together from pieces, one after another; a run that was killed continues behind the last piece."""

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from edge.store.disk import move, note_of, part_of, write_whole

_NOTE_LIMIT = 1 << 16


class JoinedFile:
    """Grows beside `target` and gets its name when every piece was appended.

    A note beside it lists the pieces that are complete on the disk. `pieces` are their names; a file is only continued
    with the pieces it was begun with, in the same order.
    """

    def __init__(self, target: Path, pieces: Sequence[str]) -> None:
        self._target = target
        self._part = part_of(target)
        self._note = note_of(self._part)
        self._pieces = list(pieces)
        self.joined, self.size = self._here()
        """The number of pieces that are here, and their bytes."""

    def _here(self) -> tuple[int, int]:
        try:
            if self._note.stat().st_size > _NOTE_LIMIT:
                return 0, 0
            note = json.loads(self._note.read_bytes())
            joined, size = list(note["pieces"]), int(note["size"])
            if joined == self._pieces[: len(joined)] and 0 <= size <= self._part.stat().st_size:
                return len(joined), size
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            pass  # nothing was begun, or by another source
        return 0, 0

    def append(self, chunks: Iterable[bytes]) -> None:
        """Write the next piece and make it last. A full disk or a failing first piece leaves nothing behind."""
        self._part.parent.mkdir(parents=True, exist_ok=True)
        if not self.joined:
            self._note.unlink(missing_ok=True)
        try:
            with self._part.open("r+b" if self.joined else "wb") as stream:
                stream.truncate(self.size)
                stream.seek(self.size)
                for chunk in chunks:
                    stream.write(chunk)
                size = stream.tell()
                stream.flush()
                os.fsync(stream.fileno())
            joined = self._pieces[: self.joined + 1]
            write_whole(self._note, [json.dumps({"pieces": joined, "size": size}).encode()])
        except BaseException as error:
            if isinstance(error, OSError) or not self.joined:
                self.discard()
            raise
        self.joined, self.size = len(joined), size

    def finish(self) -> None:
        """Give the file its name."""
        move(self._part, self._target)
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what is here."""
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
