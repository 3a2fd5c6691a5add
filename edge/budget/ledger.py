"""The calls of the last two months, in a SQLite file of the state folder. Blocking; no texts.

What was entered survives the death of the process at any moment (`edge.runtime.database`). Several processes may use
the file, one writes at a time.

A call has the date of the clock. If the clock is set back, calls lie ahead of it: they count for today, so that setting
the clock back gives no second budget. If the clock then reaches another day and a call still lies ahead, it was the
call's date that was wrong, and the call gets the day on which that was seen.
"""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from edge.runtime.database import Database

_VERSION = 1
_LOCK_S = 1.0
_KEEP = timedelta(days=62)
_KEEP_CALLS = 10_000

_SCHEMA = (
    """
    CREATE TABLE calls (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        ahead_on TEXT,
        model TEXT NOT NULL,
        prompt INTEGER NOT NULL,
        cached INTEGER NOT NULL,
        reply INTEGER NOT NULL,
        usd REAL,
        counted INTEGER NOT NULL
    )
    """,
    "CREATE INDEX days ON calls (day)",
    "CREATE INDEX ahead ON calls (ahead_on) WHERE ahead_on IS NOT NULL",
    "CREATE TABLE told (period TEXT PRIMARY KEY)",
)

_SPENT = """
SELECT TOTAL(usd), COUNT(*), IFNULL(SUM(prompt + reply), 0),
    COUNT(*) FILTER (WHERE usd IS NULL), IFNULL(SUM(prompt + reply) FILTER (WHERE usd IS NULL), 0)
FROM calls WHERE day >= ?
"""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of an endpoint. `usd` None: the price is not known.

    `counted`: the tokens are those that the endpoint reported, otherwise the most that the call can have used.
    """

    at: datetime
    model: str
    prompt_tokens: int
    cached_tokens: int
    reply_tokens: int
    usd: float | None
    counted: bool


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls since some day have cost. `unpriced` ones have no known price and no part in `usd`."""

    usd: float
    calls: int
    tokens: int
    unpriced_calls: int
    unpriced_tokens: int


class Ledger:
    """The file. Every method raises `sqlite3.Error` if the disk fails."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, or create it. Raises `OSError` or `sqlite3.Error`.

        A damaged file is renamed to `NAME.damaged`, and `set_aside` is True.
        """
        self.set_aside = False
        if read_only:
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_LOCK_S)
            return
        self._file = Database(path, version=_VERSION, schema=_SCHEMA, lock_s=_LOCK_S)
        self._db = self._file.connection
        self.set_aside = self._file.set_aside

    def writing(self) -> AbstractContextManager[None]:
        """One transaction, which no other process can change in between."""
        return self._file.writing()

    def tidy(self, today: date) -> None:
        """Remove what is old, and give calls that lie ahead of the clock the day on which they did so.

        The newest calls stay, whatever their age: the clock may be wrong.
        """
        day = today.isoformat()
        old = "DELETE FROM calls WHERE day < ? AND number <= (SELECT MAX(number) FROM calls) - ?"
        self._db.execute(old, ((today - _KEEP).isoformat(), _KEEP_CALLS))
        self._db.execute("UPDATE calls SET day = ahead_on WHERE day > ? AND ahead_on < ?", (day, day))
        self._db.execute("UPDATE calls SET ahead_on = NULL WHERE day <= ? AND ahead_on IS NOT NULL", (day,))
        self._db.execute("UPDATE calls SET ahead_on = ? WHERE day > ? AND ahead_on IS NULL", (day, day))

    def spent(self, since: date) -> Spent:
        """What the calls of this day and of all later ones have cost."""
        return Spent(*self._db.execute(_SPENT, (since.isoformat(),)).fetchone())

    def last(self, count: int) -> list[Call]:
        """The newest calls, the newest first."""
        query = "SELECT at, model, prompt, cached, reply, usd, counted FROM calls ORDER BY number DESC LIMIT ?"
        return [
            Call(datetime.fromisoformat(at), model, prompt, cached, reply, usd, bool(counted))
            for at, model, prompt, cached, reply, usd, counted in self._db.execute(query, (count,))
        ]

    def enter(self, call: Call) -> int:
        """Enter a call; its number."""
        query = (
            "INSERT INTO calls (at, day, model, prompt, cached, reply, usd, counted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING number"
        )
        tokens = (call.prompt_tokens, call.cached_tokens, call.reply_tokens)
        row = (call.at.isoformat(timespec="seconds"), call.at.date().isoformat(), call.model, *tokens)
        (number,) = self._db.execute(query, (*row, call.usd, call.counted)).fetchone()
        return int(number)

    def count(self, number: int, *, prompt: int, cached: int, reply: int, usd: float | None) -> None:
        """Put what was counted in the place of the worst case."""
        query = "UPDATE calls SET prompt = ?, cached = ?, reply = ?, usd = ?, counted = 1 WHERE number = ?"
        self._db.execute(query, (prompt, cached, reply, usd, number))

    def remove(self, number: int) -> None:
        """Remove a call."""
        self._db.execute("DELETE FROM calls WHERE number = ?", (number,))

    def note(self, period: str) -> bool:
        """Note that the owner is told about this period; False if that was noted before."""
        return self._db.execute("INSERT OR IGNORE INTO told VALUES (?)", (period,)).rowcount == 1

    def close(self) -> None:
        """Close the file."""
        self._db.close()
