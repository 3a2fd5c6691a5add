"""Colours in the notations of lights: RGB with white parts, hue and saturation, CIE xy; temperatures in mireds."""

import colorsys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from edge.home.model import Colour, Value
from edge.home.sources.discovery.parts import finite

WHITE: Final[Colour] = (255, 255, 255)

MODES: Final = ("rgb", "rgbw", "rgbww", "hs", "xy")
"""The notations of a colour, the best one first."""


def mireds(kelvin: Value) -> int:
    """A colour temperature in mireds (one million divided by kelvin), rounded down as lights name their ranges."""
    return int(1_000_000 / float(kelvin) + 1e-6)  # type: ignore[arg-type]  # a number: `accepts` is a range


def kelvin_of(value: float | None, *, kelvin: bool) -> float | None:
    """Kelvin of a state in mireds, or in kelvin where the device says so; None if it is none."""
    if value is None or value < 1:
        return None
    return value if kelvin else 1_000_000 / value


def rgb(colour: Value) -> Colour:
    """The value of the feature COLOUR."""
    return colour if isinstance(colour, tuple) else WHITE


def dimmed(colour: Colour, percent: float) -> Colour:
    """The colour with this share of its brightness."""
    red, green, blue = (int(part * percent / 100 + 1e-6) for part in colour)
    return red, green, blue


def parts_of(colour: Colour, mode: str) -> tuple[float, ...]:
    """The numbers of a colour in one of the `MODES`. What is white in it goes to the white lights."""
    match mode:
        case "hs":
            return _hs(colour)
        case "xy":
            return _xy(colour)
        case "rgbw" | "rgbww":
            white = min(colour)
            rest = [part - white for part in colour]
            return (*rest, *([white] * (len(mode) - 3)))
        case _:
            return colour


def _hs(colour: Colour) -> tuple[float, float]:
    """Hue in degrees and saturation in percent."""
    red, green, blue = (part / 255 for part in colour)
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return round(hue * 360, 3), round(saturation * 100, 3)


def _xy(colour: Colour) -> tuple[float, float]:
    """CIE 1931 coordinates, from the primaries of sRGB (IEC 61966-2-1), as Hue lights take them."""
    red, green, blue = (_linear(part / 255) for part in colour)
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    total = x + y + z
    return (round(x / total, 4), round(y / total, 4)) if total else (0.3127, 0.329)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the curve of sRGB


def _of_xy(x: float, y: float) -> Colour | None:
    """The brightest colour of sRGB with these coordinates; None if they are none."""
    if not (0 < x < 1 and 0 < y < 1 and x + y <= 1):
        return None
    across, deep = x / y, (1 - x - y) / y
    linear = (
        3.2406 * across - 1.5372 - 0.4986 * deep,
        -0.9689 * across + 1.8758 + 0.0415 * deep,
        0.0557 * across - 0.2040 + 1.0570 * deep,
    )
    brightest = max(linear)
    red, green, blue = (round(255 * _curved(max(0.0, part / brightest))) for part in linear)
    return red, green, blue


def _curved(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - see `_linear`


def of_parts(parts: Sequence[float | None], mode: str) -> Colour | None:
    """The colour of numbers in one of the `MODES`; None if they are none."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or len(known) < (2 if mode in {"hs", "xy"} else 3):
        return None
    if mode == "xy":
        return _of_xy(known[0], known[1])
    if mode == "hs":
        mixed = colorsys.hsv_to_rgb(known[0] % 360 / 360, min(1.0, max(0.0, known[1] / 100)), 1)
        red, green, blue = (round(part * 255) for part in mixed)
        return red, green, blue
    white = max(known[3:], default=0)
    red, green, blue = (min(255, max(0, round(part + white))) for part in known[:3])
    return red, green, blue


_KEYS: Final = {"rgb": "rgb", "rgbw": "rgbw", "rgbww": "rgbcw", "hs": "hs", "xy": "xy"}


def colour_json(colour: Colour, mode: str) -> dict[str, float]:
    """The colour as the object of `schema: json`."""
    return dict(zip(_KEYS[mode], parts_of(colour, mode), strict=True))


def of_json(colour: Mapping[str, Any]) -> Colour | None:
    """The colour of a state in the first notation that is there."""
    for mode in ("rgb", "hs", "xy"):
        if all(key in colour for key in mode):
            return of_parts([finite(colour[key]) for key in mode], mode)
    return None


def of_text(text: str, mode: str) -> Colour | None:
    """Reads "255,0,0"; None if it is no colour."""
    return of_parts([finite(part) for part in text.split(",")], mode)
