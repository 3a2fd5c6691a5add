"""Questions about whole numbers, and numbers that are asked for. Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame
from edge.nlu.en.exact.tokens import COUNTS, NUMBER
from edge.nlu.en.number_words import several
from edge.nlu.en.numbers import SMALL

_WHOLE = r"(?P<number>\d{1,18})"

OPERATION: Final = r"times|plus|minus|multiplied|divided|over|squared|cubed|added|take away|less"
"""A word that joins two numbers, in a regular expression."""


_PLURALS: Final = {several(word): str(number) for number, word in enumerate(SMALL) if number > 1}
"""The twos of "how many twos are in ten"."""


def _fact(fact: str, match: re.Match[str], **slots: int) -> Intent:
    return Intent("EdgeNumberFact", {"fact": fact, "number": match["number"], **slots})


def _goes_into(match: re.Match[str]) -> Intent | None:
    return _into(match["number"], match["other"])


def _into(number: str, other: str) -> Intent:
    return Intent("EdgeNumberFact", {"fact": "goes-into", "number": number, "other": other})


def _divisible(match: re.Match[str]) -> Intent | None:
    return Intent("EdgeNumberFact", {"fact": "divisible", "number": match["number"], "other": match["other"]})


def _parity(match: re.Match[str]) -> Intent | None:
    asked = "" if " or " in match[0] else match["asked"]
    return Intent("EdgeNumberFact", {"fact": "parity", "number": match["number"], "asked": asked})


def _neighbour(match: re.Match[str]) -> Intent | None:
    after = match["side"] in {"after", "follows", "next"}
    return calculate(
        f"{match['number']} {'+' if after else '-'} 1", f"the number {'after' if after else 'before'} {match['number']}"
    )


def _ratio(match: re.Match[str]) -> Intent | None:
    """How many thousands there are in a million."""
    small, large = match["small"], match["large"]
    scales = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
    names = {str(10**power): name for name, power in scales.items()}
    name = names.get(large, large)
    return calculate(f"{large} / {10 ** scales[small]}", f"the number of {small}s in a {name}")


def _counted(match: re.Match[str]) -> Intent | None:
    size = COUNTS[match["kind"]]
    count = {None: "1", "a": "1", "an": "1", "half a": "1/2"}.get(match["count"], match["count"])
    said = {"1": "a", "1/2": "half a"}.get(count, count.replace("_", " "))
    return calculate(f"{count} * {size}", f"{said} {match['kind']}")


def _in_counts(match: re.Match[str]) -> Intent | None:
    """How many dozens there are in a number."""
    return calculate(f"{match['number']} / {COUNTS[match['kind']]}", f"{match['number']} in {match['kind']}s")


def _zeros(match: re.Match[str]) -> Intent | None:
    return _fact("zeros", match)


_SCALES = "hundred|thousand|million|billion|trillion"

NUMBER_FACTS: Final[tuple[Frame, ...]] = (
    frame(rf"(?:is|are) {_WHOLE} (?:an? )?prime(?: number)?", lambda m: _fact("prime", m)),
    frame(rf"(?:is )?{_WHOLE} (?:an? )?prime(?: number)? or (?:not|composite)", lambda m: _fact("prime", m)),
    frame(
        rf"(?:what are )?(?:the )?(?:prime factors|prime factorisation|prime factorization) of {_WHOLE}",
        lambda m: _fact("prime-factors", m),
    ),
    frame(rf"(?:what are )?(?:all )?(?:the )?(?:factors|divisors) of {_WHOLE}", lambda m: _fact("factors", m)),
    frame(
        rf"(?:what(?:'s| is) )?(?:the )?next prime(?: number)? (?:after|above|following) {_WHOLE}",
        lambda m: _fact("next-prime", m),
    ),
    frame(
        rf"(?:is|can) {_WHOLE} (?:be )?(?:evenly )?(?:divisible|divided evenly|divided|a multiple of)(?: evenly)?"
        rf"(?: by)? (?P<other>\d+)(?: evenly)?",
        _divisible,
    ),
    frame(
        rf"(?:is|does) (?P<other>\d+) (?:a factor of|a divisor of|divide(?: evenly)?(?: into)?) {_WHOLE}", _divisible
    ),
    frame(
        rf"(?:is )?{_WHOLE} (?:is )?(?:an? )?(?P<asked>odd or even|even or odd|even|odd)(?: number)?(?: or"
        rf" (?:odd|even))?",
        _parity,
    ),
    frame(
        rf"(?:is )?{_WHOLE} an? (?:perfect )?(?P<power>square|cube)(?: number)?",
        lambda m: _fact("power", m, degree=2 if m["power"] == "square" else 3),
    ),
    frame(
        rf"(?:how many times|how often) (?:does|do|will|can|would) (?P<other>{NUMBER})"
        rf" (?:go|fit|divide|be divided) (?:in|into|in to) (?P<number>{NUMBER})",
        _goes_into,
    ),
    frame(
        rf"(?P<other>{NUMBER}) (?:goes|fits|divides) (?:in|into) (?P<number>{NUMBER}) (?:how (?:often|many times))",
        _goes_into,
    ),
    frame(
        rf"how many (?P<plural>{'|'.join(_PLURALS)}) (?:are|go|fit|is|make|do you get)? ?(?:there )?(?:in|into"
        rf"|up|from|out of)?"
        rf" ?(?P<number>{NUMBER})",
        lambda m: _into(m["number"], _PLURALS[m["plural"]]),
    ),
    frame(rf"how many (?P<other>{NUMBER})s? (?:are|go|fit|is) (?:there )?(?:in|into) (?P<number>{NUMBER})", _goes_into),
    frame(
        rf"(?:what|which)(?: number)?(?: comes| is)? (?:right |directly |just )?(?P<side>after|before|follows"
        rf"|next to|next after) {_WHOLE}",
        _neighbour,
    ),
    frame(rf"(?:the )?number (?P<side>after|before) {_WHOLE}", _neighbour),
    frame(
        rf"how many (?P<small>{_SCALES})s? (?:are |is |make |go )?(?:there )?(?:in |into |make |up )?(?:an? |1"
        rf" )?(?P<large>\d+|{_SCALES})",
        _ratio,
    ),
    frame(
        rf"how many (?:zeros|zeroes|noughts|naughts|0s) (?:are |does |is )?(?:there )?(?:in |has |have )?(?:an? "
        rf"|1 )?{_WHOLE}(?: have)?",
        _zeros,
    ),
    frame(
        rf"how many digits (?:are |does |in |there )*(?:in )?(?:the number )?{_WHOLE}(?: have)?",
        lambda m: _fact("digits", m),
    ),
    frame(
        r"how many (?P<kind>dozen|score|gross)s? (?:is|are|in|makes?|are in|is in|fit in) (?P<number>\d+)", _in_counts
    ),
    frame(
        rf"(?:how many(?: \w+)?|how much|what) (?:is|are|in|makes?|make up)(?: there)?(?: in)? (?:(?P<count>an?"
        rf"|half a|{NUMBER})"
        rf" )?(?P<kind>dozen|score|gross)s?",
        _counted,
    ),
)
