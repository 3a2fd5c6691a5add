"""Areas, lengths around, diagonals and volumes of simple shapes, told in any order of words. Pure.

A text has a shape, what is asked of it, and its measures, with their names ("radius") or without ("3 by 4"); a table
has the formula for each shape and question.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.frames import calculate
from edge.nlu.en.exact.operands import Operand, operands
from edge.nlu.en.exact.tokens import NUMBER

_UNITS: Final = {
    "meter": "meters", "centimeter": "centimeters", "millimeter": "millimeters", "kilometer": "kilometers",
    "inch": "inches", "foot": "feet", "yard": "yards", "mile": "miles",
}  # fmt: skip
_ASKED: Final = tuple(
    (asked, re.compile(pattern))
    for asked, pattern in (
        ("hypotenuse", rf"\bhypotenuse\b(?! (?:of |is )?{NUMBER})|\blongest side\b"),
        ("diagonal", r"\bdiagonal\b"),
        ("surface", r"\bsurface\b"),
        ("around", (r"\b(?:perimeter|circumference|(?:distance|length|all the way|how (?:far|long)(?: is it)?) a?round"
                   r"|fenc(?:e|ing))\b")),
        ("volume", r"\b(?:volume|capacity|how many cubic|cubic)\b"),
        ("area", (r"\b(?:area|square footage|footage|size of an?|how (?:big|large) is|how many square|floor space"
                 r"|how much (?:wall|floor|space|carpet|ground|land|lawn|turf|glass|fabric|paper|tile))\b")),
    )
)  # fmt: skip
_SHAPES: Final = {
    **dict.fromkeys(("circle", "circular", "round", "disc", "disk", "wheel", "pizza"), "circle"),
    **dict.fromkeys(("sphere", "ball", "globe", "spherical"), "sphere"),
    **dict.fromkeys(("cylinder", "cylindrical", "can", "pipe"), "cylinder"),
    "cone": "cone", "triangle": "triangle", "triangular": "triangle", "square": "square", "cube": "cube",
}  # fmt: skip
_NAMED: Final = {
    "radius": "radius", "diameter": "diameter", "across": "diameter", "base": "base", "height": "height",
    "high": "height", "tall": "height", "deep": "height", "depth": "height", "width": "width", "wide": "width",
    "length": "length", "long": "length", "side": "side", "sides": "side", "edge": "side", "edges": "side",
    "leg": "side", "legs": "side", "thick": "height",
}  # fmt: skip
"""What a measure is called."""
_BEHIND: Final = frozenset({"across", "high", "tall", "deep", "wide", "long", "thick", "sides", "side", "edges", "edge",
                            "radius", "diameter"})  # fmt: skip
"""These names also stand behind their measure: "3 meters wide", "3 cm sides"."""
_BETWEEN: Final = frozenset({"of", "is", "a", "an", "the", "its", "are", "was"})
_KNOWN = """
    what what's whats is are was the a an of for with by times x and that that's which whose has have having
    measuring measures measure in its it my our their how much many big large does do i need to if where on each
    all same equal right angled angle square squared cubic meters feet yards inches centimeters millimeters
    kilometers miles area volume perimeter circumference surface hypotenuse diagonal capacity size footage floor
    space around round distance far third longest side , there i've we've got shaped rectangle rectangular room
    garden field wall rug carpet table plot lawn patio lot box sheet screen pool tank container cuboid aquarium
    bed kitchen bedroom fence fencing you it's total would be will could get along go way 3rd land ground turf
    glass fabric paper tile then
