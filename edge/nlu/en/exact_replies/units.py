"""Replies to conversions between units. See `edge.nlu.exact_replies`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from edge.nlu.en.entity_replies import capital
from edge.nlu.en.exact.figures import figure, fraction
from edge.nlu.en.exact.unit_words import NAMES
from edge.nlu.exact_replies import Amount, Compared, Conversion, Relation


def converted(results: Sequence[Conversion]) -> str:
    """See `ExactReplies.converted`."""
    return " ".join(_conversion(*it) for it in results)


def different_measures(source: str, measures: str, target: str, target_measures: str) -> str:
    """See `ExactReplies.different_measures`."""
    return f"{capital(NAMES[source][1])} measure {measures}, and {NAMES[target][1]} measure {target_measures}."


def about_months(source: Amount, target: Amount) -> str:
    """See `ExactReplies.about_months`."""
    verb = "is" if source.value == 1 else "are"
    value, _ = figure(target.value, decimals=1, places=1)
    said = f"about {value} {_unit(target.unit, target.value)}"
    return f"{capital(_amount(source))} {verb} {said}, because months have 28 to 31 days."


def amounts_compared(found: Sequence[Compared], asked: Relation) -> str:
    """See `ExactReplies.amounts_compared`."""
    relations = {it.relation for it in found}
    if len(relations) > 1:
        return f"That depends on the size that is meant. {_beside(found)}"
    relation = found[0].relation
    begins = "Yes" if relation == asked else "No"
    if relation == "equal":
        return f"{begins}, they are equal: {_lower(_beside(found[:1]))}"
    if found[0].same.unit == found[0].left[0].unit and len(found[0].left) == 1:
        return f"{begins}, {_amounts(found[0].left)} is {relation} than {_amounts(found[0].right)}."
    return f"{begins}, {_lower(_beside(found))}"


def extreme_amount(found: Sequence[Compared], word: str) -> str:
    """See `ExactReplies.extreme_amount`."""
    first = found[0]
    if len({it.relation for it in found}) > 1:
        return f"That depends on the size that is meant. {_beside(found)}"
    if first.relation == "equal":
        return f"They are equal: {_lower(_beside(found[:1]))}"
    if first.same.unit == first.left[0].unit and len(first.left) == 1:
        return f"{capital(_amounts(first.left))} is {word}."
    return f"{capital(_amounts(first.left))} is {word}. {_beside(found)}"


def amounts_differ(found: Sequence[Compared]) -> str:
    """See `ExactReplies.amounts_differ`."""
    said = []
    for it in found:
        if it.relation == "equal":
            said.append(f"{capital(_amounts(it.left))} and {_amounts(it.right)} are equal.")
            continue
        value, rounded = figure(abs(it.difference), decimals=3)
        about = f"{'about ' if rounded else ''}{value} {_unit(it.same.unit, abs(it.difference))}"
        said.append(f"{capital(_amounts(it.left))} is {about} {it.relation} than {_amounts(it.right)}.")
    return " ".join(said)


def fits(found: Sequence[tuple[Compared, Fraction]]) -> str:
    """See `ExactReplies.fits`."""
    said = []
    for it, count in found:
        times, rounded = figure(count)
        said.append(f"{capital(_amounts(it.left))} is {'about ' if rounded else ''}{times} times {_amounts(it.right)}.")
    return " ".join(said)


def gas_mark(mark: Fraction, celsius: int, fahrenheit: int) -> str:
    """See `ExactReplies.gas_mark`."""
    return f"Gas mark {_number(mark)} is about {celsius} degrees Celsius, or {fahrenheit} Fahrenheit."


def nearest_gas_mark(temperature: Amount, mark: Fraction) -> str:
    """See `ExactReplies.nearest_gas_mark`."""
    return f"{capital(_amount(temperature))} is about gas mark {_number(mark)}."


def no_gas_mark() -> str:
    """See `ExactReplies.no_gas_mark`."""
    return "Gas marks go from a quarter to 10, about 110 to 260 degrees Celsius."


def _beside(found: Sequence[Compared]) -> str:
    """The first quantity in the unit of the second."""
    return " ".join(_conversion(it.left, it.same, None) for it in found)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _amounts(amounts: Sequence[Amount]) -> str:
    return " ".join(_amount(it) for it in amounts)


def _conversion(source: Sequence[Amount], target: Amount, in_two: tuple[Amount, Amount] | None) -> str:
    text, rounded = figure(target.value, decimals=3)
    if target.unit in _DEGREES:
        text, rounded = figure(target.value, decimals=1, places=1)
    said = f"{text} {_unit(target.unit, target.value)}"
    if in_two is not None:
        whole, rest = in_two
        left, left_rounded = figure(rest.value, decimals=1, places=1)
        if left not in {"0", _full(rest.unit)}:
            said += f", or {_amount(whole)} {'and ' if not left_rounded else ''}{left} {_unit(rest.unit, rest.value)}"
    subject = _amounts(source)
    verb = "is" if len(source) > 1 or source[0].value <= 1 or source[0].unit not in _COUNTED else "are"
    return f"{capital(subject)} {verb} {'about ' if rounded else ''}{said}.{_NOTES.get(_kind(source, target), '')}"


_DEGREES: Final = frozenset({"celsius", "fahrenheit", "kelvin"})
_COUNTED: Final = frozenset({"day", "week", "month", "year", "hour", "decade"})
_NOTES: Final = {
    "year": " A leap year has a day more.",
    "bytes": " Counted in powers of two, it is 1,024.",
}


def _kind(source: Sequence[Amount], target: Amount) -> str:
    """What has to be said beside a conversion."""
    names = {source[0].unit, target.unit}
    if "year" in names and names & {"day", "hour", "minute", "second", "week"}:
        return "year"
    return "bytes" if target.value == 1000 and target.unit.endswith("byte") else ""  # noqa: PLR2004 - a step of the prefixes


def _full(unit: str) -> str:
    """So many of a smaller unit would be a whole of the larger one again."""
    return {"inch": "12", "pound": "14", "ounce": "16", "minute": "60", "second": "60", "hour": "24", "day": "7"}.get(
        unit, ""
    )


def _amount(amount: Amount) -> str:
    return f"{_number(amount.value)} {_unit(amount.unit, amount.value)}"


def _number(value: Fraction) -> str:
    text = figure(value)[0]
    return fraction(value) if value.denominator in {2, 3, 4, 8} and len(text) > 3 and fraction(value) else text  # noqa: PLR2004 - "0.25"


def _unit(unit: str, value: Fraction) -> str:
    one, more = NAMES[unit]
    return one if value == 1 or (0 < value < 1 and value.denominator in {2, 3, 4, 8}) else more
