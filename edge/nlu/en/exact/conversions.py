"""Questions that convert between units: "how many pints in a gallon", "what's 70 kilos in stone". Pure."""

import re
from collections.abc import Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, first_of, frame
from edge.nlu.en.exact.money import CURRENCIES
from edge.nlu.en.exact.tokens import NUMBER
from edge.nlu.en.exact.unit_words import MAX_WORDS, WORDS

_SECOND: Final = {
    "foot": "inch",
    "stone": "pound",
    "pound": "ounce",
    "hour": "minute",
    "minute": "second",
    "meter": "centimeter",
}
"""What a bare second number counts: "5 foot 11", "11 stone 4"."""
_FRACTIONS: Final = {"half": "1/2", "quarter": "1/4"}
_FRACTION_BEHIND: Final = re.compile(
    r"and (?:a )?(?P<part>half|quarter|[1-9]/(?:[2-9]|1[0-6]))(?= |$)(?! (?:of )?an? )"
)
"""What is a part of the unit before it: "an hour and a half"."""
_COUNTED: Final = re.compile(r"[\d-]|(?:an?|half|quarter)$")
"""What the second part of a quantity begins with."""
_SIZES = r"(?:tall|long|heavy|far|much|big|hot|warm|cold|fast|deep|high|wide|large|many|old|thick|far away)"
_IN = r"(?:in|into|to|as)"
_MAKE = (
    r"(?:make up|make|makes|equals|equal|fit in|fit into|go into|are in|is in|are there in|is there in|in"
    r"|are|is|per|to make|to)"
)
_INTO: Final = re.compile(
    rf"(?:(?:and|or|what about|how about|what's that|what is that|that)[ ,]+)+(?:{_IN}"
    rf" )?(?P<unit>.+)|{_IN} (?P<only>.+)"
)
_FOOD = (
    r"(?:flour|sugar|butter|rice|oats|milk|honey|salt|cocoa|cheese|oil|cream|pasta|nuts|almonds|breadcrumbs"
    r"|syrup|yogh?urt"
    r"|raisins|chocolate|coffee|icing sugar|powdered sugar|brown sugar|lentils|beans|cornstarch|cornflour|baking"
    r" powder|yeast)"
)

_WEIGHTS: Final = {"gram", "kilogram", "ounce", "pound", "stone"}
_VOLUMES: Final = {"milliliter", "liter", "cup", "tablespoon", "teaspoon", "pint", "quart", "gallon", "fluid-ounce"}
_OTHER_SCALE: Final = {"celsius": "fahrenheit", "fahrenheit": "celsius"}
_LENGTHS: Final = {"mile", "kilometer", "meter", "foot", "inch", "yard", "centimeter", "millimeter"}
_ENERGIES: Final = {"calorie", "kilocalorie", "joule", "kilojoule"}
_KINDS: Final = (_WEIGHTS, _VOLUMES - {"fluid-ounce"}, _LENGTHS, _ENERGIES)
DEFAULTS: Final = {
    "mile": "kilometer", "kilometer": "mile", "foot": "centimeter", "inch": "centimeter", "yard": "meter",
    "meter": "foot", "centimeter": "inch", "nautical-mile": "kilometer", "furlong": "meter", "light-year": "kilometer",
    "acre": "square-meter", "hectare": "square-meter", "pound": "kilogram", "ounce": "gram", "stone": "kilogram",
    "kilogram": "pound", "fortnight": "day", "decade": "year", "century": "year", "millennium": "year",
    "fathom": "meter", "knot": "kilometer-per-hour", "carat": "gram", "astronomical-unit": "kilometer",
    "square-mile": "square-kilometer",
}  # fmt: skip
"""What a unit is explained in."""


