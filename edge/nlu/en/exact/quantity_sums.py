"""Sums of quantities: "2 feet plus 18 inches", "double 3/4 of a cup", "how many 250 ml glasses in a liter". Pure."""

import re
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.conversions import read_quantity, read_unit
from edge.nlu.en.exact.frames import Frame, calculate, first_of, frame
from edge.nlu.en.exact.parts import NoSumError
from edge.nlu.en.exact.tokens import NUMBER
from edge.nlu.en.exact.unit_words import NAMES
from edge.nlu.en.number_words import is_one

_N: Final = rf"(?P<n>{NUMBER})"
_MULTIPLES: Final = {"double": "2", "twice": "2", "triple": "3", "treble": "3", "half": "1/2", "halve": "1/2",
                     "quarter": "1/4", "quadruple": "4"}  # fmt: skip


def _scaled(match: re.Match[str]) -> Intent | None:
    groups = match.groupdict()
    word = groups.get("word")
    factor = groups["n"] if word is None else _MULTIPLES[word]
    said = f"{{}} times {factor}" if word is None else f"{word.replace('halve', 'half')} of {{}}"
    if word in {"double", "twice", "triple", "treble", "quadruple"}:
        said = f"{{}} times {factor}"
    return times(match["amount"], f"* {_bracketed(factor)}", said.replace("_", " "))


def _part(match: re.Match[str]) -> Intent | None:
    return times(match["amount"], f"* {_bracketed(match['n'])}", f"{match['n'].replace('_', ' ')} of {{}}")


def _percent(match: re.Match[str]) -> Intent | None:
    how = match.groupdict().get("off")
    if how:
        return times(match["amount"], f"* (1 - {match['n']}%)", f"{match['n']}% off {{}}")
    return times(match["amount"], f"* {match['n']}%", f"{match['n']}% of {{}}")


def _divided(match: re.Match[str]) -> Intent | None:
    return times(match["amount"], f"/ {_bracketed(match['n'])}", f"{{}} divided by {match['n'].replace('_', ' ')}")


def times(text: str, operation: str, said: str) -> Intent | None:
    """A quantity of one unit that is multiplied or divided; the result has the same unit."""
    quantity = read_quantity(text)
    if quantity is None or "+" in quantity:
        return None
    amount, unit = quantity.split()
    if unit in _SCALES:
        return None
    one, more = NAMES[unit]
    shown = one if is_one(amount) else more
    words = said.format(f"{amount.replace('_', ' ')} {shown}")
    metric = unit.endswith(("meter", "gram", "liter"))
    form = "" if metric or "." in f"{amount}{operation}" or "%" in operation else "fraction"
    return calculate(f"{_bracketed(amount)} {operation}", words, form=form, unit=more)


_SCALES: Final = frozenset({"celsius", "fahrenheit", "kelvin", "degree", "degree-of-arc"})
"""Twice 10 degrees is not twice as warm."""


def _bracketed(number: str) -> str:
    return f"({number})" if "/" in number else number


def _added(match: re.Match[str]) -> Intent | None:
    return _joined(match["left"], match["right"], match.groupdict().get("sign") or "plus")


def _taken(match: re.Match[str]) -> Intent | None:
    return _joined(match["left"], match["right"], "minus")


def _joined(first: str, second: str, sign: str) -> Intent | None:
    """Quantities that are added or taken away, in the unit of the first one."""
    left, right = read_quantity(first), read_quantity(second)
    if left is None or right is None or any(f" {unit}" in f"{left} {right}" for unit in _SCALES):
        return None
    if sign not in {"plus", "added to"}:
        if "-" in right:
            return None
        right = " + ".join(f"-{it}" for it in right.split(" + "))
    return Intent("EdgeConvert", {"quantity": f"{left} + {right}", "unit": left.split()[1]})


def _fits(match: re.Match[str]) -> Intent | None:
    """How many times a quantity is in another one: "how many 250 ml glasses in a liter and a half"."""
    thing = match["thing"] or ""
    part, whole = read_quantity(match["part"] + thing) or read_quantity(match["part"]), read_quantity(match["whole"])
    if part is None or whole is None or not re.match(r"\d|half |quarter ", match["part"] + thing):
        return None
    return Intent("EdgeFit", {"part": part, "whole": whole})


def _proportion(match: re.Match[str]) -> Intent | None:
    """From what is needed for some to what is needed for others: "a recipe for 4 needs 300 grams, how much for 6"."""
    few, many = match["few"], match["many"]
    return times(match["amount"], f"* {_bracketed(many)} / {_bracketed(few)}", f"{{}} times {many} divided by {few}")


