"""Templates of sentences: "(this|that)" is a choice, "[this]" may be missing, "{slot}" is a word of a slot."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


def slots_in(file: Path) -> dict[str, list[str]]:
    """The slots of a file, one a line: "name = one word | another word"."""
    return dict(_slots(file.read_text(encoding="utf-8")))


def _slots(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        name, _, words = line.partition("=")
        yield name.strip(), [word.strip() for word in words.split("|")]


def expanded(line: str, slots: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """One sentence of a template, from the inside out."""
    while True:
        inner = re.search(r"\(([^()\[\]{}]*)\)|\[([^()\[\]{}]*)\]|\{(\w+)\}", line)
        if inner is None:
            return " ".join(line.split())
        choice, maybe, slot = inner.groups()
        if choice is not None:
            said = chance.choice(choice.split("|"))
        elif maybe is not None:
            said = chance.choice(["", chance.choice(maybe.split("|"))])
        else:
            said = chance.choice(slots[slot])
        line = line[: inner.start()] + said + line[inner.end() :]
