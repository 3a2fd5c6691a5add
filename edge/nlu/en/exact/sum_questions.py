"""Questions that are a sum, and those that go on from the one before: "plus ten", "and half of that". Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.coins import COINS
from edge.nlu.en.exact.equations import equation
from edge.nlu.en.exact.frames import calculate, first_of
from edge.nlu.en.exact.lead import asked_for
from edge.nlu.en.exact.motion import motion
from edge.nlu.en.exact.number_facts import NUMBER_FACTS
from edge.nlu.en.exact.parts import NoSumError, Part
from edge.nlu.en.exact.percentages import PERCENTAGES
from edge.nlu.en.exact.rates import RATES
from edge.nlu.en.exact.shapes import shape
from edge.nlu.en.exact.shopping import SHOPPING
from edge.nlu.en.exact.stories import story
from edge.nlu.en.exact.sums import read_sum
from edge.nlu.en.exact.tokens import NUMBER

_ALONE: Final = re.compile(rf"[-(]*{NUMBER}\)?(?: / 100\))?%?|pi|x")
"""A number is no sum."""
_NUMERIC: Final = re.compile(
    r"\d|\b(?:half|quarter|pi|dozens?|scores?|gross|hundreds?|thousands?|millions?|billions?|trillions?|fivers?|tenners?|twenty|fifty"
    r"|dimes?|nickels?|penn(?:y|ies))\b"
)
"""No sum that goes on from none before is without one of these."""
_FRAMES: Final = (*COINS, *RATES, *SHOPPING, *PERCENTAGES, *NUMBER_FACTS)


def sum_question(said: str, last: Intent | None) -> Intent | None:
    """The intent of a bare canonical text that is a sum, or goes on from `last`; None for others."""
    if last is None and not _NUMERIC.search(said):
        return None
    if (found := first_of(_FRAMES, said) or shape(said) or equation(said)) is not None:
        return found
    try:
        part = read_sum(asked_for(said), before=_part_of(last))
    except NoSumError:
        return motion(said) or story(said)
    if _ALONE.fullmatch(part.notation) or "x" in part.notation.replace("max", ""):
        return None
    form = "fraction" if not part.money and _in_fractions(part.notation) else ""
    return calculate(part.notation, part.said, part, form=form)


def _in_fractions(notation: str) -> bool:
    """Whether all of a sum's numbers that are not whole are common fractions."""
    return re.search(r"\d/\d", notation) is not None and re.search(r"\d\.\d|%|[a-z]", notation) is None


def _part_of(last: Intent | None) -> Part | None:
    if last is None or last.name != "EdgeCalculate":
        return None
    return Part(str(last.slots["expression"]), str(last.slots["said"]), str(last.slots.get("money", "")))
