"""Areas, circumferences and volumes of simple shapes. Pure."""

import re
from collections.abc import Callable
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import Frame, calculate, frame, part
from edge.nlu.en.exact.parts import Part, in_brackets
from edge.nlu.en.exact.tokens import NUMBER

_UNITS: Final = {
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), "meters"),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), "centimeters"),
    **dict.fromkeys(("mm", "millimeter", "millimeters", "millimetre", "millimetres"), "millimeters"),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), "kilometers"),
    **dict.fromkeys(("in", "inch", "inches"), "inches"),
    **dict.fromkeys(("ft", "foot", "feet"), "feet"),
    **dict.fromkeys(("yd", "yard", "yards"), "yards"),
    **dict.fromkeys(("mi", "mile", "miles"), "miles"),
}
_UNIT = rf"(?: (?P<unit>{'|'.join(_UNITS)}))?"
_ANY_UNIT = rf"(?: (?:{'|'.join(_UNITS)}))?"
_SIZED = (
    r"(?: (?:with|of|that is|that's|which is|whose|measuring|having|by|has))*(?: (?:an?|the|its|is|sides?"
    r"|length|size))*"
)


def _n(name: str) -> str:
    return rf"(?P<{name}>{NUMBER})"


def _radius(match: re.Match[str]) -> Part:
    value = part(match["value"])
    if match["measure"] == "diameter":
        return Part(f"({in_brackets(value)} / 2)", value.said, simple=True)
    return value


def _shape(said: str, power: int, notation: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], Intent | None]:
    """The intent of a size; `power` is that of its unit, `said` its name."""

    def build(match: re.Match[str]) -> Intent:
        unit = _UNITS.get(match.groupdict().get("unit") or "", "")
        named = {1: unit, 2: f"square {unit}", 3: f"cubic {unit}"}[power] if unit else ""
        return calculate(notation(match), said, form="decimal", unit=named)

    return build


def _round(said: str, power: int, form: str) -> Callable[[re.Match[str]], Intent | None]:
    return _shape(said, power, lambda m: form.format(_radius(m).notation))


_SIDES = (
    rf"{_n('a')}{_ANY_UNIT}(?: (?:wide|long))? (?:by|times|x|and|with|,)(?: an? )?(?: ?(?:width|height"
    rf"|length))?(?: ?of)? ?{_n('b')}{_UNIT}(?: (?:wide|long|high))?"
)
_ROUND = (
    rf"(?:with |of |that has |whose |and )?(?:an? |the |its )?(?P<measure>radius|diameter)(?: of| is|)"
    rf" {_n('value')}{_UNIT}"
)
_RECTANGLE = (
    r"(?:rectangle|room|floor|garden|field|wall|rug|carpet|table|plot|lawn|rectangular \w+|patio|lot"
    r"|area|box|sheet|screen)"
)
_OF = r"(?:the )?"

SHAPES: Final[tuple[Frame, ...]] = (
    frame(
        rf"{_OF}area of an? (?:circle|round \w+|disc|disk) {_ROUND}", _round("the area of the circle", 2, "pi * {}^2")
    ),
    frame(
        rf"{_OF}(?:circumference|perimeter) of an? (?:circle|round \w+|wheel) {_ROUND}",
        _round("the circumference", 1, "2 * pi * {}"),
    ),
    frame(rf"{_OF}volume of an? (?:sphere|ball) {_ROUND}", _round("the volume of the sphere", 3, "4/3 * pi * {}^3")),
    frame(
        rf"{_OF}surface(?: area)? of an? (?:sphere|ball) {_ROUND}",
        _round("the surface of the sphere", 2, "4 * pi * {}^2"),
    ),
    frame(
        rf"{_OF}volume of an? cylinder {_ROUND} and (?:an? )?(?:height|length)(?: of)? {_n('h')}{_ANY_UNIT}",
        _shape("the volume of the cylinder", 3, lambda m: f"pi * {_radius(m).notation}^2 * {m['h']}"),
    ),
    frame(
        rf"{_OF}volume of an? cone {_ROUND} and (?:an? )?height(?: of)? {_n('h')}{_ANY_UNIT}",
        _shape("the volume of the cone", 3, lambda m: f"1/3 * pi * {_radius(m).notation}^2 * {m['h']}"),
    ),
    frame(
        rf"{_OF}(?:area|square footage|size) of an? {_RECTANGLE}{_SIZED} {_SIDES}",
        _shape("the area", 2, lambda m: f"{m['a']} * {m['b']}"),
    ),
    frame(
        rf"(?:{_OF}area of|how many square (?:feet|meters|metres|yards) (?:is|are)(?: in)?|how big is) an?"
        rf" {_SIDES} {_RECTANGLE}",
        _shape("the area", 2, lambda m: f"{m['a']} * {m['b']}"),
    ),
    frame(
        rf"{_OF}perimeter of an? {_RECTANGLE}{_SIZED} {_SIDES}",
        _shape("the perimeter", 1, lambda m: f"2 * ({m['a']} + {m['b']})"),
    ),
    frame(
        rf"{_OF}area of an? square{_SIZED}(?: of)? {_n('a')}{_UNIT}",
        _shape("the area of the square", 2, lambda m: f"{m['a']}^2"),
    ),
    frame(
        rf"{_OF}perimeter of an? square{_SIZED}(?: of)? {_n('a')}{_UNIT}",
        _shape("the perimeter of the square", 1, lambda m: f"4 * {m['a']}"),
    ),
    frame(
        rf"{_OF}area of an? triangle{_SIZED}(?: base(?: of)?)? {_n('a')}{_ANY_UNIT} (?:and|by)(?: an?)?(?:"
        rf" height(?: of)?)?"
        rf" {_n('b')}{_UNIT}",
        _shape("the area of the triangle", 2, lambda m: f"{m['a']} * {m['b']} / 2"),
    ),
    frame(
        rf"{_OF}volume of an? cube{_SIZED}(?: of)? {_n('a')}{_UNIT}",
        _shape("the volume of the cube", 3, lambda m: f"{m['a']}^3"),
    ),
    frame(
        rf"{_OF}(?:volume|capacity) of an? (?:box|room|cuboid|tank|container|\w+){_SIZED} {_n('a')}{_ANY_UNIT}"
        rf" (?:by|times|x|,)"
        rf" {_n('b')}{_ANY_UNIT} (?:by|times|x|and|,) {_n('c')}{_UNIT}",
        _shape("the volume", 3, lambda m: f"{m['a']} * {m['b']} * {m['c']}"),
    ),
    frame(
        rf"{_OF}hypotenuse (?:of|for) (?:an? )?(?:right(?: angled?)? )?(?:triangle )?(?:with |of )?(?:sides "
        rf"|legs )?(?:of )?"
        rf"{_n('a')}{_ANY_UNIT} (?:and|by) {_n('b')}{_UNIT}",
        _shape("the hypotenuse", 1, lambda m: f"sqrt({m['a']}^2 + {m['b']}^2)"),
    ),
)
