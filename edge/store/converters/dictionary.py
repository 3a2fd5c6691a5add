"""WordNet as one SQLite file: a row for each sense of each word.

The source is the database of WordNet 3.1 as its manual page wndb(5WN) describes it. Names of people and places are left
out, and so is what WordNet marks as offensive.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = "dictionary.db"

_SCHEMA: Final = (
    "CREATE TABLE sense (word TEXT, part_of_speech TEXT, rank INTEGER, count INTEGER, gloss TEXT, synonyms TEXT,"
    " antonyms TEXT, PRIMARY KEY (word, part_of_speech, rank)) WITHOUT ROWID"
)
_PARTS: Final = {"noun": "noun", "verb": "verb", "adj": "adjective", "adv": "adverb"}
_KEYS: Final = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
"""The part of speech in a key of index.sense; satellites of adjectives stand in data.adj."""
_OFFENSIVE: Final = re.compile(
    r"offensive|vulgar|obscen|\bslur|disparag|derogat|taboo|pejorative|insulting|slang|profan|penis|vagina|sexual|genital"
    r"|copulat|erotic|masturbat|prostitut|buttocks|excrement|fuck|shit",
    re.IGNORECASE,
)
"""What marks a sense that a speaker in a living room does not tell."""
_EXAMPLE: Final = re.compile(r'[;:,]? *".*$')
_MARKER: Final = re.compile(r"\((?:a|p|ip)\)$")
_MOST: Final = 8
"""Other words that are kept for a sense."""


@dataclass(frozen=True, slots=True)
class _Synset:
    words: tuple[str, ...]
    gloss: str
    antonyms: Mapping[int, tuple[tuple[str, int], ...]]
    """Number of the word, 0 for all -> the synsets of its antonyms, and the numbers of the words there."""
    also: tuple[str, ...]
    similar: tuple[str, ...]


def convert(source: Path, target: Path) -> None:
    """See `edge.store.converters.Converter`."""
    counts = _counts(source / "index.sense")
    with closing(sqlite3.connect(target / FILE)) as connection, connection:
        connection.execute(_SCHEMA)
        for file, part_of_speech in _PARTS.items():
            synsets = dict(_synsets(source / f"data.{file}"))
            used = {offset for (of_file, offset, _), (_, count) in counts.items() if count and of_file == file}
            for offset, synset in synsets.items():
                if _OFFENSIVE.search(synset.gloss):
                    continue
                for number, word in enumerate(synset.words, 1):
                    rank, count = counts.get((file, offset, word), (99, 0))
                    row = (
                        word,
                        part_of_speech,
                        rank,
                        count,
                        _EXAMPLE.sub("", synset.gloss).strip(),
                        "|".join(_others(synset, synsets, word, used)),
                        "|".join(_opposites(synset, synsets, number)),
                    )
                    if word == word.lower():
                        connection.execute("INSERT OR IGNORE INTO sense VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _counts(path: Path) -> dict[tuple[str, str, str], tuple[int, int]]:
    """File, offset and word -> the rank of the sense and how often it was found."""
    found = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            key, offset, rank, count = line.split()
            word, _, rest = key.partition("%")
            found[_KEYS[rest[0]], offset, word.replace("_", " ")] = (int(rank), int(count))
    return found


def _synsets(path: Path) -> Iterator[tuple[str, _Synset]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(" "):
                continue  # the licence
            fields, _, gloss = line.partition(" | ")
            offset, _, _, number, *rest = fields.split()
            size = int(number, 16)
            words = tuple(_MARKER.sub("", it).replace("_", " ") for it in rest[: 2 * size : 2])
            pointers = rest[2 * size + 1 :]
            antonyms: dict[int, tuple[tuple[str, int], ...]] = {}
            also: list[str] = []
            similar: list[str] = []
            for at in range(0, 4 * int(rest[2 * size]), 4):
                symbol, other, _, ends = pointers[at : at + 4]
                if symbol == "!":
                    mine, theirs = bytes.fromhex(ends)
                    antonyms[mine] = (*antonyms.get(mine, ()), (other, theirs))
                elif symbol == "^":
                    also.append(other)
                elif symbol == "&":
                    similar.append(other)
            yield offset, _Synset(words, gloss.strip(), antonyms, tuple(also), tuple(similar))


def _others(synset: _Synset, synsets: Mapping[str, _Synset], word: str, used: AbstractSet[str]) -> list[str]:
    """The other words of a synset, then the first one of each that it names as akin and that a corpus has."""
    akin = [it for it in (*synset.also, *synset.similar) if it in used and not _OFFENSIVE.search(synsets[it].gloss)]
    words = [*synset.words, *(synsets[it].words[0] for it in akin)]
    return [it for it in dict.fromkeys(words) if it != word and it == it.lower()][:_MOST]


def _opposites(synset: _Synset, synsets: Mapping[str, _Synset], number: int) -> list[str]:
    """The antonyms of a word itself: those of words near to it are often no opposites."""
    own = [*synset.antonyms.get(number, ()), *synset.antonyms.get(0, ())]
    words = [synsets[offset].words[max(0, at - 1)] for offset, at in own if offset in synsets]
    return list(dict.fromkeys(words))[:_MOST]
