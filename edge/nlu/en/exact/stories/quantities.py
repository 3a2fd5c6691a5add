"""Quantities that are told and added, taken away or cut: "I have 200 grams and need 500, how much more". Pure."""

import re
from collections.abc import Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.operands import Operand, operands
from edge.nlu.en.exact.quantity_sums import times
from edge.nlu.en.exact.stories.vocabulary import QUALIFIERS
from edge.nlu.en.exact.tokens import NUMBER

_MORE: Final = re.compile(
    r"how (?:much|many)(?: [a-z]+)? more\b|how (?:far|much|long|many)(?: [a-z]+)? (?:to go|is left to go|further)\b"
)
_LEFT: Final = re.compile(r"\b(?:what|how (?:much|many))\b.*\b(?:left|remains?|remaining)\b")
_TOTAL: Final = re.compile(r"\b(?:altogether|all together|in total|in all|total|combined|together)\b")
_NEEDS: Final = frozenset({"need", "needs", "want", "wants", "takes", "requires", "goal", "target"})
_USED: Final = frozenset({"used", "use", "uses", "drank", "drink", "ate", "eat", "took", "take", "takes",
                          "needs", "need", "gave", "spent", "poured", "cut", "done", "walked", "watched"})  # fmt: skip
_NO_SUM: Final = frozenset({"celsius", "fahrenheit", "kelvin", "degree", "degree-of-arc"})


_PIECES: Final = re.compile(
    rf"\b(?:into|for|between|among|by) (?P<n>{NUMBER})\b.*\b(?:how (?:much|long|big|heavy|many)|what)\b.*"
    r"\b(?:each|every|per)\b"
)
_ASKS: Final = re.compile(r"\b(?:what|how (?:much|long|many|heavy|far))\b")
_EACH: Final = re.compile(
    rf"(?<!\S)(?P<n>{NUMBER}) [a-z]+ (?:(?:of|at|with|that are|each|weighing|is|are) )*(?P<amount>{NUMBER} [a-z]+)"
    r" (?:each|apiece)(?!\S)"
)


def quantities(said: str) -> Intent | None:
    """EdgeConvert or EdgeCalculate for a bare canonical text that adds, subtracts, cuts or repeats quantities."""
    if (pieces := _PIECES.search(said)) is not None:
        return _divided(said, pieces["n"])
    if (things := _EACH.search(said)) is not None and _ASKS.search(said) is not None:
        return times(things["amount"], f"* {things['n']}", f"{things['n']} times {{}}")
    asked = next((it for it in (_MORE, _LEFT, _TOTAL) if it.search(said)), None)
    return None if asked is None or not QUALIFIERS.isdisjoint(said.split()) else _of_two(said, asked)


def _of_two(said: str, asked: re.Pattern[str]) -> Intent | None:
    """The sum or the difference of the two quantities that are told."""
    parts = operands(said)
    told = [at for at, it in enumerate(parts) if it.kind in {"amount", "number"} and it.said != "1"]
    if len(told) != 2 or parts[told[0]].kind != "amount":  # noqa: PLR2004 - one of them and the other
        return None
    first, second = parts[told[0]].value, _with_unit(parts[told[1]], parts[told[0]])
    if "-" in f"{first}{second}" or not _NO_SUM.isdisjoint(f"{first} {second}".split()):
        return None
    if asked is _TOTAL:
        return _joined(first, second)
    return _difference(first, second, [_verb(parts, at) for at in told], more=asked is _MORE)


def _divided(said: str, count: str) -> Intent | None:
    """A quantity that is cut or shared into equal parts."""
    told = sorted((it for it in operands(said) if re.match(NUMBER, it.said)), key=lambda it: it.kind)
    if (
        [it.kind for it in told] != ["amount", "number"]
        or told[1].said != count
        or not QUALIFIERS.isdisjoint(said.split())
    ):
        return None
    return times(told[0].said, f"/ {count}", f"{{}} divided by {count}")


def _difference(first: str, second: str, verbs: Sequence[str], *, more: bool) -> Intent | None:
    """What is needed without what is there, or what is there without what is used, by the verbs before them."""
    if more:
        needed = [it in _NEEDS for it in verbs]
        if sum(needed) != 1:
            return None
        return _joined(second, _negative(first)) if needed[1] else _joined(first, _negative(second))
    return _joined(first, _negative(second)) if verbs[1] in _USED and verbs[0] not in _USED else None


def _with_unit(piece: Operand, other: Operand) -> str:
    """A quantity; a number without a unit has that of the other one."""
    return piece.value if piece.kind == "amount" else f"{piece.value} {other.value.split()[-1]}"


def _verb(pieces: Sequence[Operand], at: int) -> str:
    """The word that says what is done with a quantity: the last of those known that stands before it."""
    for it in reversed(pieces[:at]):
        if it.kind in {"amount", "number"}:
            return ""
        if it.said in _NEEDS | _USED:
            return it.said
    return ""


def _negative(quantity: str) -> str:
    return " + ".join(f"-{it}" for it in quantity.split(" + "))


def _joined(first: str, second: str) -> Intent:
    return Intent("EdgeConvert", {"quantity": f"{first} + {second}", "unit": first.split()[1]})
