"""Rewrites spoken durations in one spelling: "an hour and a quarter" becomes "1 hour 15 minutes". Pure.

Expects numbers as digits (`edge.nlu.en.numbers.words_to_digits`). Whole amounts keep their unit ("90 minutes"),
fractions are converted to smaller units.
"""

import re
from fractions import Fraction

_FRACTIONS = {
    "half": Fraction(1, 2),
    "1/2": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "1/4": Fraction(1, 4),
    "3 quarter": Fraction(3, 4),
    "3 quarters": Fraction(3, 4),
    "3/4": Fraction(3, 4),
}
_UNIT_SECONDS = {"hour": 3600, "minute": 60, "second": 1}

_NUMBER = r"(?<![\d.:/])\d{1,5}(?:\.\d{1,3})?(?![\d.:/])"
_FRACTION = r"(?:half|quarter|3\ quarters?|1/2|[13]/4)"
_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)"
_PHRASE = re.compile(
    rf"""
    (?<!\S)(?<!\d\ point\ )(?<!\d\ oh\ )(?<!\d\ o\ )        # "3 point an hour" is not "3 point 1 hour", which is 3.1
    (?:
      (?:an?\ |1\ (?=[hq]))?(?P<part>{_FRACTION})(?:\ of)?(?:\ an?)?           # "half an", "3 quarters of an"
    | (?P<whole>{_NUMBER})(?:\ and)?(?:\ an?)?\ (?P<more>{_FRACTION})       # "2 and a half"
    | (?P<count>{_NUMBER})
    | (?:an?\ )?(?P<couple>couple)(?:\ of)?
    | (?P<one>an?)
    )
    \ (?P<unit>{_UNIT})(?!\S)
    (?:\ and(?:\ an?)?\ (?P<rest>{_FRACTION})(?!\ {_UNIT}(?!\S))(?!\ of\b)(?!\S))?   # "an hour AND A HALF"
    """,
    re.VERBOSE,
)
_JOINT = re.compile(r" (?:and )?")


def normalise_durations(text: str) -> str:
    """Rewrite every duration in `text` as "H hours M minutes S seconds", without parts that are zero."""
    pieces: list[str] = []
    end = 0
    at = 0
    while (match := _PHRASE.search(text, at)) is not None:
        if _is_ordinal(match, text):
            at = match.end()
            continue
        amounts = {"hour": Fraction(0), "minute": Fraction(0), "second": Fraction(0)}
        pieces.append(text[end : match.start()])
        while match is not None:
            amounts[_unit(match)] += _amount(match)
            end = match.end()
            joint = _JOINT.match(text, end)
            match = _PHRASE.match(text, joint.end()) if joint else None
        pieces.append(_spell(amounts))
        at = end
    return "".join([*pieces, text[end:]])


def _is_ordinal(match: re.Match[str], text: str) -> bool:
    """Whether "a second" is an ordinal: "a second timer" is another timer, not a timer of one second."""
    return bool(match["one"]) and match["unit"].startswith("sec") and text.startswith(" timer", match.end())


def _unit(match: re.Match[str]) -> str:
    return {"h": "hour", "m": "minute", "s": "second"}[match["unit"][0]]


def _amount(match: re.Match[str]) -> Fraction:
    if match["part"]:
        amount = _FRACTIONS[match["part"]]
    elif match["whole"]:
        amount = Fraction(match["whole"]) + _FRACTIONS[match["more"]]
    elif match["count"]:
        amount = Fraction(match["count"])
    else:
        amount = Fraction(2 if match["couple"] else 1)
    return amount + (_FRACTIONS[match["rest"]] if match["rest"] else 0)


def _spell(amounts: dict[str, Fraction]) -> str:
    carried = Fraction(0)
    parts: list[str] = []
    for unit, size in _UNIT_SECONDS.items():
        exact = amounts[unit] + carried / size
        whole = round(exact) if unit == "second" else int(exact)
        carried = (exact - whole) * size
        if whole:
            parts.append(f"{whole} {unit}" + ("" if whole == 1 else "s"))
    return " ".join(parts) or "0 seconds"
