"""An encyclopedia as one SQLite file, so that a look-up reads two pages of it and nothing stays in memory.

The source is one JSON object: title -> {"title", "description", "extract"}, the first paragraph of each article.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from edge.runtime.folding import folded

FILE: Final = "encyclopedia.db"

_SCHEMA: Final = (
    "CREATE TABLE entry (id INTEGER PRIMARY KEY, title TEXT, description TEXT, text TEXT)",
    "CREATE TABLE name (name TEXT, entry INTEGER, PRIMARY KEY (name, entry)) WITHOUT ROWID",
)
_IN_BRACKETS: Final = re.compile(r" \([^)]*\)$")
_YEARS: Final = re.compile(r"\((?:born |c\. )?\d.*\)$")
_MAX_TEXT: Final = 4000
"""Characters of a text that are kept."""


def convert(source: Path, target: Path) -> None:
    """See `edge.store.converters.Converter`."""
    files = sorted(source.glob("summaries_*.json"))
    articles = [_article(it) for path in files for it in json.loads(path.read_bytes()).values()]
    if not articles:
        message = "there is no article"
        raise ValueError(message)
    with closing(sqlite3.connect(target / FILE)) as connection, connection:
        for statement in _SCHEMA:
            connection.execute(statement)
        for number, (title, description, text) in enumerate(articles):
            connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number, title, description, text))
            names = [(name, number) for name in set(_names(title, description)) if name]
            connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", names)


def _article(value: Any) -> tuple[str, str, str]:
    title, text, description = value["title"], value["extract"], value.get("description") or ""
    if not all(isinstance(it, str) for it in (title, text, description)):
        message = "an article is no text"
        raise ValueError(message)
    return title, description, text[:_MAX_TEXT]


def _names(title: str, description: str) -> Iterator[str]:
    """The title, also without what stands in brackets; of people also the last name."""
    plain = _IN_BRACKETS.sub("", title)
    for name in (title, plain):
        yield folded(name)
        yield folded(name).removeprefix("the ")
    if _YEARS.search(description):
        person = plain.removesuffix(" Jr.")
        yield folded(person)
        yield folded(person).split(" ")[-1]
