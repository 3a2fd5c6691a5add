"""The reference works that are installed: files of the model store, opened read-only. No language.

An encyclopedia and a dictionary, each one SQLite file that `models pull` made (`edge.store.converters`).
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import structlog

from edge.errors import ModelError
from edge.nlu.reference import Entry, ReferenceWorks, Sense

if TYPE_CHECKING:
    from edge.store import ModelStore

_MOST: Final = 20
"""Rows that one look-up reads."""
_ENTRIES: Final = (
    "SELECT title, description, text FROM name JOIN entry ON entry.id = name.entry WHERE name.name = ? LIMIT ?"
)
_SENSES: Final = (
    "SELECT part_of_speech, count, gloss, synonyms, antonyms FROM sense WHERE word = ?"
    " ORDER BY part_of_speech, rank LIMIT ?"
)


class InstalledWorks:
    """See `ReferenceWorks`. What is None is not installed."""

    def __init__(self, encyclopedia: Path | None, dictionary: Path | None) -> None:
        self._encyclopedia = None if encyclopedia is None else _opened(encyclopedia)
        self._dictionary = None if dictionary is None else _opened(dictionary)

    def entries(self, name: str) -> Sequence[Entry]:
        """See `ReferenceWorks.entries`."""
        return [Entry(*row) for row in _rows(self._encyclopedia, _ENTRIES, name)]

    def senses(self, word: str) -> Sequence[Sense]:
        """See `ReferenceWorks.senses`."""
        return [
            Sense(part, count, gloss, _words(synonyms), _words(antonyms))
            for part, count, gloss, synonyms, antonyms in _rows(self._dictionary, _SENSES, word)
        ]


def open_works(store: "ModelStore", language: str) -> ReferenceWorks:
    """The works of a language that are installed and whole. Blocks for some milliseconds."""
    return InstalledWorks(
        _located(store, f"wikipedia-{language}", "encyclopedia.db"),
        _located(store, f"wordnet-{language}", "dictionary.db"),
    )


def _located(store: "ModelStore", name: str, file: str) -> Path | None:
    if name not in store.names():
        return None
    try:
        return store.locate(name) / file
    except ModelError as error:
        if error.code != "model-missing":
            structlog.get_logger("reference").warning(error.code, error=error.message, hint=error.hint)
        return None


def _opened(path: Path) -> sqlite3.Connection | None:
    try:
        return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        _failed(error)
        return None


def _rows(connection: sqlite3.Connection | None, query: str, name: str) -> Sequence[Any]:
    if connection is None:
        return ()
    try:
        return connection.execute(query, (name, _MOST)).fetchall()
    except sqlite3.Error as error:
        _failed(error)
        return ()


def _failed(error: sqlite3.Error) -> None:
    structlog.get_logger("reference").warning("reference-failed", error=error.sqlite_errorname)


def _words(cell: str) -> Sequence[str]:
    return cell.split("|") if cell else ()
