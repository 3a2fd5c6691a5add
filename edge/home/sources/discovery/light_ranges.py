"""The ranges of lights of all schemas."""

from typing import Final

from edge.home.model import Range
from edge.home.sources.discovery.config import Config, refused

_KELVIN: Final = (2000, 6535)
"""The range where the device names none: 500 to 153 mireds."""


def kelvin_range(config: Config) -> Range:
    """The colour temperatures of a light, from mireds or kelvin."""
    low = config.number("min_kelvin", _KELVIN[0])
    high = config.number("max_kelvin", _KELVIN[1])
    if config.has("max_mireds"):
        low = int(1_000_000 / max(1.0, config.number("max_mireds", 1)))
    if config.has("min_mireds"):
        high = int(1_000_000 / max(1.0, config.number("min_mireds", 1)))
    if not 1 <= low <= high:
        raise refused("the range of the colour temperature is empty")
    return Range(low, high, unit="K")


def brightness_scale(config: Config) -> float:
    """The brightest value on the wire."""
    scale = config.number("brightness_scale", 255)
    if scale < 1:
        raise refused("'brightness_scale' must be at least 1")
    return scale