def read_quantity(text: str) -> str | None:
    """An amount of one unit or of two as in `EdgeConvert`: "5 foot + 11 inch"; None for other texts."""
    words = re.sub(r"^(?:exactly|about) ", "", text).split()
    parts: list[str] = []
    while words:
        if parts and not _COUNTED.match(words[0]):
            return None
        amount, words = _amount(words)
        name, used = _unit(words)
        if name is None:
            if not parts or not amount.isdecimal() or words or (second := _SECOND.get(parts[-1].split()[1])) is None:
                return None
            parts.append(f"{amount} {second}")
            break
        parts.append(f"{amount} {name}")
        words = words[used:]
        if (more := _FRACTION_BEHIND.match(" ".join(words))) is not None and amount.isdecimal():
            parts[-1] = f"{amount}_{_FRACTIONS.get(more['part'], more['part'])} {name}"
            words = words[len(more[0].split()) :]
        while words[:1] in (["and"], [","]):
            words = words[1:]
    return " + ".join(parts) if 0 < len(parts) <= 3 else None  # noqa: PLR2004 - hours, minutes, seconds


def _amount(words: Sequence[str]) -> tuple[str, list[str]]:
    """The number before a unit and what follows; 1 for "a mile" and "miles"."""
    sign = "-" if words[:1] in (["minus"], ["negative"]) else ""
    rest = list(words[1:] if sign else words)
    if rest and re.fullmatch(NUMBER, rest[0]):
        amount = rest.pop(0)
        for joint in (["of", "a"], ["of", "an"], ["a"], ["an"], ["of"]):
            if "/" in amount and rest[: len(joint)] == joint:
                del rest[: len(joint)]
                break
        return sign + amount, rest
    if rest and (part := _FRACTIONS.get(rest[0])) is not None:
        of = 1 + (rest[1:2] == ["of"])
        return sign + part, rest[of + (rest[of : of + 1] in (["a"], ["an"])) :]
    if rest[:1] in (["a"], ["an"], ["the"], ["each"], ["every"], ["per"], ["one"]):
        rest = rest[1:]
    return f"{sign}1", rest


def _unit(words: Sequence[str]) -> tuple[str | None, int]:
    """The unit that words begin with, the longest name first, and how many words it has."""
    for count in range(min(MAX_WORDS, len(words)), 0, -1):
        name = WORDS.get(" ".join(words[:count]))
        if name is not None:
            return name, count
    return None, 0


def may_convert(source: str, target: str) -> bool:
    """Whether two units may measure the same; miles for a gallon and calories of a cup are other questions."""
    kinds = [{at for at, kind in enumerate(_KINDS) if unit in kind} for unit in (source, target)]
    ounces = "ounce" in {source, target}  # which are fluid ounces too
    return ounces or not all(kinds) or kinds[0] == kinds[1]


def read_unit(text: str) -> str | None:
    """The unit that a whole text names."""
    text = re.sub(r"^(?:the|a|an) ", "", text)
    text = re.sub(r" (?:tall|and (?:inches|pounds|minutes|ounces|seconds)|instead|form|units?)$", "", text)
    return WORDS.get(text)


def _convert(quantity: str | None, unit: str | None) -> Intent | None:
    if quantity is None or unit is None:
        return None
    if unit in _ENERGIES and quantity.split()[1] in _WEIGHTS | _VOLUMES:
        return None  # how many calories a food has is a fact
    if "-per-hour" in quantity and "+" not in quantity:
        unit = {"mile": "mile-per-hour", "kilometer": "kilometer-per-hour"}.get(unit, unit)
    return Intent("EdgeConvert", {"quantity": quantity, "unit": unit})


def _gap(match: re.Match[str]) -> Intent | None:
    quantity, unit = match["quantity"], match["unit"]
    if _money(quantity) and _money(unit):
        return Intent("EdgeCannotCompute", {"why": "currency"})
    return _convert(read_quantity(quantity), read_unit(unit))


def _money(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1] in CURRENCIES


def _explained(match: re.Match[str]) -> Intent | None:
    quantity = read_quantity(match["quantity"])
    if quantity is None or "+" in quantity:
        return None
    return _convert(quantity, DEFAULTS.get(quantity.split()[1]))


