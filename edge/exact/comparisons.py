"""Compares quantities: "which is heavier, 2 kilos or 5 pounds", "how much longer is a mile than a kilometer"."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.exact.conversions import read_quantity
from edge.exact.units import convert, measures
from edge.nlu.exact_replies import Amount, Compared, ExactReplies, Relation

_Quantity = list[tuple[Fraction, str]]


def answer_amounts(intent: Intent, replies: ExactReplies, country: str | None) -> str:
    """EdgeCompareAmounts: the two `amounts`, joined by ";", and what is `asked` of them.

    `asked` is "more", "less" or "equal" of the first one, "max" or "min" for one of them, or "difference". `word` is
    how that was said ("longer"), and `measures` what it may be said of, any if empty.
    """
    slots = intent.slots
    left, right = (read_quantity(it) for it in str(slots["amounts"]).split(";"))
    asked, word = str(slots["asked"]), str(slots["word"])
    kind, other = measures(left[0][1]) or "", measures(right[0][1]) or ""
    loose = [it[0][1] in _WITHOUT_SCALE for it in (left, right)]
    scale_missing = "temperature" in {kind, other} and any(loose)
    comparable = set(filter(None, str(slots["measures"]).split(";")))
    if scale_missing or (comparable and not all(loose) and not {_time(kind), _time(other)} & comparable):
        return replies.no_answer("not-understood")
    found = _compared(left, right, country)
    if not found and "months" in {kind, other} and _time(kind) == _time(other):
        return replies.no_answer("not-understood")  # months have no exact length in days
    if not found:
        return replies.different_measures(left[0][1], kind, right[0][1], other)
    if asked == "difference":
        return replies.amounts_differ(found)
    if asked in _EXTREMES:
        first = all(it.relation == _EXTREMES[asked] for it in found)
        return replies.extreme_amount(found if first else _compared(right, left, country), word)
    return replies.amounts_compared(found, _RELATIONS[asked])


def answer_fit(intent: Intent, replies: ExactReplies, country: str | None) -> str:
    """EdgeFit: how many times the quantity `part` is in the quantity `whole`."""
    part, whole = read_quantity(str(intent.slots["part"])), read_quantity(str(intent.slots["whole"]))
    found = _compared(whole, part, country)
    if not found:
        kind, other = measures(whole[0][1]) or "", measures(part[0][1]) or ""
        return replies.different_measures(whole[0][1], kind, part[0][1], other)
    if any(it.same.value == it.difference for it in found):
        return replies.no_answer("division-by-zero")
    return replies.fits([(it, it.same.value / (it.same.value - it.difference)) for it in found])


_RELATIONS: Final[dict[str, Relation]] = {"more": "more", "less": "less", "equal": "equal"}
_EXTREMES: Final[dict[str, Relation]] = {"max": "more", "min": "less"}
_WITHOUT_SCALE: Final = frozenset({"degree", "degree-of-arc"})


def _time(kind: str) -> str:
    """What is counted in months is a time."""
    return "time" if kind == "months" else kind


def _compared(left: _Quantity, right: _Quantity, country: str | None) -> Sequence[Compared]:
    """The first quantity beside the second, in the unit of the latter; several where a unit has several sizes."""
    unit = right[-1][1] if len(right) > 1 else right[0][1]
    firsts = convert(left, unit, country)
    seconds = convert(right, unit, country)
    if not firsts or not seconds:
        return ()
    found = []
    for at, first in enumerate(firsts):
        second = seconds[min(at, len(seconds) - 1)].value
        relation: Relation = "more" if first.value > second else "less" if first.value < second else "equal"
        shown = [Amount(amount, first.source if len(left) == 1 else name) for amount, name in left]
        beside = [Amount(amount, first.target if len(right) == 1 else name) for amount, name in right]
        found.append(Compared(shown, beside, Amount(first.value, first.target), first.value - second, relation))
    return found
