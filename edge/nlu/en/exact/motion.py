"""Distances, times and speeds, of which two are told and one is asked: "150 miles at 50 miles an hour". Pure."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.conversions import read_quantity
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.tokens import NUMBER, value_of

_KILOMETERS: Final = {"kilometer": Fraction(1), "mile": Fraction("1.609344"), "meter": Fraction(1, 1000)}
_HOURS: Final = {"second": Fraction(1, 3600), "minute": Fraction(1, 60), "hour": Fraction(1), "day": Fraction(24)}
_SPEEDS: Final = {"mile-per-hour": "mile", "kilometer-per-hour": "kilometer"}
_PLURAL: Final = {"mile": "miles", "kilometer": "kilometers", "meter": "meters"}
_MAX_WORDS: Final = 8
_LAST_HOUR: Final = 24
_ASKED: Final = (
    ("distance", re.compile(r"how (?:far|much distance|many (?P<unit>miles|kilometers|kilometres|km|meters|metres))\b"
                            r"|what distance\b")),
    ("speed", re.compile(r"how fast\b|what(?:'s| is| was)? (?:the |my |our )?(?:average )?(?:speed|pace)\b"
                         r"|what speed\b|average speed\b")),
    ("time", re.compile(r"how (?:long|much time|many (?P<unit>hours|minutes))\b|when (?:do|will)\b")),
)  # fmt: skip
_KNOWN = """
    i'm we're they're
    if when i we you he she it they a an the car train bus plane bike bicycle truck boat ship runner cyclist
    walker person someone drive drives driving drove driven go goes going went gone walk walks walking walked
    run runs running ran cycle cycles cycling cycled ride rides riding rode travel travels travelling traveling
    travelled traveled sail sails sailing fly flies flying flew move moves moving moved cover covers covered do
    does doing did get gets getting got take takes took taking would will should can could at for in over during
    after within and then so with of to is was be been have has need needed needs my our constant steady average
    speed about me us complete finish reach trip journey there what's what how far long fast many much distance
    time miles kilometers kilometres km meters metres hours minutes it'd am are 'd that , straight non stop per
"""
_WORDS: Final = frozenset(_KNOWN.split())
"""A text with other words is about something else."""


def motion(said: str) -> Intent | None:
    """EdgeCalculate for a bare canonical text that tells two of distance, time and speed, and asks for the third."""
    asked = next(((kind, found) for kind, pattern in _ASKED if (found := pattern.search(said)) is not None), None)
    if asked is None:
        return None
    told, words = _read(said)
    kind, found = asked
    if told.keys() != {"distance", "speed", "time"} - {kind} or not set(words) <= _WORDS:
        return None
    return _ANSWERS[kind](told, found.groupdict().get("unit") or "")


def _read(said: str) -> tuple[Mapping[str, tuple[Fraction, str, str]], list[str]]:
    """Value, unit and words of what is told, in kilometers and hours, and the other words."""
    told: dict[str, tuple[Fraction, str, str]] = {}
    left: list[str] = []
    words = said.split()
    while words:
        for count in range(min(_MAX_WORDS, len(words)), 0, -1):
            found = _quantity(" ".join(words[:count])) if re.match(rf"{NUMBER}$|an?$|half$", words[0]) else None
            if words[count - 1] in {",", "and"}:
                continue
            if found is not None and found[0] not in told:
                told[found[0]] = found[1]
                words = words[count:]
                break
        else:
            left.append(words.pop(0))
    if "distance" in told and "speed" not in told and (at := _speed_at(left)) is not None:
        told["speed"] = (value_of(left[at]), "", f"{left[at]} an hour")
        del left[at]
    return told, left


def _speed_at(words: Sequence[str]) -> int | None:
    """Where a speed stands that has no unit: "480 kilometers at 100"; lower numbers could be times of day."""
    found = [at for at in range(1, len(words)) if words[at - 1] == "at" and re.fullmatch(r"[1-9]\d{1,2}", words[at])]
    return found[0] if len(found) == 1 and int(words[found[0]]) > _LAST_HOUR else None


def _quantity(text: str) -> tuple[str, tuple[Fraction, str, str]] | None:
    if (bare := re.fullmatch(rf"(?P<n>{NUMBER}) (?:an|per|every|a) hour", text)) is not None:
        return "speed", (value_of(bare["n"]), "", text)
    if text.startswith(("a ", "an ")) and text.split()[1] not in {"half", "quarter", "hour", "minute", "day", "mile",
                                                                  "kilometer"}:  # fmt: skip
        return None
    quantity = read_quantity(text)
    if quantity is None:
        return None
    parts = [
        (value_of(amount), unit) for amount, unit in (it.split() for it in quantity.split(" + ")) if amount[0] != "-"
    ]
    if len(parts) == 1 and (unit := _SPEEDS.get(parts[0][1])) is not None:
        return "speed", (parts[0][0] * _KILOMETERS[unit], unit, text)
    for kind, factors in (("distance", _KILOMETERS), ("time", _HOURS)):
        if parts and all(unit in factors for _, unit in parts):
            value = sum((amount * factors[unit] for amount, unit in parts), Fraction(0))
            return kind, (value, parts[0][1], text)
    return None


def _distance(told: Mapping[str, tuple[Fraction, str, str]], asked: str) -> Intent | None:
    (speed, unit, how_fast), (hours, _, how_long) = told["speed"], told["time"]
    if not unit:
        unit = _unit(asked)
        if not unit:
            return None
        speed *= _KILOMETERS[unit]
    shown = _unit(asked) or unit
    said = f"{_said(how_fast, unit)} for {_said(how_long)}"
    return calculate(str(speed * hours / _KILOMETERS[shown]), said, form="decimal", unit=_PLURAL[shown])


def _time(told: Mapping[str, tuple[Fraction, str, str]], asked: str) -> Intent | None:
    (far, far_unit, how_far), (speed, unit, how_fast) = told["distance"], told["speed"]
    if not speed:
        return None
    hours = far / (speed if unit else speed * _KILOMETERS[far_unit])
    in_minutes = asked == "minutes" or (asked != "hours" and hours < 1)
    said = f"{_said(how_far)} at {_said(how_fast, unit or far_unit)}"
    return calculate(
        str(hours * 60 if in_minutes else hours), said, form="decimal", unit="minutes" if in_minutes else "hours"
    )


def _speed(told: Mapping[str, tuple[Fraction, str, str]], _asked: str) -> Intent | None:
    (far, unit, how_far), (hours, _, how_long) = told["distance"], told["time"]
    if not hours:
        return None
    shown = "kilometer" if unit == "meter" else unit
    return calculate(
        str(far / hours / _KILOMETERS[shown]), f"{_said(how_far)} in {_said(how_long)}", form="decimal",
        unit=f"{_PLURAL[shown]} per hour",
    )  # fmt: skip


def _unit(word: str) -> str:
    return {"km": "kilometer", "kilometres": "kilometer", "metres": "meter"}.get(word, word.removesuffix("s"))


def _said(words: str, unit: str = "") -> str:
    """The words of a quantity as a reply says them."""
    words = words.replace("_", " ")
    if unit and re.fullmatch(rf"{NUMBER} (?:an|per|every|a) hour", words):
        return words.replace(" ", f" {_PLURAL[unit]} ", 1)
    return words


_ANSWERS: Final = {"distance": _distance, "time": _time, "speed": _speed}
