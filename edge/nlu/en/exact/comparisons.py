"""Comparisons of numbers and of quantities: "which is heavier, 2 kilos or 5 pounds", "is 3/8 less than 0.4". Pure."""

import re
from collections.abc import Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.conversions import read_quantity
from edge.nlu.en.exact.frames import Frame, calculate, first_of, frame, price
from edge.nlu.en.exact.number_facts import OPERATION
from edge.nlu.en.exact.parts import Part, applied, joined
from edge.nlu.en.exact.tokens import NUMBER

_LONGER: Final = ("length", "time")
_ANY: Final = ()
_DEGREES: Final = ("temperature",)
_COMPARATIVES: Final = {
    "more": ("more", _ANY), "bigger": ("more", _ANY), "larger": ("more", _ANY), "greater": ("more", _ANY),
    "higher": ("more", _ANY), "less": ("less", _ANY), "fewer": ("less", _ANY), "smaller": ("less", _ANY),
    "lower": ("less", _ANY), "longer": ("more", _LONGER), "shorter": ("less", _LONGER),
    "taller": ("more", ("length",)), "further": ("more", ("length",)), "farther": ("more", ("length",)),
    "wider": ("more", ("length",)), "narrower": ("less", ("length",)), "deeper": ("more", ("length",)),
    "thicker": ("more", ("length",)), "thinner": ("less", ("length",)), "nearer": ("less", ("length",)),
    "closer": ("less", ("length",)), "heavier": ("more", ("weight",)), "lighter": ("less", ("weight",)),
    "hotter": ("more", _DEGREES), "warmer": ("more", _DEGREES), "colder": ("less", _DEGREES),
    "cooler": ("less", _DEGREES), "faster": ("more", ("speed",)), "quicker": ("more", ("speed",)),
    "slower": ("less", ("speed",)),
}  # fmt: skip
"""Which way each of these compares, and what it may compare: nothing is longer by its weight."""
_POSITIVES: Final = {
    "much": "more", "many": "more", "big": "bigger", "large": "larger", "long": "longer", "short": "shorter",
    "tall": "taller", "far": "further", "wide": "wider", "deep": "deeper", "thick": "thicker", "heavy": "heavier",
    "hot": "hotter", "warm": "warmer", "cold": "colder", "fast": "faster", "high": "higher",
}  # fmt: skip
_SUPERLATIVES: Final = {
    "most": "more", "least": "less", "fewest": "fewer", "furthest": "further", "farthest": "farther",
    **{
        it.removesuffix("er") + "est": it
        for it in _COMPARATIVES if it.endswith("er") and it not in {"fewer", "further", "farther"}
    },
}  # fmt: skip

_HOW: Final = rf"(?P<how>{'|'.join((*_COMPARATIVES, *_SUPERLATIVES))})"
_AS: Final = rf"as (?P<as>{'|'.join(_POSITIVES)}) as"
_IS: Final = r"(?:is|are|was|were|would|will|does|do|'s)"
_AND_VERB: Final = r"(?: (?:be|weighs?|lasts?|takes?|makes?|holds?|counts? as|goes))?"
_ADVERB: Final = r"(?: (?:actually|really|any|much|a bit|a lot|slightly|technically|still|even|only|in fact))*"
_WHICH: Final = (
    r"(?:which|what|who)(?: (?:one|1|number|amount|distance|weight|temperature|time|of (?:these|those|them)))?"
)
_CHOICES: Final = r"(?P<choices>.+? (?:or|versus|vs|and) .+|.+ , .+)"
_BETWEEN: Final = re.compile(r"(?: ,)? (?:or|versus|vs)(?: is| are)?(?: it| the)? | , ")
_MADE_OF: Final = re.compile(r" of [a-z]+$")
"""A kilo of feathers weighs what a kilo weighs."""
_OTHER_WAY: Final = {"over": "more", "above": "more", "under": "less", "below": "less"}


def _which(match: re.Match[str]) -> Intent | None:
    choices = _BETWEEN.split(match["choices"].strip(" ,"))
    if len(choices) == 1:
        choices = re.split(r" and ", choices[0])
    word = match["how"]
    return _compared(choices, _SUPERLATIVES.get(word, word), which=True) if len(choices) > 1 else None


def _is_more(match: re.Match[str]) -> Intent | None:
    word = _OTHER_WAY.get(match["how"], match["how"])
    return _compared([match["left"], match["right"]], word)


def _is_as(match: re.Match[str]) -> Intent | None:
    word = _POSITIVES[match["as"]]
    return _compared([match["left"], match["right"]], word, equal=True)


def _is_equal(match: re.Match[str]) -> Intent | None:
    return _compared([match["left"], match["right"]], "more", equal=True)


def _differ(match: re.Match[str]) -> Intent | None:
    word = match.groupdict().get("how") or "more"
    operands = [match["left"], match["right"]]
    if (amounts := _amounts(operands)) is not None:
        return _amounts_intent(amounts, "difference", word)
    left, right = (price(it) for it in operands)
    if left.money and right.money and left.money != right.money:
        return Intent("EdgeCannotCompute", {"why": "currency"})
    found = joined("minus", "-", left, right) if _COMPARATIVES[word][0] == "more" else joined("minus", "-", right, left)
    if "how" not in match.groupdict():
        found = applied("abs", f"the difference between {left.said} and {right.said}", found)
    return None if _COMPARATIVES[word][1] else calculate(found.notation, found.said, found)


