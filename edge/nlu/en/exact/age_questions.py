"""Questions about ages and years of birth. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.day_words import YEAR, read_day, read_year, unit_name
from edge.nlu.en.exact.frames import Frame, frame

_WHO = (
    r"(?:someone|somebody|anyone|a person|people|i|he|she|they|you|we|(?:my|our|his|her|their) (?:\w+ ){0,2}?\w+|\w+)"
)
_BORN = r"(?:was |were |is |are |am |'s |'m )?born (?:in|on) (?:the year )?(?P<born>.+?)"
_WHEN = rf"(?: (?:be )?(?:in|by) (?:the year )?(?P<when>{YEAR}))?"
_AGE = r"(?P<age>\d{1,3})"


def _age(match: re.Match[str]) -> Intent | None:
    born, when = match["born"], match.groupdict().get("when")
    slots = {"ask": "age", "unit": "year"}
    if re.fullmatch(YEAR, born):
        slots["year"] = read_year(born)
    elif (day := read_day(born)) is not None and day.startswith("date"):
        slots["day"] = day
    else:
        return None
    if when:
        slots["when"] = read_year(when)
    return Intent("EdgeDate", slots)


def _turns(match: re.Match[str]) -> Intent:
    born = read_year(match["born"])
    return Intent("EdgeDate", {"ask": "age", "unit": "year", "year": born, "when": str(int(born) + int(match["age"]))})


def _in_units(match: re.Match[str]) -> Intent | None:
    day = read_day(match["born"])
    if day is None or not day.startswith("date"):
        return None
    return Intent("EdgeDate", {"ask": "since", "day": day, "end": "today", "unit": unit_name(match["unit"])})


def _born(match: re.Match[str]) -> Intent:
    return Intent("EdgeDate", {"ask": "born", "age": match["age"]})


AGES: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:how old|what age) (?:is|was|would|will|am|are) {_WHO}(?: be)?(?: now| today)?{_WHEN},?"
        rf" (?:if |who |that |when |given that )*(?:i |he |she |they |you |we )?{_BORN}",
        _age,
    ),
    frame(
        rf"(?:how old|what age) (?:is|was|would|will|am|are) {_WHO}(?: be)?(?: now| today)?,?"
        rf" (?:if |who |that |when |given that )*(?:i |he |she |they |you |we )?{_BORN}{_WHEN}",
        _age,
    ),
    frame(
        rf"(?:if |when |since )?{_WHO} {_BORN},? (?:so |then )?(?:how old|what age) (?:am|is|are|was|would|will)"
        rf"(?: \w+)?"
        rf"(?: be)?(?: now| today)?{_WHEN}",
        _age,
    ),
    frame(
        r"(?:what )?(?:age|the age) (?:is|of) (?:someone|somebody|a person)(?: who was)? born (?:in|on) (?P<born>.+)",
        _age,
    ),
    frame(
        rf"(?:what|which) year (?:was|were) (?:someone|somebody|i|he|she|they|a person|a)(?: born)?(?: who is|"
        rf" who's| aged"
        rf"| if i'm| if i am| if he's| if she's| if they're| if they are)? {_AGE}(?: years? old)?(?: now| today|"
        rf" this year)?"
        r"(?: born)?(?: in)?",
        lambda m: _born(m) if "born" in m[0] else None,
    ),
    frame(
        rf"(?:what|which|in what|in which) year (?:did|do|does|will|would) {_WHO} (?:turn|be|reach) {_AGE}(?:"
        rf" years? old)?,?"
        rf" (?:if |who |when )*(?:i |he |she |they |you )?(?:was |were |is |are )?born in (?P<born>{YEAR})",
        _turns,
    ),
    frame(
        rf"how many (?P<unit>days|weeks|months) old (?:is|am|are) {_WHO} (?:if |who |when )*(?:i |he |she |they"
        rf" )?{_BORN}",
        _in_units,
    ),
    frame(
        rf"(?:if )?{_WHO}(?: is| am| are|'s|'m|'re)?(?: who is| who's| aged)? {_AGE}(?: years? old)?(?: now| today"
        rf"| this"
        rf" year)?,? (?:what|which|in (?:what|which)) year (?:was|were) \w+ born(?: in)?",
        _born,
    ),
)
