"""A SQLite file of ours: opened and checked, put aside if it is damaged, changed in transactions. Blocking.

The journal is a write-ahead log without a flush at each commit (`synchronous = NORMAL`): what was written survives the
death of the process at any moment; a power cut may take the last changes, but does not damage the file.

sqlite.org/wal.html, sqlite.org/pragma.html
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Database:
    """The open file. Every method raises `sqlite3.Error` if the disk fails."""

    connection: sqlite3.Connection
    """Commits each statement by itself, unless it stands in `writing`."""

    def __init__(
        self, path: Path, *, version: int, schema: Sequence[str], lock_s: float, pragmas: Sequence[str] = ()
    ) -> None:
        """Open the file, or create it with these statements. Raises `OSError` or `sqlite3.Error`.

        A file that is damaged or of another `version` is renamed to `NAME.damaged`, and `set_aside` is True. A call
        waits `lock_s` for another process. `pragmas` are set before the journal's mode.
        """
        self.set_aside = False
        self._path = path
        self._version = version
        self._schema = schema
        self._lock_s = lock_s
        self._pragmas = pragmas
        try:
            self._open()
        except (sqlite3.DatabaseError, _UnusableError) as error:
            if isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorcode & 0xFF not in _DAMAGED:
                raise
            self._put_aside()
            self._open()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, which no other process can change in between."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a failed COMMIT may have rolled back already
                self.connection.execute("ROLLBACK")
            raise

    def one(self, query: str) -> Any:
        """The first column of the first row."""
        return self.connection.execute(query).fetchone()[0]

    def close(self) -> None:
        """Close the file. The write-ahead log is written back to it."""
        self.connection.close()

    def _open(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))  # also the mode of its log
        self.connection = sqlite3.connect(
            self._path, timeout=self._lock_s, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in (*self._pragmas, "journal_mode = WAL", "synchronous = NORMAL"):
                self.connection.execute(f"PRAGMA {pragma}")
            self._use_schema()
        except BaseException:
            self.connection.close()
            raise

    def _use_schema(self) -> None:
        if self.one("PRAGMA user_version") not in {0, self._version} or self.one("PRAGMA quick_check(1)") != "ok":
            raise _UnusableError
        if self.one("PRAGMA user_version") == 0:
            with self.writing():
                if self.one("PRAGMA user_version") == 0:  # another process may have been faster
                    for statement in (*self._schema, f"PRAGMA user_version = {self._version}"):
                        self.connection.execute(statement)

    def _put_aside(self) -> None:
        self._path.replace(self._path.with_name(self._path.name + ".damaged"))
        for suffix in ("-wal", "-shm"):  # a log of the old file must not be applied to the new one
            with contextlib.suppress(FileNotFoundError):
                self._path.with_name(self._path.name + suffix).unlink()
        self.set_aside = True


class _UnusableError(Exception):
    """The file is none of ours: another version wrote it, or it fails SQLite's check."""
