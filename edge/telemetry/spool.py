"""Records that wait for the broker, in a SQLite file of the state folder. Blocking; one thread at a time.

A record that was put survives the death of the process at any moment (`edge.runtime.database`). The file is locked, so
that two speakers with one state folder cannot send each other's records. Deleted records are overwritten.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from edge.runtime.database import Database
from edge.telemetry.messages import Kind, without_texts

_VERSION = 1
_OVERHEAD_BYTES = 64
"""What a record takes in the file besides its payload, about."""

_LOCK_S = 0.5
_PRAGMAS = (
    "locking_mode = EXCLUSIVE",  # before the journal's mode: no shared memory is needed
    "secure_delete = ON",
    "wal_autocheckpoint = 256",
    "journal_size_limit = 1048576",
)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    texts INTEGER NOT NULL,
    reported REAL NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A report. `texts`: the payload may hold what a user said. `reported` is the monotonic time of the report."""

    kind: Kind
    payload: bytes
    texts: bool
    reported: float


@dataclass(frozen=True, slots=True)
class Stored:
    """A record of the file. Numbers grow and are never used again. An earlier process reported it at -infinity."""

    number: int
    record: Record


class Spool:
    """A first-in, first-out queue on disk, bounded in bytes. Every method raises `sqlite3.Error` if the disk fails."""

    def __init__(self, path: Path, *, limit_bytes: int, transcripts: bool) -> None:
        """Open the file, or create it. Raises `OSError` or `sqlite3.Error`.

        A damaged file is renamed to `NAME.damaged`, and `set_aside` is True. Without `transcripts`, texts are removed
        from records that were put while the owner had switched them on.
        """
        self._limit_bytes = limit_bytes
        identity = f"PRAGMA application_id = {random.getrandbits(31)}"
        schema = (_SCHEMA, identity)
        self._file = Database(path, version=_VERSION, schema=schema, lock_s=_LOCK_S, pragmas=_PRAGMAS)
        self._db = self._file.connection
        self.set_aside = self._file.set_aside
        try:
            if not transcripts:
                self._remove_texts()
            self.records, self._bytes = self._size()
            self._inherited: int = self._file.one("SELECT IFNULL(MAX(number), 0) FROM records")
            self.identity: int = self._file.one("PRAGMA application_id")
            """Differs between files."""
        except BaseException:
            self._db.close()
            raise

    def put(self, records: Sequence[Record]) -> int:
        """Append the records. Return how many of the oldest were dropped, because the spool was full."""
        rows = [(record.kind, record.payload, record.texts, record.reported) for record in records]
        with self._file.writing():
            self._db.executemany("INSERT INTO records (kind, payload, texts, reported) VALUES (?, ?, ?, ?)", rows)
            added = sum(len(record.payload) + _OVERHEAD_BYTES for record in records)
            dropped, freed = self._drop_oldest(self._bytes + added - self._limit_bytes)
        self.records += len(records) - dropped
        self._bytes += added - freed
        return dropped

    def oldest(self) -> Stored | None:
        """The oldest record, which stays; None if there is none."""
        query = "SELECT number, kind, payload, texts, reported FROM records ORDER BY number LIMIT 1"
        row = self._db.execute(query).fetchone()
        if row is None:
            return None
        number, kind, payload, texts, reported = row
        reported = float("-inf") if number <= self._inherited else reported
        return Stored(number, Record(cast("Kind", kind), bytes(payload), bool(texts), reported))

    def remove(self, numbers: Sequence[int]) -> None:
        """Remove the records with these numbers; one that was dropped before is passed over."""
        if not numbers:
            return
        query = "DELETE FROM records WHERE number = ? RETURNING LENGTH(payload)"
        with self._file.writing():
            rows = [row for number in numbers for row in self._db.execute(query, (number,)).fetchall()]
        self.records -= len(rows)
        self._bytes -= sum(size + _OVERHEAD_BYTES for (size,) in rows)

    def close(self) -> None:
        """Close the file. The write-ahead log is written back to it."""
        self._db.close()

    def _remove_texts(self) -> None:
        rows = self._db.execute("SELECT number, kind, payload FROM records WHERE texts").fetchall()
        if not rows:
            return
        with self._file.writing():
            self._db.executemany(
                "UPDATE records SET payload = ?, texts = 0 WHERE number = ?",
                [(without_texts(cast("Kind", kind), bytes(payload)), number) for number, kind, payload in rows],
            )
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _drop_oldest(self, excess: int) -> tuple[int, int]:
        """Delete the oldest records that hold `excess` bytes; how many, and how many bytes."""
        dropped = freed = 0
        last = None
        for number, size in self._db.execute("SELECT number, LENGTH(payload) FROM records ORDER BY number"):
            if freed >= excess:
                break
            last, dropped, freed = number, dropped + 1, freed + size + _OVERHEAD_BYTES
        if last is not None:
            self._db.execute("DELETE FROM records WHERE number <= ?", (last,))
        return dropped, freed

    def _size(self) -> tuple[int, int]:
        records, payloads = self._db.execute("SELECT COUNT(*), IFNULL(SUM(LENGTH(payload)), 0) FROM records").fetchone()
        return records, payloads + records * _OVERHEAD_BYTES