def _compared(operands: Sequence[str], word: str, *, which: bool = False, equal: bool = False) -> Intent | None:
    way, measures = _COMPARATIVES[word]
    if (amounts := _amounts(operands)) is not None:
        asked = "equal" if equal else ("max" if way == "more" else "min") if which else way
        return _amounts_intent(amounts, asked, word)
    if measures and not which:
        return None
    parts: list[Part] = [price(it) for it in operands]
    if len({it.money for it in parts if it.money}) > 1:
        return Intent("EdgeCannotCompute", {"why": "currency"})
    asked = "equal" if equal else ("max" if way == "more" else "min") if which else way
    return Intent(
        "EdgeCompare",
        {
            "asked": asked,
            "expressions": ";".join(it.notation for it in parts),
            "said": ";".join(it.said for it in parts),
        },
    )


def _amounts_intent(amounts: Sequence[str], asked: str, word: str) -> Intent | None:
    if len(amounts) > 2:  # noqa: PLR2004 - they are compared in pairs
        return None
    return Intent(
        "EdgeCompareAmounts",
        {"asked": asked, "amounts": ";".join(amounts), "word": word, "measures": ";".join(_COMPARATIVES[word][1])},
    )


def _amounts(operands: Sequence[str]) -> list[str] | None:
    """Quantities; a number without a unit has that of the other one ("3 or 5 kilos")."""
    texts = [_MADE_OF.sub("", it.strip(" ,")) for it in operands]
    found = [read_quantity(it) for it in texts]
    units = {it.split()[-1] for it in found if it is not None}
    if len(units) == 1:
        found = [
            f"{text} {next(iter(units))}" if it is None and re.fullmatch(NUMBER, text) else it
            for it, text in zip(found, texts, strict=True)
        ]
    return [it for it in found if it is not None] if None not in found else None


COMPARISONS: Final[tuple[Frame, ...]] = (
    frame(rf"{_WHICH} ?(?:{_IS}|weighs|lasts|takes|holds|goes|counts)?{_AND_VERB}(?: the)? {_HOW}"
          rf"(?: (?:one|1|number|amount|distance|off))?(?: out)?(?: of| between)?[ ,]+{_CHOICES}", _which),
    frame(rf"{_CHOICES}[ ,]+{_WHICH} ?(?:{_IS}|weighs|lasts|takes|holds|goes)?{_AND_VERB}(?: the)? {_HOW}"
          r"(?: (?:one|1))?", _which),
    frame(rf"(?:is|are) (?P<choices>(?!it ).+? or .+?) (?:the )?{_HOW}(?: one)?", _which),
    frame(rf"(?:the )?{_HOW}(?: one)? (?:of|out of|between)[ ,]+{_CHOICES}", _which),
    frame(rf"(?:by )?how much{_ADVERB} {_HOW} {_IS} (?P<left>.+?) than (?P<right>.+)", _differ),
    frame(rf"(?:by )?how much {_IS} (?P<left>.+?) {_HOW} than (?P<right>.+)", _differ),
    frame(r"(?:what is |what's |how (?:big|much|large) is )?(?:the )?difference (?:between|of|from) (?P<left>.+?)"
          r" (?:and|to|versus|vs) (?P<right>.+)", _differ),
    frame(rf"{_IS} (?P<left>.+?){_AND_VERB}{_ADVERB} {_HOW} than (?P<right>.+)", _is_more),
    frame(rf"(?P<left>.+?) (?:is|are|weighs|lasts){_ADVERB} {_HOW} than (?P<right>.+)", _is_more),
    frame(r"(?:is|are) (?P<left>.+?) (?P<how>over|under|above|below) (?P<right>.+)", _is_more),
    frame(rf"{_IS} (?P<left>.+?){_AND_VERB}{_ADVERB} {_AS} (?P<right>.+)", _is_as),
    frame(r"(?:is|are|does|do) (?P<left>.+?) (?:equals?|equal to|make"
          r"|the same(?: (?:amount|length|weight|size|distance|thing))? as) (?P<right>.+)", _is_equal),
    frame(rf"(?:is )?(?P<left>\d.* (?:{OPERATION}) .*?) (?:equals?|is equal to|equal to) (?P<right>{NUMBER})"
          r"(?: right| correct| true)?", _is_equal),
    frame(r"(?:is|are|does|do) (?P<left>.+?) and (?P<right>.+?) (?:equal|the same)(?: \w+)?", _is_equal),
)  # fmt: skip


_COMPARES: Final = re.compile(
    r"\b(?:than|or|difference|equals?|same|versus|vs|as|between|over|under|above|below|make)\b"
)
"""No comparison is without one of these."""
_AMOUNT: Final = re.compile(r"\d|\b(?:an?|half|quarter|difference)\b")
"""Nor without one of these: what is compared has a number or an article, or is the difference between two units."""

_NETWORKS: Final = re.compile(r"\b[2-6] g (?:and|or|vs|versus|than) [2-6] g\b")
"""Mobile networks, and no grams: "the difference between 4g and 5g"."""


def comparison(said: str) -> Intent | None:
    """EdgeCompare or EdgeCompareAmounts for a bare canonical text; None for others."""
    may_compare = _AMOUNT.search(said) and _COMPARES.search(said) and not _NETWORKS.search(said)
    return first_of(COMPARISONS, said) if may_compare else None
