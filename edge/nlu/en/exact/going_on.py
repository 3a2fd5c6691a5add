"""Questions that say only what differs from the one before: "and in miles", "what about 20 percent". Pure."""

import re
from collections.abc import Iterator
from typing import Final

from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.tokens import NUMBER

_BEGINS: Final = re.compile(
    r"(?:(?:and|but|ok|okay|so|then|now|or|sorry|no|i meant?)[ ,]+)*"
    r"(?:(?:what|how) (?:about|if)(?: it's| it is| it was| there are| there were| there's| we're"
    r"| we are)?|what's that|what is that|make"
    r" (?:it|that)"
    r"|and|same for|the same for|how much is that|what would that be|that)\b[ ,]*"
)
_LEAD: Final = (
    "for|of|on|from|between|among|by|with|in|into|to|at|off|plus|minus|times|as|divided by|after|until|since|before"
)
_YEAR: Final = re.compile(r"\b(1[5-9]|20) (\d\d)\b")
"""A year that is said in two parts."""
_NEW: Final = re.compile(rf"(?:(?P<lead>{_LEAD}) )?(?:an? |the )?(?P<new>.+)")
_CURRENCY = "|".join(CURRENCIES)
_AMOUNT: Final = re.compile(rf"{NUMBER}(?: (?P<unit>percent|{_CURRENCY}|\w+))?")
_SAME_LEADS: Final = (
    frozenset({"for", "of", "on", "off"}),
    frozenset({"in", "into", "to", "as"}),
    frozenset({"between", "among", "by", "with"}),
)


def texts_meant(said: str, before: str) -> Iterator[str]:
    """The questions that a text may mean after the question `before`, both canonical; the likeliest first."""
    begins = _BEGINS.match(said)
    rest = said[begins.end() :] if begins else ""
    if not begins or not rest:
        return
    if _YEAR.search(rest):
        rest, before = (_YEAR.sub(r"\1\2", it) for it in (rest, before))
    new = _NEW.fullmatch(rest)
    if new is None:
        return
    lead, value = new["lead"], re.sub(r" (?:of us|people)$", "", new["new"])
    amount = _AMOUNT.fullmatch(value)
    if lead:
        same = next((them for them in _SAME_LEADS if lead in them), frozenset({lead}))
        yield from _behind_lead(before, lead, value, same, amount is not None)
    if amount is not None:
        yield from _other_amount(before, value, amount["unit"])


def _behind_lead(before: str, lead: str, value: str, same: frozenset[str], amount: bool) -> Iterator[str]:
    """What follows the same preposition is replaced, from the last one back."""
    leads = "|".join(sorted(same))
    found = list(re.finditer(rf"(?<!\S)(?P<lead>{leads}) (?P<old>.+?)(?=$| (?:{_LEAD}) )", before))
    for match in reversed(found):
        old = _AMOUNT.match(re.sub(r"^(?:an?|the) ", "", match["old"]))
        if amount and old is None:
            continue
        kept = "" if not amount or old is None else _unit_of(match["old"], value)
        yield f"{before[: match.start()]}{match['lead']} {value}{kept}{before[match.end() :]}"
    if lead in {"in", "into", "to", "as"}:
        yield f"{before} {lead} {value}"
    if lead in {"with", "plus"} and "percent" in value:
        yield f"{before} with {value}"


def _unit_of(old: str, value: str) -> str:
    """The words behind the old number, for a new one that is only a number."""
    rest = re.sub(rf"^(?:(?:an?|the) )?{NUMBER}", "", old)
    return rest if re.fullmatch(NUMBER, value) else ""


def _other_amount(before: str, value: str, unit: str | None) -> Iterator[str]:
    """An amount with the same unit is replaced, otherwise the last number."""
    if unit:
        kind = _CURRENCY if unit in CURRENCIES else re.escape(unit)
        for match in reversed(list(re.finditer(rf"{NUMBER} (?:{kind})(?!\S)", before))):
            yield f"{before[: match.start()]}{value}{before[match.end() :]}"
    kind = r"\d+/\d+" if re.fullmatch(r"\d+/\d+", value) and re.search(r"(?<!\S)\d+/\d+ of ", before) else NUMBER
    for match in reversed(list(re.finditer(rf"(?<!\S){kind}(?!\S)", before))):
        yield f"{before[: match.start()]}{value}{before[match.end() :]}"
