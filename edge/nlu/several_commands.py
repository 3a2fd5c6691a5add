"""Several commands in one sentence: cut, understood each by itself, in order. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from edge.events import Intent
from edge.nlu import Language, Understand

NOT_UNDERSTOOD: Final = "EdgeNotUnderstood"
"""The intent of a part that is no command; `said` holds its words."""

_UNMEANT: Final = frozenset({"HassNevermind"})
"""Beside a command: it was not meant."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Commands that the first `used` pieces are; `certain`: one was spelled as in the sentences."""

    commands: tuple[Intent, ...]
    used: int
    certain: bool


def several_commands(text: str, exact: Understand, anyhow: Understand, language: Language) -> Intent | None:
    """The first command of `text` with the others as its `then`; None if it is not several commands.

    `exact` finds the command that a text spells, `anyhow` also one that is refused in words. A part that is no command
    is named in the reply. The first part must be a command, and one part one of `exact`, or all parts commands.
    """
    pieces = [language.commands.strip_filler(piece) for piece in language.commands.pieces(text)]
    whole = len(pieces)
    if whole == 1:
        return exact(pieces[0]) if pieces[0] != text else None  # a greeting before it was cut off
    exact, anyhow = cache(exact), cache(anyhow)  # ways of cutting share parts
    found: list[Intent] = []
    certain = False
    head = name = ""
    while pieces:
        pieces = [_referring(pieces[0], head, name, language), *pieces[1:]]
        part = next(_first_parts(pieces, whole, head, exact, anyhow, language), None)
        if part is None and not found:
            return None
        part = part or _Part((Intent(NOT_UNDERSTOOD, {"said": pieces[0]}),), 1, certain=False)
        if not head or part.certain:
            head = " and ".join(pieces[: part.used])
            name = _one_name(part.commands)
        found += part.commands
        certain = certain or part.certain
        pieces = pieces[part.used :]
    understood = all(intent.name != NOT_UNDERSTOOD for intent in found)
    if len(found) == 1 or not (certain or understood):
        return None
    unmeant = next((intent for intent in found if intent.name in _UNMEANT), None)
    return unmeant or replace(found[0], then=tuple(found[1:]))


def _one_name(commands: Sequence[Intent]) -> str:
    """The name of the one thing that a part is about; empty if its place or its kind tells which one is meant."""
    slots = commands[0].slots
    return str(slots.get("name", "")) if len(commands) == 1 and "area" not in slots else ""


def _referring(piece: str, head: str, name: str, language: Language) -> str:
    """The piece as it was written, unless it refers to the thing of the command before."""
    normal = language.commands.strip_filler(language.normalise(piece))
    normalise = language.normalise
    meant = language.commands.referring(normal, normalise(head), normalise(name)) if head else normal
    return piece if meant == normal else meant


def _first_parts(
    pieces: Sequence[str], whole: int, head: str, exact: Understand, anyhow: Understand, language: Language
) -> Iterator[_Part]:
    """What the beginning of `pieces` may be, the likeliest first.

    All `whole` pieces together are no part. `head` is the text of the part before, whose verb may go on.
    """
    spelled_out = language.commands.spelled_out
    normal = [language.commands.strip_filler(language.normalise(piece)) for piece in pieces]
    counts = range(len(pieces), 1, -1)
    for count in counts:
        yield from _shared(list(spelled_out(normal[:count])), count, exact, exact)
    for count in counts[1:] if len(pieces) == whole else counts:
        if (intent := exact(" and ".join(pieces[:count]))) is not None:  # a name or a list with "and"
            yield _Part((intent,), count, certain=True)
    for count in counts:
        variants = [texts for grouped in _groupings(normal[:count]) for texts in spelled_out(grouped)]
        yield from _shared(variants, count, exact, anyhow)
    if (intent := exact(pieces[0])) is not None:
        yield _Part((intent,), 1, certain=True)
    if head:
        behind = [texts[-1:] for texts in spelled_out([language.normalise(head), normal[0]])]
        yield from _shared(behind, 1, exact, anyhow)
    if (intent := anyhow(pieces[0])) is not None:
        yield _Part((intent,), 1, certain=False)


def _groupings(pieces: Sequence[str]) -> Iterator[Sequence[str]]:
    """The pieces, and the pieces with two of them as one: a name may hold an "and"."""
    yield pieces
    for at in range(1, len(pieces) - 1):
        yield [*pieces[:at], " and ".join(pieces[at : at + 2]), *pieces[at + 2 :]]


def _shared(variants: Sequence[Sequence[str]], used: int, exact: Understand, anyhow: Understand) -> Iterator[_Part]:
    """The commands of the first variant in which every text is one, best spelled as in the sentences."""
    for understand in dict.fromkeys((exact, anyhow)):
        for texts in variants:
            commands = [intent for text in texts if (intent := understand(text)) is not None]
            if len(commands) == len(texts):
                yield _Part(tuple(commands), used, certain=understand is exact or exact(texts[0]) is not None)
