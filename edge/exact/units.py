"""Units of measure as exact factors, and conversions between them. Pure.

The factors are definitions: the international yard and pound of 1959, the SI brochure (9th edition), the gallons of the
United States (231 cubic inches) and the United Kingdom (4.54609 liters), the thermochemical calorie, the mean Gregorian
month.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, how much of the base unit it is, and where its zero lies in the base unit.

    `inverse`: more of it is less of what is measured, as with liters per 100 kilometers.
    """

    measures: str
    factor: Fraction
    zero: Fraction = Fraction(0)
    inverse: bool = False


_TABLE: Final = {
    "length": """
        meter 1, kilometer 1000, decimeter 0.1, centimeter 0.01, millimeter 0.001, micrometer 0.000001,
        nanometer 0.000000001, inch 0.0254, foot 0.3048, yard 0.9144, mile 1609.344, nautical-mile 1852,
        furlong 201.168, fathom 1.8288, hand 0.1016, light-year 9460730472580800, astronomical-unit 149597870700
    """,
    "area": """
        square-meter 1, square-kilometer 1000000, square-centimeter 0.0001, square-millimeter 0.000001, hectare 10000,
        acre 4046.8564224, square-foot 0.09290304, square-inch 0.00064516, square-yard 0.83612736,
        square-mile 2589988.110336
    """,
    "volume": """
        liter 1, milliliter 0.001, centiliter 0.01, deciliter 0.1, hectoliter 100, cubic-meter 1000,
        cubic-centimeter 0.001, cubic-inch 0.016387064, cubic-foot 28.316846592, cubic-yard 764.554857984,
        us-gallon 3.785411784,
        us-quart 0.946352946, us-pint 0.473176473, us-cup 0.2365882365, us-fluid-ounce 0.0295735295625,
        us-tablespoon 0.01478676478125, us-teaspoon 0.00492892159375, uk-gallon 4.54609, uk-quart 1.1365225,
        uk-pint 0.56826125, uk-fluid-ounce 0.0284130625, metric-cup 0.25, metric-tablespoon 0.015,
        metric-teaspoon 0.005,
        barrel 158.987294928
    """,
    "weight": """
        kilogram 1, gram 0.001, milligram 0.000001, microgram 0.000000001, tonne 1000, pound 0.45359237,
        ounce 0.028349523125, stone 6.35029318, us-ton 907.18474, uk-ton 1016.0469088, carat 0.0002, grain 0.00006479891
    """,
    "time": """
        second 1, millisecond 0.001, microsecond 0.000001, nanosecond 0.000000001, minute 60, hour 3600, day 86400,
        week 604800, fortnight 1209600, year 31536000, leap-year 31622400
    """,
    "months": "month 1, quarter 3, year 12, decade 120, century 1200, millennium 12000",
    "speed": "meter-per-second 1, kilometer-per-hour 5/18, mile-per-hour 0.44704, knot 463/900, foot-per-second 0.3048",
    "data": """
        byte 1, bit 1/8, kilobyte 1000, megabyte 1000000, gigabyte 1000000000, terabyte 1000000000000,
        petabyte 1000000000000000, kilobit 125, megabit 125000, gigabit 125000000, terabit 125000000000, kibibyte 1024,
        mebibyte 1048576, gibibyte 1073741824, tebibyte 1099511627776
    """,
    "energy": """
        joule 1, kilojoule 1000, megajoule 1000000, calorie 4.184, kilocalorie 4184, watt-hour 3600,
        kilowatt-hour 3600000,
        btu 1055.05585262
    """,
    "power": "watt 1, kilowatt 1000, megawatt 1000000, gigawatt 1000000000, horsepower 745.69987158227022",
    "pressure": """
        pascal 1, hectopascal 100, kilopascal 1000, bar 100000, millibar 100, atmosphere 101325,
        psi 6894.757293168361, millimeter-of-mercury 133.322387415
    """,
    "angle": "degree-of-arc 1, radian 180/3.14159265358979323846, turn 360",
    "frequency": "hertz 1, kilohertz 1000, megahertz 1000000, gigahertz 1000000000",
    "fuel": "kilometer-per-liter 1, mile-per-us-gallon 0.425143707430272, mile-per-uk-gallon 0.354006189934647",
}


def _factor(written: str) -> Fraction:
    above, _, below = written.partition("/")
    return Fraction(above) / Fraction(below or "1")


