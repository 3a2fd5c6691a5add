"""Rates that are told, and what follows: "30 miles to the gallon, how much gas for 240 miles". Pure.

A text has one rate (so much of something for one of another), an amount of one of both, and asks for the other one.
That these fit together says what is meant, whatever stands between them; texts with words that make it another sum
("left", "more than") or no proportion ("how long do 3 eggs boil") are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.rates import PERIODS_IN
from edge.nlu.en.exact.tokens import NUMBER
from edge.nlu.en.exact.unit_words import NAMES, WORDS
from edge.nlu.en.number_words import several

_NOUN: Final = r"(?:(?:square|cubic|fluid) )?[a-z]+"
_EACH: Final = r"(?:an?|per|each|every|to the|to an?|for (?:each|every)|in an?)"
_GIVES: Final = (
    r"(?:holds?|contains?|has|have|covers?|weighs?|takes?|needs?|lasts?|makes?|serves?|feeds?|gives?|uses?|fits?|seats?"
    r"|carries|carry|comes with|burns?|gets?|does|do|is|are)(?: about| up to| around| for)?"
)
_CURRENCIES: Final = ("dollars", "pounds", "euros", "bucks", "quid")
_CURRENCY: Final = rf"(?: (?:{'|'.join(_CURRENCIES)}))?"
_MUCH: Final = rf"(?P<much>{NUMBER}) (?P<of>{_NOUN})(?: each)?"
_RATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\S)(?P<much>{NUMBER}) (?P<of>{_NOUN}) {_EACH} (?P<per>{NUMBER} )?(?P<one>{_NOUN})",
        rf"(?<!\S)(?P<much>{NUMBER}) (?P<of>{_NOUN}) (?:per|to make|makes?|for|in) (?P<per>{NUMBER} )(?P<one>{_NOUN})",
        rf"(?<!\S)(?:an?|1|each|every|per|the) (?P<one>{_NOUN})(?: of [a-z]+)? {_GIVES} {_MUCH}",
        rf"(?<!\S)(?P<one>[a-z]+s) (?:hold|contain|cover|weigh|last|make|serve|feed|seat|carry|burn) {_MUCH}",
        rf"(?<!\S)(?:an?|1|each) (?P<one>{_NOUN}) (?:is|holds|covers) (?P<much>{NUMBER})(?P<of>)(?= how | and |$)",
        rf"(?<!\S)(?P<much>{NUMBER}){_CURRENCY}(?P<of>) (?:an?|per|every|each) (?P<one>day|week|month|year)",
        rf"(?<!\S)(?P<one>packs|boxes|bags|cartons|bottles|crates|trays|packets|cases) of (?P<much>{NUMBER})(?P<of>)",
    )
)
_TARGET: Final = re.compile(rf"(?<!\S)(?P<many>{NUMBER})(?: (?P<noun>{_NOUN}))?")
_ASKED: Final = re.compile(
    rf"\bhow (?:many(?: (?P<many>{_NOUN}))?|much(?: (?P<much>{_NOUN}))?|(?P<long>long)|(?P<far>far))(?!\S)"
)
_OTHER_SUM: Final = re.compile(
    r"\b(?:left|remain\w*|already|more|less|fewer|than|extra|except|not|without|discount|percent|tax|tip|change|dry"
    r"|boil\w*|cook(?:s|ed|ing)?|bak(?:e|es|ing)|roast\w*|cool|freeze|heat|defrost|charg\w+|grow\w*|old|age|born|average"
    r"|costs?|price|worth|pay\w*|spen[dt]\w*|money)\b"
)
_WANTED: Final = re.compile(r"\b(?:for|make|get|need|want|feed|serve|per) $")
_TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_LENGTHS: Final = frozenset({"mile", "kilometer", "meter", "foot", "yard"})
_STUFF: Final = frozenset({"gallon", "liter", "milliliter", "cup", "pint", "quart", "fluid-ounce", "ounce", "gram",
                           "kilogram", "pound"})  # fmt: skip
"""What "how much gas" and "how much flour" are counted in."""
_IRREGULAR: Final = {"people": "person", "men": "man", "women": "woman", "children": "child", "loaves": "loaf"}
_WORKERS: Final = frozenset({"person", "man", "woman", "painter", "worker", "builder", "machine", "printer", "pump"})
"""Twice as many of these need half the time."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """So much of something (`of`) for `per` of another (`one`), both in the singular."""

    much: str
    of: str
    per: str
    one: str


_PERIOD: Final = re.compile(
    r"(?<!\S)(?:an?|per|each|every|the|1) (?P<period>hour|day|night|week|month|quarter|year)s?(?!\S)"
)


def rate(said: str) -> Intent | None:
    """EdgeCalculate or EdgeFit for a bare canonical text that tells a rate and an amount; None for others."""
    asked = _ASKED.search(said)
    if asked is None or _OTHER_SUM.search(said):
        return None
    if (found := _in_another_period(said, asked)) is not None:
        return found
    for told, rest in _rates(said):
        targets = [it for it in _TARGET.finditer(rest) if it["many"] != "1"]
        if len(targets) != 1:
            continue
        found = _answer(told, targets[0], asked)
        if found is not None:
            return found
    return None


def _in_another_period(said: str, asked: re.Match[str]) -> Intent | None:
    """So much a day in a week: "if I sleep 7 hours a night, how many hours is that a week"."""
    periods = [it["period"].replace("night", "day") for it in _PERIOD.finditer(said)]
    numbers = [it for it in _TARGET.finditer(said) if it["many"] != "1"]
    if len(periods) != 2 or len(numbers) != 1 or not numbers[0]["noun"]:  # noqa: PLR2004 - from one to the other
        return None
    many, unit = numbers[0]["many"], _one(numbers[0]["noun"])
    if unit in periods or (factor := PERIODS_IN.get((periods[0], periods[1]))) is None or not _is_asked(unit, asked):
        return None
    return _calculated(f"{many} * ({factor})", f"{many} times {factor.replace('/', 'divided by')}", unit)


def _rates(said: str) -> Iterator[tuple[_Rate, str]]:
    """The rates that a text may tell, and the rest of it."""
    for pattern in _RATES:
        for match in pattern.finditer(said):
            per = (match.groupdict().get("per") or "1").strip()
            told = _Rate(match["much"], _one(match["of"]), per, _one(match["one"]))
            if told.of != told.one and not (told.of in _TIMES and told.one in _WORKERS):
                yield told, f"{said[: match.start()]} | {said[match.end() :]}"


def _answer(told: _Rate, target: re.Match[str], asked: re.Match[str]) -> Intent | None:
    many, noun = target["many"], _one("" if target["noun"] in _CURRENCIES and not told.of else target["noun"] or "")
    is_bare = not noun and _WANTED.search(target.string[: target.start()]) is not None
    is_other = is_bare and told.of and (asked["much"] or _one(asked["many"] or "") == told.of)  # "how many eggs for 20"
    if (noun == told.one or is_other) and _is_asked(told.of, asked):
        said = f"{told.much} times {many}" + ("" if told.per == "1" else f" divided by {told.per}")
        return _calculated(f"{told.much} * {many} / {told.per}", said, told.of)
    if (noun == told.of or not told.of) and _is_asked(told.one, asked):
        said = f"{many} divided by {told.much}" + ("" if told.per == "1" else f" times {told.per}")
        return _calculated(f"{many} * {told.per} / {told.much}", said, told.one)
    if (
        noun in NAMES
        and told.of in NAMES
        and told.one not in NAMES
        and asked["many"]
        and _one(asked["many"]) == told.one
    ):
        return Intent("EdgeFit", {"part": f"{told.much} {told.of}", "whole": f"{many} {noun}"})
    return None


def _calculated(notation: str, said: str, unit: str) -> Intent:
    shown = NAMES[unit][1] if unit in NAMES else next((k for k, v in _IRREGULAR.items() if v == unit), several(unit))
    return calculate(notation, said.replace("_", " "), unit=shown)


def _is_asked(unit: str, asked: re.Match[str]) -> bool:
    """Whether what is asked for is counted in a unit: "how long" in hours, "how much gas" in gallons."""
    if asked["long"]:
        return unit in _TIMES
    if asked["far"]:
        return unit in _LENGTHS
    word = asked["many"] or asked["much"] or ""
    if _one(word) == unit:
        return True
    if asked["much"]:
        return unit in _STUFF and WORDS.get(word) is None
    return word in {"", "is", "are", "do", "does", "will", "would", "can", "should", "for"} and unit != ""


def _one(noun: str) -> str:
    """A unit's name, or a noun in the singular."""
    if (unit := WORDS.get(noun)) is not None:
        return unit
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and noun not in {"cookies", "brownies", "smoothies", "movies", "ties", "pies"}:
        return f"{noun[:-3]}y"
    if noun.endswith(("xes", "ches", "shes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
