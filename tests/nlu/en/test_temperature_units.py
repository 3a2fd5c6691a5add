"""The unit that a temperature is said in."""

import pytest

from edge.nlu.en.temperature_units import temperature_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("set the radiator to 68 degrees Fahrenheit", "°F"),
        ("Set it to 68°F.", "°F"),
        ("68 ºF please", "°F"),
        ("68 degrees F", "°F"),
        ("set it to 20 ℃", "°C"),
        ("set it to 20 celsius", "°C"),
        ("20 degrees centigrade", "°C"),
        ("20 degrees c", "°C"),
        ("set the radiator to 20 degrees", ""),
        ("turn on fan f and lamp c", ""),
        ("is 20 celsius more than 60 fahrenheit", ""),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert temperature_unit(text) == unit
