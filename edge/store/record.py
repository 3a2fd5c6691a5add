"""Whether a model's files hold the right bytes, and a record of the files that were checked.

Hashing 150 MB takes a board a second at every start, so each folder keeps `.record.json`: the hash of a file together
with its size, inode and times when it was taken. As long as those are the same, the file is not read again. For a file
whose manifest states no hash the record holds the hash of what was first seen, which it must keep from then on.
"""

import json
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from edge.store.disk import sha256_of, write_whole
from edge.store.manifest import ModelFile

State = Literal["good", "unconverted", "missing", "damaged"]
"""Of a file or a model, from best to worst; `unconverted`: fetched, and without a current converted form."""

RECORD = ".record.json"
_RECORD_LIMIT = 1 << 22
_SECOND_NS = 1_000_000_000
SETTLED_S = 0.1
"""A file changed this shortly before it was hashed may change again without its times telling: clocks of file systems
tick every 10 ms at the slowest."""
_SETTLED_COARSE_S = 2.0
"""The same where a file system keeps whole seconds only."""


@dataclass(frozen=True, slots=True)
class _Seen:
    size: int
    inode: int
    mtime_ns: int
    ctime_ns: int
    hashed_ns: int
    sha256: str

    def still_holds(self, now: os.stat_result) -> bool:
        unchanged = (self.size, self.inode, self.mtime_ns, self.ctime_ns) == (
            now.st_size,
            now.st_ino,
            now.st_mtime_ns,
            now.st_ctime_ns,
        )
        changed_ns = max(self.mtime_ns, self.ctime_ns)
        settled_s = SETTLED_S if changed_ns % _SECOND_NS else _SETTLED_COARSE_S
        return unchanged and self.hashed_ns - changed_ns > settled_s * _SECOND_NS


class Record:
    """What is known about the files in one model's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = _read(folder / RECORD)
        self._changed = False

    def state(self, file: ModelFile, *, always_hash: bool = False) -> State:
        """Whether the file is there and right; remembers what it saw (see `save`)."""
        path = self._folder / file.name
        try:
            stat = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return "missing"
        if not path.is_file() or (file.size is not None and stat.st_size != file.size):
            return "damaged"
        before = self._seen.get(file.name)
        expected = file.sha256 or (before.sha256 if before else None)
        if before and not always_hash and before.still_holds(stat):
            return "good" if before.sha256 == expected else "damaged"
        now = time.time_ns()
        seen = _Seen(stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, now, sha256_of(path))
        if stat.st_size == 0 or (expected and seen.sha256 != expected):
            return "damaged"  # and the record keeps what it knew
        self._seen[file.name] = seen
        self._changed = True
        return "good"

    def states(self, files: Iterable[ModelFile], *, always_hash: bool = False) -> dict[str, State]:
        """The state of each file by name."""
        return {file.name: self.state(file, always_hash=always_hash) for file in files}

    def pin(self, file: ModelFile) -> str | None:
        """The hash the file must have: the manifest's, else that of what was first seen; None: anything goes."""
        seen = self._seen.get(file.name)
        return file.sha256 or (seen.sha256 if seen else None)

    def forget(self, file: ModelFile) -> None:
        """Remove a file from the record."""
        self._changed = self._seen.pop(file.name, None) is not None or self._changed

    def keep(self, name: str, other: "Record") -> None:
        """Copy the entry of a file from another record, as after moving the file here."""
        if name in other._seen:  # noqa: SLF001 - the same class
            self._seen[name] = other._seen[name]  # noqa: SLF001 - the same class
            self._changed = True

    def save(self) -> None:
        """Write the record. In a folder that cannot be written to, the files are hashed again next time."""
        if not self._changed:
            return
        text = json.dumps({name: asdict(seen) for name, seen in sorted(self._seen.items())}, indent=1)
        try:
            own = self._folder / f".record.{os.getpid()}-{threading.get_ident()}.part"
            write_whole(self._folder / RECORD, [text.encode()], part=own)
        except OSError:
            return
        self._changed = False


def _read(path: Path) -> dict[str, _Seen]:
    """A damaged or missing record knows nothing."""
    try:
        if path.stat().st_size > _RECORD_LIMIT:
            return {}
        data = json.loads(path.read_bytes())
        seen = {str(name): _Seen(**entry) for name, entry in data.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {name: entry for name, entry in seen.items() if _plausible(entry)}


def _plausible(seen: _Seen) -> bool:
    numbers = (seen.size, seen.inode, seen.mtime_ns, seen.ctime_ns, seen.hashed_ns)
    return isinstance(seen.sha256, str) and all(isinstance(number, int) for number in numbers)
