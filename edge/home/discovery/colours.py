"""Colours in the notations of lights: RGB, hue and saturation, CIE xy; and colour temperatures in mireds."""

import colorsys
from collections.abc import Mapping
from typing import Any

from edge.home.discovery.parts import number
from edge.home.model import Colour, Value


def mireds(kelvin: Value) -> int:
    """A colour temperature in mireds (one million divided by kelvin)."""
    return round(1_000_000 / float(kelvin))  # type: ignore[arg-type]  # a number: `accepts` is a range


def kelvin_of(value: float | None, *, kelvin: bool) -> float | None:
    """Kelvin of a state in mireds, or in kelvin where the device says so; None if it is none."""
    if value is None or value <= 0:
        return None
    return value if kelvin else 1_000_000 / value


def rgb(colour: Value) -> dict[str, int]:
    """The variables `red`, `green` and `blue` of a template."""
    red, green, blue = colour if isinstance(colour, tuple) else (0, 0, 0)
    return {"red": red, "green": green, "blue": blue}


def rgb_text(colour: Value) -> str:
    """The colour as "255,0,0"."""
    return ",".join(map(str, rgb(colour).values()))


def hs(colour: Value) -> tuple[float, float]:
    """Hue in degrees and saturation in percent."""
    red, green, blue = (part / 255 for part in rgb(colour).values())
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return round(hue * 360, 3), round(saturation * 100, 3)


def hs_text(colour: Value) -> str:
    """The colour as "hue,saturation"."""
    return ",".join(map(str, hs(colour)))


def xy_of(colour: Value) -> tuple[float, float]:
    """CIE 1931 coordinates, from the primaries of sRGB (IEC 61966-2-1), as Hue lights take them."""
    red, green, blue = (_linear(part / 255) for part in rgb(colour).values())
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    total = x + y + z
    return (round(x / total, 4), round(y / total, 4)) if total else (0.3127, 0.329)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the curve of sRGB


def xy_text(colour: Value) -> str:
    """The colour as "x,y"."""
    return ",".join(map(str, xy_of(colour)))


def colour_json(colour: Colour, mode: str) -> dict[str, float]:
    """The colour as the object of `schema: json`, in one of its colour modes."""
    match mode:
        case "hs":
            return dict(zip("hs", hs(colour), strict=True))
        case "xy":
            return dict(zip("xy", xy_of(colour), strict=True))
        case "rgbw":
            return {**dict(zip("rgb", colour, strict=True)), "w": 0}
        case "rgbww":
            return {**dict(zip("rgb", colour, strict=True)), "c": 0, "w": 0}
        case _:
            return dict(zip("rgb", colour, strict=True))


def colour_of(colour: Mapping[str, Any]) -> Colour | None:
    """The colour of a state in RGB, hue and saturation, or CIE xy."""
    parts = [colour.get(key) for key in "rgb"]
    if all(isinstance(part, int | float) for part in parts):
        red, green, blue = (min(255, max(0, round(float(part or 0)))) for part in parts)
        return red, green, blue
    hue, saturation = colour.get("h"), colour.get("s")
    if isinstance(hue, int | float) and isinstance(saturation, int | float):
        red, green, blue = (round(part * 255) for part in colorsys.hsv_to_rgb(hue % 360 / 360, saturation / 100, 1))
        return red, green, blue
    x, y = colour.get("x"), colour.get("y")
    if isinstance(x, int | float) and isinstance(y, int | float) and 0 < y <= 1 and 0 <= x <= 1:
        return _of_xy(float(x), float(y))
    return None


def _of_xy(x: float, y: float) -> Colour:
    """The brightest colour of sRGB with these coordinates; what sRGB cannot show is cut off."""
    big_x, big_z = x / y, (1 - x - y) / y
    linear = (
        3.2406 * big_x - 1.5372 - 0.4986 * big_z,
        -0.9689 * big_x + 1.8758 + 0.0415 * big_z,
        0.0557 * big_x - 0.2040 + 1.0570 * big_z,
    )
    top = max(*linear, 1e-6)
    red, green, blue = (round(255 * _gamma(max(0.0, part / top))) for part in linear)
    return red, green, blue


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 - the curve of sRGB


def colour_text(text: str) -> Colour | None:
    """Reads "255,0,0"; None if it is no colour."""
    parts = [number(part) for part in text.split(",")]
    if len(parts) < 3 or any(part is None for part in parts[:3]):  # noqa: PLR2004 - red, green, blue
        return None
    red, green, blue = (min(255, max(0, round(part or 0))) for part in parts[:3])
    return red, green, blue