def _weighed(match: re.Match[str]) -> Intent | None:
    """From weight to weight or from volume to volume, whatever the food is."""
    quantity, unit = read_quantity(match["quantity"]), read_unit(match["unit"])
    if quantity is None or unit is None:
        return None
    units = {it.split()[1] for it in quantity.split(" + ")} | {unit}
    return _convert(quantity, unit) if units <= _WEIGHTS or units <= _VOLUMES else None


def _food(match: re.Match[str]) -> Intent | None:
    units = {WORDS[it] for it in match["unit"].split() if it in WORDS}
    if not units or units <= _ENERGIES:
        return None
    return Intent("EdgeCannotCompute", {"why": "volume-weight"})


def _gas_mark(match: re.Match[str]) -> Intent | None:
    unit = read_unit(match["unit"] or "celsius") if "unit" in match.groupdict() else "celsius"
    return Intent("EdgeGasMark", {"mark": match["mark"], "unit": unit}) if unit in {"celsius", "fahrenheit"} else None


def _to_gas_mark(match: re.Match[str]) -> Intent | None:
    quantity = read_quantity(match["quantity"])
    return None if quantity is None else Intent("EdgeGasMark", {"quantity": quantity})


def _converted(match: re.Match[str]) -> Intent | None:
    """A quantity to convert without the unit that is wanted."""
    quantity = read_quantity(match["quantity"])
    if quantity is None or "+" in quantity:
        return None
    unit = quantity.split()[1]
    return _convert(quantity, _OTHER_SCALE.get(unit) or DEFAULTS.get(unit))