UNITS: Final[Mapping[tuple[str, str], Unit]] = {
    **{
        (measure, name): Unit(measure, _factor(written))
        for measure, rows in _TABLE.items()
        for name, written in (row.split() for row in rows.split(","))
    },
    ("temperature", "kelvin"): Unit("temperature", Fraction(1)),
    ("temperature", "celsius"): Unit("temperature", Fraction(1), Fraction("273.15")),
    ("temperature", "fahrenheit"): Unit(
        "temperature", Fraction(5, 9), Fraction("255.372222222222") + Fraction(2, 9 * 10**12)
    ),
    ("fuel", "liter-per-100-kilometers"): Unit("fuel", Fraction(100), inverse=True),
}
"""By what they measure and their name: a year is 12 months, and 365 days where no leap year is meant."""

_SYSTEMS: Final[Mapping[str, tuple[str, str]]] = {
    **{it: (f"us-{it}", f"uk-{it}") for it in ("gallon", "quart", "pint", "fluid-ounce", "ton")},
    "cup": ("us-cup", "metric-cup"),
    "tablespoon": ("us-tablespoon", "metric-tablespoon"),
    "teaspoon": ("us-teaspoon", "metric-teaspoon"),
    "mile-per-gallon": ("mile-per-us-gallon", "mile-per-uk-gallon"),
}
"""Units with one name and two sizes: those of the United States, and those of the rest of the world."""

_ALSO: Final = {"ounce": "fluid-ounce", "degree": "degree-of-arc"}
"""What a word may mean beside another thing."""

_AMERICAN: Final = frozenset({"US", "LR", "PR"})


@dataclass(frozen=True, slots=True)
class Converted:
    """A quantity in another unit; `source` and `target` are names with their system, where that matters."""

    value: Fraction
    source: str
    target: str


def convert(quantity: list[tuple[Fraction, str]], target: str, country: str | None) -> list[Converted]:
    """A quantity of one or more units ("5 feet, 11 inches") in `target`; several results if its units have two sizes.

    Empty if the units measure different things. `country` is an ISO 3166 code, None if it is unknown.
    """
    found: list[Converted] = []
    systems = (0, 1) if country is None else (0,) if country in _AMERICAN else (1,)
    for system in systems:
        for measure in _MEASURES:
            parts = [(amount, _named(name, system, measure)) for amount, name in quantity]
            to = _named(target, system, measure)
            if to is None or any(name is None for _, name in parts):
                continue
            value = _from_base(
                sum((_to_base(amount, UNITS[measure, name or ""]) for amount, name in parts), Fraction(0)),
                UNITS[measure, to],
            )
            if value is not None:
                found.append(Converted(value, parts[0][1] or "", to))
            break
    same = len({it.value for it in found}) == 1
    if same:
        generic = Converted(found[0].value, quantity[0][1], target)
        return [generic if {generic.source, generic.target} & _SYSTEMS.keys() and len(found) > 1 else found[0]]
    return found


def measures(name: str) -> str | None:
    """What a unit measures; None if there is no such unit."""
    return next((measure for measure in _MEASURES if _named(name, 0, measure)), None)


_MEASURES: Final = (*_TABLE, "temperature")


def _named(name: str, system: int, measure: str) -> str | None:
    """The name of a unit in one system if it measures that."""
    for it in (name, _ALSO.get(name, name)):
        one = _SYSTEMS[it][system] if it in _SYSTEMS else it
        if (measure, one) in UNITS:
            return one
    return None


def _to_base(amount: Fraction, unit: Unit) -> Fraction:
    if unit.inverse:
        return unit.factor / amount if amount else Fraction(0)
    return amount * unit.factor + unit.zero


def _from_base(value: Fraction, unit: Unit) -> Fraction | None:
    if unit.inverse:
        return unit.factor / value if value else None
    return (value - unit.zero) / unit.factor


_GAS_MARKS: Final = {
    Fraction(1, 4): (110, 225), Fraction(1, 2): (120, 250), Fraction(1): (140, 275), Fraction(2): (150, 300),
    Fraction(3): (160, 325), Fraction(4): (180, 350), Fraction(5): (190, 375), Fraction(6): (200, 400),
    Fraction(7): (220, 425), Fraction(8): (230, 450), Fraction(9): (240, 475), Fraction(10): (260, 500),
}  # fmt: skip
"""Gas marks, and the oven temperatures that cookbooks give for them in degrees Celsius and Fahrenheit."""


def gas_mark_temperature(mark: Fraction) -> tuple[int, int] | None:
    """The oven temperature of a gas mark, in degrees Celsius and Fahrenheit; None if there is no such mark."""
    return _GAS_MARKS.get(mark)


def nearest_gas_mark(celsius: Fraction) -> Fraction | None:
    """The gas mark nearest to an oven temperature; None for temperatures that no oven has."""
    known = [temperature for temperature, _ in _GAS_MARKS.values()]
    if not min(known) - 10 <= celsius <= max(known) + 10:
        return None
    return min(_GAS_MARKS, key=lambda mark: abs(_GAS_MARKS[mark][0] - celsius))
