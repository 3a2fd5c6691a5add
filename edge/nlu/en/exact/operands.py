"""Cuts a text into amounts, numbers, units and other words, for questions that are asked in any order. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from edge.nlu.en.exact.conversions import read_quantity, read_unit
from edge.nlu.en.exact.tokens import NUMBER
from edge.nlu.en.exact.unit_words import MAX_WORDS, WORDS

_MAX_AMOUNT: Final = 8
"""The words of "two and a half hours and 30 minutes" with their numbers in digits."""
_BEGINS: Final = re.compile(rf"(?:minus |negative )?{NUMBER}|an?|half|quarter")
_IN: Final = frozenset({"in", "into", "to", "as"})
_NO_UNITS: Final = frozenset({"in", "c", "f", "m", "g", "l", "k", "w", "pa", "st", "hand", "hands", "turn", "turns",
                              "second", "degree of arc", "bit", "quarter", "grain", "grains", "bar", "bars", "ms",
                              "au", "min"})  # fmt: skip
"""Words that are units only behind a number, and without one something else."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A piece of a text: an amount has the form of `EdgeConvert`, a number its digits, a unit its name."""

    kind: Literal["amount", "number", "unit", "word"]
    value: str
    said: str


def operands(said: str) -> Sequence[Operand]:
    """The pieces of a canonical text in their order; "a mile" is an amount, "miles" a unit."""
    found: list[Operand] = []
    words = said.split()
    while words:
        piece, used = (
            _amount(words) or _number(words) or _unit(words, found) or (Operand("word", words[0], words[0]), 1)
        )
        found.append(piece)
        words = words[used:]
    return found


def _amount(words: Sequence[str]) -> tuple[Operand, int] | None:
    if not _BEGINS.match(" ".join(words[:2])):
        return None
    for count in range(min(_MAX_AMOUNT, len(words)), 1, -1):
        behind = " ".join(words[count : count + MAX_WORDS])
        if words[count - 1] in _IN and _begins_with_unit(behind):
            continue  # "5 foot 11 in cm"
        text = " ".join(words[:count])
        quantity = read_quantity(text)
        if quantity is not None and not text.endswith((" and", ",")):
            return Operand("amount", quantity, text), count
    return None


def _number(words: Sequence[str]) -> tuple[Operand, int] | None:
    signed = words[0] in {"minus", "negative"} and len(words) > 1
    if not re.fullmatch(NUMBER, words[signed]):
        return None
    return Operand("number", f"-{words[1]}" if signed else words[0], " ".join(words[: signed + 1])), signed + 1


def _unit(words: Sequence[str], before: Sequence[Operand]) -> tuple[Operand, int] | None:
    """A unit without a number; short names only where one is asked for: "in c"."""
    asked = bool(before) and before[-1].value in {*_IN, "many"}
    for count in range(min(MAX_WORDS, len(words)), 0, -1):
        text = " ".join(words[:count])
        unit = read_unit(text)
        if text == "in" and len(words) > 1:
            continue
        if unit is not None and (asked or text not in _NO_UNITS) and text[:2] not in {"a ", "an"}:
            return Operand("unit", unit, text), count
    return None


def _begins_with_unit(text: str) -> bool:
    words = text.split()
    return any(" ".join(words[:count]) in WORDS for count in range(len(words), 0, -1))
