"""Rewrites spoken durations in one spelling: "an hour and a quarter" becomes "1 hour 15 minutes". Pure.

Expects numbers as digits (`edge.nlu.en.numbers.words_to_digits`). Whole amounts keep their unit ("90 minutes"),
fractions are converted to smaller units.
"""

import re
from fractions import Fraction

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTIONS = {
    **{part: Fraction(1, count) for part, count in _PARTS.items()},
    **{
        f"{n} {part}{s}": Fraction(n, count)
        for part, count in _PARTS.items()
        for n in range(2, count)
        for s in ("", "s")
    },
    "1/2": Fraction(1, 2),
    "1/3": Fraction(1, 3),
    "2/3": Fraction(2, 3),
    "1/4": Fraction(1, 4),
    "3/4": Fraction(3, 4),
}
_UNIT_SECONDS = {"hour": 3600, "minute": 60, "second": 1}

_NUMBER = r"(?<![\d.:/])\d{1,5}(?:\.\d{1,3})?(?![\d.:/])"
_FRACTION = f"(?:{'|'.join(re.escape(said) for said in sorted(_FRACTIONS, key=len, reverse=True))})"
_UNIT = r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?)"
_PHRASE = re.compile(
    rf"""
    (?<!\S)(?<!\d\ point\ )(?<!\d\ oh\ )(?<!\d\ o\ )        # "3 point an hour" is not "3 point 1 hour", which is 3.1
    (?:
      (?:an?\ |1\ (?=[a-z]))?(?P<part>{_FRACTION})(?:\ of)?(?:\ an?)?           # "half an", "3 quarters of an"
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
_COUNTED = (" timer", " alarm", " reminder")
_JOINT = re.compile(r" (?:and )?")
_BARE = re.compile(
    r" (?:and )?(?P<count>[1-5]\d|[2-9])(?![\d.:/])(?! (?:hours?|hrs?|minutes?|mins?|seconds?|secs?|and|half|quarters?"
    r"|thirds?|percent|degrees|am|pm|o'?clock|oh|o|point|to|past|\d)\b)(?!\S)"
)
"""The smaller unit that is not said: "an hour twenty", "a minute thirty"."""
_SMALLER = {"hour": "minute", "minute": "second"}


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
            unit = _unit(match)
            amounts[unit] += _amount(match)
            end = match.end()
            joint = _JOINT.match(text, end)
            following = _PHRASE.match(text, joint.end()) if joint else None
            bare = _BARE.match(text, end) if following is None and _is_whole(match) else None
            if bare is not None and unit in _SMALLER:
                amounts[_SMALLER[unit]] += int(bare["count"])
                end = bare.end()
            match = following
        pieces.append(_spell(amounts))
        at = end
    return "".join([*pieces, text[end:]])


def _is_ordinal(match: re.Match[str], text: str) -> bool:
    """Whether "a second" is an ordinal: "a second timer" is another timer, not a timer of one second."""
    return bool(match["one"]) and match["unit"].startswith("sec") and text.startswith(_COUNTED, match.end())


def _is_whole(match: re.Match[str]) -> bool:
    """Whether a smaller amount may follow: "an hour", "2 hours", not "half an hour" or the adjective "10 minute"."""
    alone = match["one"] or match["count"] == "1"
    return not match["rest"] and bool(alone or ((match["count"] or ".").isdecimal() and match["unit"].endswith("s")))


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
