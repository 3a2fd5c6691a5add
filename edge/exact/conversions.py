"""Answers conversions between units, and what gas marks mean."""

from fractions import Fraction
from typing import Final

from edge.events import Intent
from edge.exact.expression import number_of
from edge.exact.units import UNITS, convert, gas_mark_temperature, measures, nearest_gas_mark
from edge.nlu.exact_replies import Amount, ExactReplies

_SMALLER: Final = {
    "foot": "inch",
    "stone": "pound",
    "pound": "ounce",
    "hour": "minute",
    "minute": "second",
    "day": "hour",
    "week": "day",
}
"""What is left over of a unit is also said in a smaller one."""
_TEMPERATURES: Final = {"fahrenheit": "celsius", "celsius": "fahrenheit", "kelvin": "celsius"}
"""Which degrees are meant by those that were not named."""


def answer_conversion(intent: Intent, replies: ExactReplies, country: str | None) -> str:
    """EdgeConvert: `quantity` ("5 foot + 11 inch") in `unit`."""
    quantity, unit = read_quantity(str(intent.slots["quantity"])), str(intent.slots["unit"])
    if unit in _TEMPERATURES:
        quantity = [(amount, _TEMPERATURES[unit] if name == "degree" else name) for amount, name in quantity]
    if unit == "degree" and quantity[0][1] in _TEMPERATURES:
        unit = _TEMPERATURES[quantity[0][1]]
    if not _possible(quantity):
        return replies.no_answer("not-real")
    found = convert(quantity, unit, country)
    source = [Amount(amount, name) for amount, name in quantity]
    if not found:
        months = {measures(unit), measures(quantity[0][1])} == {"time", "months"}
        if months:
            return _months(quantity, unit, replies)
        return replies.different_measures(quantity[0][1], measures(quantity[0][1]) or "", unit, measures(unit) or "")
    if len(quantity) == 1:
        amount = quantity[0][0]
        return replies.converted(
            [([Amount(amount, it.source)], Amount(it.value, it.target), _in_two(it.value, it.target)) for it in found]
        )
    return replies.converted([(source, Amount(it.value, it.target), _in_two(it.value, it.target)) for it in found])


def answer_gas_mark(intent: Intent, replies: ExactReplies) -> str:
    """EdgeGasMark: the temperature of `mark` in `unit`, or the mark of a temperature `quantity`."""
    if "mark" in intent.slots:
        mark = number_of(str(intent.slots["mark"]))
        found = gas_mark_temperature(mark)
        return replies.no_gas_mark() if found is None else replies.gas_mark(mark, *found)
    quantity = [
        (amount, ("fahrenheit" if amount > 270 else "celsius") if name == "degree" else name)  # noqa: PLR2004 - no oven is hotter
        for amount, name in read_quantity(str(intent.slots["quantity"]))
    ]
    temperature = convert(quantity, "celsius", None)
    nearest = nearest_gas_mark(temperature[0].value) if temperature else None
    return replies.no_gas_mark() if nearest is None else replies.nearest_gas_mark(Amount(*quantity[0]), nearest)


def read_quantity(quantity: str) -> list[tuple[Fraction, str]]:
    """The amounts and units of a quantity such as "5 foot + 11 inch"."""
    parts = [it.split() for it in quantity.split(" + ")]
    return [(-number_of(amount[1:]) if amount.startswith("-") else number_of(amount), name) for amount, name in parts]


def _possible(quantity: list[tuple[Fraction, str]]) -> bool:
    """Nothing is colder than absolute zero."""
    amount, name = quantity[0]
    unit = UNITS.get(("temperature", name))
    return unit is None or amount * unit.factor + unit.zero >= 0


def _in_two(value: Fraction, unit: str) -> tuple[Amount, Amount] | None:
    """A value as whole units and the rest in smaller ones; None where that says no more."""
    smaller = _SMALLER.get(unit)
    whole, rest = divmod(value, 1)
    if smaller is None or not whole or not rest or whole >= 1000:  # noqa: PLR2004 - then the rest does not matter
        return None
    left = convert([(rest, unit)], smaller, None)[0].value
    return Amount(Fraction(whole), unit), Amount(left, smaller)


def _months(quantity: list[tuple[Fraction, str]], unit: str, replies: ExactReplies) -> str:
    """Between months and days, which have no exact ratio, with the mean length of a month."""
    amount, name = quantity[0]
    days_a_month = Fraction(146097, 4800)
    if measures(name) == "months":
        in_days = convert(quantity, "month", None)[0].value * days_a_month
        value = convert([(in_days, "day")], unit, None)[0].value
    else:
        value = convert([(convert(quantity, "day", None)[0].value / days_a_month, "month")], unit, None)[0].value
    return replies.about_months(Amount(amount, name), Amount(value, unit))