_WAYS: Final = r"(?: (?:people|ways|of us|parts|portions|servings|kids|guests|friends|equal parts|days|meals))?"
_FEW: Final = (
    rf"(?P<few>{NUMBER})(?: (?:people|servings?|persons?|portions?|guests|cookies|muffins|pancakes"
    rf"|cupcakes|of us|\w+))?"
)
_MANY: Final = (
    rf"(?P<many>{NUMBER})(?: (?:people|servings?|persons?|portions?|guests|of us|cookies|muffins|pancakes"
    rf"|cupcakes|\w+))?"
    r"(?: instead| then)?"
)
_NEEDS: Final = r"(?:needs?|uses?|takes?|calls? for|requires?|has|wants?|is|i need|you need|we need|i use|says)"
_FOR: Final = (
    r"(?:for|to serve|to make|to feed|serving|if (?:i'm|we're|i am) (?:making|cooking for|feeding)|with|if there are)"
)

QUANTITY_SUMS: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:if )?(?:(?:a|the|my|this) )?(?:\w+ )?(?:recipe |dish )?(?:is |that )?(?:for|serves|serving"
        rf"|that serves|feeds|makes)"
        rf" {_FEW},? (?:and )?(?:it )?{_NEEDS} (?P<amount>.+?)(?: of [a-z ]+?)?,?(?: so)? (?:how much"
        rf"|how many \w+|what)"
        rf"(?: \w+){{0,5}}? {_FOR} {_MANY}",
        _proportion,
    ),
    frame(
        rf"(?:if )?(?:i |you |we )?(?:{_NEEDS} )?(?P<amount>.+?)(?: of [a-z ]+?)? (?:is )?(?:for|serves|feeds"
        rf"|makes) {_FEW},?"
        rf" (?:how much|how many \w+|what)(?: \w+){{0,5}}? {_FOR} {_MANY}",
        _proportion,
    ),
    frame(rf"(?P<amount>.+?)(?: of [a-z]+)? (?:times|multiplied by|x) {_N}", _scaled),
    frame(rf"(?:multiply )(?P<amount>.+?) by {_N}", _scaled),
    frame(rf"{_N} (?:times|lots of|multiplied by|x) (?P<amount>\d.+)", _scaled),
    frame(rf"(?P<word>{'|'.join(_MULTIPLES)})(?: of)? (?P<amount>(?:\d|a |an |half).+?)(?: of [a-z]+)?", _scaled),
    frame(r"(?P<n>[1-9]/[1-9]\d?) of (?P<amount>\d.+?)(?: of [a-z]+)?", _part),
    frame(rf"{_N} percent (?:of|(?P<off>off|less than)) (?P<amount>.+)", _percent),
    frame(
        rf"(?:divide |split |share |cut )?(?P<amount>.+?)(?: of [a-z]+)?"
        rf" (?:divided by|divided into|split into|split between|split|shared between|between|into|by) {_N}{_WAYS}"
        r"(?: (?:how much|what).*)?",
        _divided,
    ),
    frame(r"(?:add )?(?P<left>.+?) (?P<sign>plus|minus|take away|less|added to) (?P<right>.+)", _added),
    frame(r"add(?: up)? (?P<left>.+?) and (?P<right>.+)", _added),
    frame(r"add (?P<right>.+?) to (?P<left>.+)", _added),
    frame(r"(?:subtract|take|take away|deduct) (?P<right>.+?) (?:away )?(?:from|off) (?P<left>.+)", _taken),
    frame(
        r"how many(?: times)?(?: (?:is|does|do))? (?P<part>.+?)(?P<thing> (?!in |go )[a-z]+)? (?:are |is |fit "
        r"|go |can i (?:get|fill|pour) )?"
        r"(?:there )?(?:in|into|from|out of|with) (?P<whole>.+?)(?: of [a-z]+)?",
        _fits,
    ),
)  # fmt: skip


_IN_UNIT: Final = re.compile(r"(?P<sum>.+) (?:in|into|as) (?P<unit>[a-z ]+)")


def quantity_sum(said: str) -> Intent | None:
    """EdgeCalculate or EdgeConvert for a bare canonical text that calculates with units; None for others."""
    if not re.search(r"\d", said):
        return None
    try:
        return first_of(QUANTITY_SUMS, said) or _in_unit(said)
    except NoSumError:
        return None


def _in_unit(said: str) -> Intent | None:
    """A sum of quantities in a unit that is named: "2 cups plus 6 tablespoons in cups"."""
    match = _IN_UNIT.fullmatch(said)
    unit = None if match is None else read_unit(match["unit"])
    found = None if match is None or unit is None else first_of(QUANTITY_SUMS, match["sum"])
    if unit is None or found is None or found.name != "EdgeConvert":
        return None
    return Intent("EdgeConvert", {**found.slots, "unit": unit})