"""
_WORDS: Final = frozenset(_KNOWN.split())
_DETERMINERS: Final = frozenset({"a", "an", "the", "my", "our"})


def shape(said: str) -> Intent | None:
    """EdgeCalculate for a bare canonical text that asks for a size of a shape; None for others."""
    asked = next((it for it, pattern in _ASKED if pattern.search(said)), None)
    if asked is None:
        return None
    pieces = operands(said)
    words = [it.said for it in pieces if it.kind in {"word", "unit"}]
    kind = next((_SHAPES[it] for it in " ".join(words).split() if it in _SHAPES and not _is_power(it, said)), "")
    measures = _measures(pieces)
    if measures is None or not _understood(pieces, len(measures)):
        return None
    unit = _unit(pieces)
    if unit is None or not _is_unit_asked(said, unit):
        return None
    if asked == "hypotenuse":
        kind = "triangle"
    elif asked == "area" and len(measures) == 3 and not kind:  # noqa: PLR2004 - of which of its sides?
        return None
    return _answer(kind, asked, measures, unit)


def _is_power(word: str, said: str) -> bool:
    """Whether "square" is no shape but belongs to a unit, and "round" to what is asked."""
    behind = f"(?:footage|{'|'.join(_UNITS.values())}|{'|'.join(_UNITS)}|metres|centimetres)"
    return (word == "square" and re.search(rf"\bsquare {behind}\b", said) is not None) or (
        word == "round" and re.search(r"\b(?:way|distance|it|length) round\b", said) is not None
    )


def _measures(pieces: Sequence[Operand]) -> Sequence[tuple[str, str]] | None:
    """The names and numbers of what is told; None where one is no length."""
    found: list[tuple[str, str]] = []
    for at, it in enumerate(pieces):
        if it.kind not in {"amount", "number"}:
            continue
        number, _, unit = it.value.partition(" ")
        if it.kind == "amount" and (unit not in _UNITS or (number == "1" and not re.match(NUMBER, it.said))):
            return None
        if not re.fullmatch(NUMBER, number):
            return None
        found.append((_name(pieces, at), number))
    return found


def _name(pieces: Sequence[Operand], at: int) -> str:
    """What a measure is called by the words beside it; empty if nothing."""
    after = pieces[at + 1].said if at + 1 < len(pieces) else ""
    if after in _BEHIND:
        return _NAMED[after]
    before = at - 1
    while before >= 0 and pieces[before].said in _BETWEEN:
        before -= 1
    return _NAMED.get(pieces[before].said, "") if before >= 0 and pieces[before].said not in {"wide", "long"} else ""


def _unit(pieces: Sequence[Operand]) -> str | None:
    """The unit of all lengths, in the plural; empty if there is none, None where there are several."""
    units = {it.value.split()[1] for it in pieces if it.kind == "amount"}
    if len(units) > 1:
        return None
    return _UNITS[units.pop()] if units else ""


def _is_unit_asked(said: str, unit: str) -> bool:
    """Whether a unit that is asked for is that of the lengths: "how many square feet" of what is told in feet."""
    found = re.search(r"(?:how many|in) (?:square|cubic) (\w+)", said)
    if found is None:
        return True
    asked = found[1].replace("metre", "meter")
    return not unit or asked in {unit, unit.removesuffix("s")}


def _understood(pieces: Sequence[Operand], measures: int) -> bool:
    """Whether all words are those of such questions; a thing may have any name behind an article: "a poster"."""
    before = ""
    for it in pieces:
        known = it.kind in {"amount", "number"} or all(
            w in _WORDS or w in _SHAPES or w in _NAMED for w in it.said.replace("metre", "meter").split()
        )
        is_thing = measures > 1 and (before in _DETERMINERS or before in {"amount", "number"}) and it.kind == "word"
        if not known and not is_thing:
            return False
        before = it.kind if it.kind in {"amount", "number"} else it.said
    return True


def _answer(kind: str, asked: str, measures: Sequence[tuple[str, str]], unit: str) -> Intent | None:
    form = _formula(kind, asked, measures)
    if form is None:
        return None
    notation, said, power = form
    named = {1: unit, 2: f"square {unit}", 3: f"cubic {unit}"}[power] if unit else ""
    return calculate(notation, said, form="decimal", unit=named)


_ONE: Final[Mapping[tuple[str, str], tuple[str, str, int]]] = {
    ("circle", "area"): ("pi * {r}^2", "the area of the circle", 2),
    ("circle", "around"): ("2 * pi * {r}", "the circumference", 1),
    ("sphere", "volume"): ("4/3 * pi * {r}^3", "the volume of the sphere", 3),
    ("sphere", "surface"): ("4 * pi * {r}^2", "the surface of the sphere", 2),
    ("sphere", "around"): ("2 * pi * {r}", "the circumference", 1),
    ("square", "area"): ("{a}^2", "the area of the square", 2),
    ("square", "around"): ("4 * {a}", "the perimeter of the square", 1),
    ("square", "diagonal"): ("sqrt(2 * {a}^2)", "the diagonal of the square", 1),
    ("cube", "volume"): ("{a}^3", "the volume of the cube", 3),
    ("cube", "surface"): ("6 * {a}^2", "the surface of the cube", 2),
    ("cube", "diagonal"): ("sqrt(3 * {a}^2)", "the diagonal of the cube", 1),
}
"""Shapes with one measure: a radius, or a side."""
_TWO: Final[Mapping[tuple[str, str], tuple[str, str, int]]] = {
    ("", "area"): ("{a} * {b}", "the area", 2),
    ("", "around"): ("2 * ({a} + {b})", "the perimeter", 1),
    ("", "diagonal"): ("sqrt({a}^2 + {b}^2)", "the diagonal", 1),
    ("square", "area"): ("{a} * {b}", "the area", 2),
    ("triangle", "area"): ("{a} * {b} / 2", "the area of the triangle", 2),
    ("triangle", "hypotenuse"): ("sqrt({a}^2 + {b}^2)", "the hypotenuse", 1),
    ("cylinder", "volume"): ("pi * {r}^2 * {h}", "the volume of the cylinder", 3),
    ("cylinder", "surface"): ("2 * pi * {r} * ({r} + {h})", "the surface of the cylinder", 2),
    ("cone", "volume"): ("1/3 * pi * {r}^2 * {h}", "the volume of the cone", 3),
}
_THREE: Final[Mapping[tuple[str, str], tuple[str, str, int]]] = {
    ("", "volume"): ("{a} * {b} * {c}", "the volume", 3),
    ("", "surface"): ("2 * ({a} * {b} + {a} * {c} + {b} * {c})", "the surface", 2),
    ("triangle", "around"): ("{a} + {b} + {c}", "the perimeter of the triangle", 1),
}


def _formula(kind: str, asked: str, measures: Sequence[tuple[str, str]]) -> tuple[str, str, int] | None:
    table = {1: _ONE, 2: _TWO, 3: _THREE}.get(len(measures), {})
    if kind == "cube" and len(measures) == 3:  # noqa: PLR2004 - "a cube 3 by 3 by 3"
        kind = ""
    form = table.get((kind, asked))
    if form is None:
        return None
    notation, said, power = form
    names = [name for name, _ in measures]
    letters = dict(zip("abc", (number for _, number in measures), strict=False))
    if "{r}" in notation:
        across = next((at for at, name in enumerate(names) if name in {"radius", "diameter"}), None)
        if across is None:
            return None
        number = measures[across][1]
        letters["r"] = number if names[across] == "radius" else f"({number} / 2)"
        letters["h"] = next((number for at, (_, number) in enumerate(measures) if at != across), "")
    elif {"radius", "diameter"} & set(names):
        return None
    return notation.format(**letters), said, power