CONVERSIONS: Final[tuple[Frame, ...]] = (
    frame(
        rf"(?:(?:what (?:temperature )?is|how hot is|convert|oven at)? ?(?:an? )?(?:oven (?:at|on) )?)gas mark"
        rf" (?P<mark>{NUMBER})(?: {_IN} (?P<unit>.+))?",
        _gas_mark,
    ),
    frame(rf"(?:convert |what(?:'s| is) )?(?P<quantity>.+?) {_IN} (?:an? )?gas marks?", _to_gas_mark),
    frame(r"(?:what|which) gas mark is (?P<quantity>.+)", _to_gas_mark),
    frame(
        rf"how (?:many|much) (?P<unit>\w+)(?: \w+)? (?:is|are|in|does|do).* (?:cups?|tablespoons?|teaspoons?"
        rf"|grams?|ounces?|ml|pounds?) of {_FOOD}.*",
        _food,
    ),
    frame(
        rf"(?:how (?:many|much) )?(?P<unit>grams?|ounces?|cups?|pounds?|ml|kilos?|tablespoons?|teaspoons?)(?:"
        rf" of)? {_FOOD} .*(?:cups?|grams?|ounces?|tablespoons?|teaspoons?)",
        _food,
    ),
    frame(rf"(?:convert )?(?P<quantity>.+?) of {_FOOD} {_IN} (?P<unit>.+)", _weighed),
    frame(
        rf".*\b(?:cups?|tablespoons?|teaspoons?|grams?|ounces?) of {_FOOD} {_IN} (?P<unit>grams?|ounces?|cups?"
        rf"|pounds?|kilos?|tablespoons?)",
        _food,
    ),
    frame(
        rf"how much (?:does|do) .*\b(?:cups?|tablespoons?|teaspoons?) of {_FOOD} (?P<unit>ounce"
        rf"|weigh)",
        lambda _: Intent("EdgeCannotCompute", {"why": "volume-weight"}),
    ),
    frame(rf"how {_SIZES} (?:is|are|was|would be|'s) (?P<quantity>.+?) {_IN} (?P<unit>.+)", _gap),
    frame(
        r"how (?:many|much) (?P<unit>.+?) (?:are |is )?(?:there )?(?:in|per|to) (?P<quantity>.+?)(?: of"
        r" \w+)?",
        _gap,
    ),
    frame(
        r"how (?:many|much) (?P<unit>.+?) (?:does|do|would|will) (?P<quantity>.+?) (?:have|contain|equal|make"
        r"|last|weigh|hold|convert to|come to)",
        _gap,
    ),
    frame(rf"how (?:many|much) (?P<unit>.+?) {_MAKE} (?:up )?(?P<quantity>.+)", _gap),
    frame(r"how (?:many|much) (?P<unit>.+?) (?P<quantity>(?:[\d.]|a |an ).*?) (?:is|are|equals|makes|has)", _gap),
    frame(r"convert (?P<quantity>\d.+)", _converted),
    frame(r"(?P<quantity>.+?) (?:is|are|equals|makes|=) how many (?P<unit>.+)", _gap),
    frame(
        rf"(?:convert(?:ing)?|change|turn|switch|translate|express|give me|put) (?P<quantity>.+?) {_IN} (?P<unit>.+)",
        _gap,
    ),
    frame(rf"(?:convert|change|switch|get|go) from (?P<quantity>.+?) {_IN} (?P<unit>.+)", _gap),
    frame(rf"how (?:is|are) (?P<quantity>.+?) (?:converted|changed|turned) {_IN} (?P<unit>.+)", _gap),
    frame(rf"(?P<quantity>.+?) (?:expressed |converted |measured )?{_IN} (?P<unit>.+)", _gap),
    frame(r"(?:the )?(?P<unit>.+?) (?:equivalent|value) (?:of|to|for) (?P<quantity>.+)", _gap),
    frame(rf"(?:the )?equivalent of (?P<quantity>.+?) {_IN} (?P<unit>.+)", _gap),
    frame(r"how (?:long|heavy|big|large|far|fast|deep|much) (?:is|are) (?P<quantity>(?:an?|one|1) .+)", _explained),
    frame(
        r"what(?:'s| is) (?P<quantity>a (?:fortnight|decade|century|millennium|furlong|fathom|nautical mile"
        r"|light year|stone|knot))(?: of time)?",
        _explained,
    ),
    frame(
        r"(?:the )?(?:conversion|ratio) (?:rate )?(?:between|from|of|for) (?P<quantity>.+?) (?:and|to|in|into)"
        r" (?P<unit>.+)",
        _gap,
    ),
    frame(
        r"(?:the )?(?:total |correct |exact )?(?:number|amount) of (?P<unit>.+?) (?:are |is )?in"
        r" (?P<quantity>.+)",
        _gap,
    ),
    frame(r"(?:what|which) amount of (?P<unit>.+?) (?:are|is) in (?P<quantity>.+)", _gap),
    frame(r"(?:what|how much|how many) would (?P<quantity>.+?) be in (?P<unit>.+)", _gap),
    frame(r"(?P<quantity>.+?) (?:is|are) equal to how many (?P<unit>.+)", _gap),
    frame(r"how (?:many|much) (?P<unit>.+?) (?:will|would) (?:make|fill|equal)(?: up)? (?P<quantity>.+)", _gap),
)


def going_on(said: str, last: Intent) -> Intent | None:
    """The conversion that a text means after another one: "and in miles", "and 10 kilometers"."""
    match = _INTO.fullmatch(said)
    if match is None:
        return None
    text = match["unit"] or match["only"]
    if (unit := read_unit(text)) is not None and last.name == "EdgeConvert":
        return _convert(str(last.slots["quantity"]), unit)
    if last.name == "EdgeConvert" and (quantity := read_quantity(text)) is not None:
        return _convert(quantity, str(last.slots["unit"]))
    if last.name == "EdgeConvert" and re.fullmatch(NUMBER, text):
        return _convert(f"{text} {str(last.slots['quantity']).split()[-1]}", str(last.slots["unit"]))
    return None


def conversion(said: str, last: Intent | None) -> Intent | None:
    """EdgeConvert, EdgeGasMark or EdgeCannotCompute for a bare canonical text; None for others."""
    if last is not None and (more := going_on(said, last)) is not None:
        return more
    return first_of(CONVERSIONS, said)
