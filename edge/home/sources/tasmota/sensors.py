"""The sensors and switches of a Tasmota device, from `tasmota/discovery/<MAC>/sensors` and `/config`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from edge.home.model import Entity, Feature, Reading, Value
from edge.home.sources.discovery.parts import finite, text_of
from edge.home.sources.tasmota.device import MAX_TEXT, Device, object_of

_MAX_SENSORS: Final = 100
_NO_SENSORS: Final = frozenset({"Time", "PN532", "RDM6300"})

_QUANTITIES: Final[Mapping[str, tuple[str, str]]] = {
    "Ambient": ("illuminance", "lx"),
    "ApparentPower": ("apparent_power", "VA"),
    "Battery": ("battery", "%"),
    "CarbonDioxide": ("carbon_dioxide", "ppm"),
    "Current": ("current", "A"),
    "DewPoint": ("temperature", "TempUnit"),
    "Distance": ("distance", "cm"),
    "eCO2": ("carbon_dioxide", "ppm"),
    "Energy": ("energy", "kWh"),
    "Factor": ("power_factor", ""),
    "Frequency": ("frequency", "Hz"),
    "Humidity": ("humidity", "%"),
    "Illuminance": ("illuminance", "lx"),
    "Moisture": ("moisture", "%"),
    "PM1": ("pm1", "µg/m³"),
    "PM10": ("pm10", "µg/m³"),
    "PM2.5": ("pm25", "µg/m³"),
    "Power": ("power", "W"),
    "Pressure": ("pressure", "PressureUnit"),
    "ReactivePower": ("reactive_power", "var"),
    "SeaPressure": ("pressure", "PressureUnit"),
    "Speed": ("wind_speed", "SpeedUnit"),
    "Temperature": ("temperature", "TempUnit"),
    "Today": ("energy", "kWh"),
    "Total": ("energy", "kWh"),
    "TVOC": ("volatile_organic_compounds_parts", "ppb"),
    "Voltage": ("voltage", "V"),
    "Weight": ("weight", "kg"),
    "Yesterday": ("energy", "kWh"),
}
"""The quantities that people ask for: class and unit, or the key of the unit in the message."""

_UNITS: Final = {"C": "°C", "F": "°F", "hPa": "hPa", "mmHg": "mmHg", "inHg": "inHg", "m/s": "m/s", "km/h": "km/h"}
_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")

_SWITCH_MODES: Final = frozenset({1, 2, 3, 4, 5, 6, 9, 10, 13, 14, 15, 16})
"""The modes (`swc`) of a switch that has a state; the others are buttons."""
_PULSES: Final = frozenset({13, 14})
_PULSE_S: Final = 1.0

Path = tuple[str | int, ...]


def sensors(device: Device, message: Mapping[str, Any]) -> Iterator[Entity]:
    """The measurements of a `sensors` message."""
    found = message.get("sn")
    paths = list(_paths(found))[:_MAX_SENSORS] if isinstance(found, dict) else []
    times = Counter(_label(path) for path in paths)
    for path in paths:
        quantity = _quantity(path)
        device_class, unit = _QUANTITIES.get(quantity, ("", ""))
        label = _label(path)
        name = label if times[label] == 1 else " ".join(str(part) for part in path)
        given = found.get(unit) if isinstance(found, dict) else None
        yield device.entity(
            "sensor",
            "sensor_" + "_".join(str(part) for part in path),
            name[:MAX_TEXT],
            (Reading(device.sensor, _decoder(path, numeric=bool(device_class))),),
            device_class=device_class,
            unit=_UNITS.get(str(given), "") if unit.endswith("Unit") else unit,
            spoken=bool(device_class),
        )


def _paths(found: Mapping[str, Any]) -> Iterator[Path]:
    """Where the values are: "DHT11" "Temperature"; "ENERGY" "Power" 0; "TX23" "Speed" "Act"."""
    for sensor, values in found.items():
        if sensor in _NO_SENSORS or not isinstance(values, dict):
            continue
        for key, value in values.items():
            if isinstance(value, dict):
                yield from ((sensor, key, inner) for inner, it in value.items() if not isinstance(it, dict | list))
            elif isinstance(value, list):
                yield from ((sensor, key, at) for at, it in enumerate(value) if not isinstance(it, dict | list))
            else:
                yield sensor, key


def _quantity(path: Path) -> str:
    """What is measured: the last part that is a quantity; a sensor at an analogue pin has its number behind it."""
    if path[0] in {"AS3935", "LD2410"} and path[-1] == "Energy":
        return ""
    names = [str(part).rstrip("0123456789") if path[0] == "ANALOG" else str(part) for part in path[1:]]
    return next((name for name in reversed(names) if name in _QUANTITIES), "")


def _label(path: Path) -> str:
    parts = [part + 1 if isinstance(part, int) else _WORDS.sub(" ", part) for part in path[1:]]
    return " ".join(str(part) for part in parts)


def _decoder(path: Path, *, numeric: bool) -> Any:
    def decode(payload: str) -> Mapping[Feature, Value | None]:
        value: Any = object_of(payload)
        for part in path:
            if isinstance(value, dict) and isinstance(part, str):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            elif not (part == 0 and isinstance(value, int | float)):  # a meter with fewer phases than announced
                return {}
        if value is None or isinstance(value, dict | list):
            return {}
        known = finite(value) if numeric else text_of(str(value))
        return {} if known is None else {Feature.VALUE: known}

    return decode


def switches(device: Device) -> Iterator[Entity]:
    """The inputs of a device that have a state."""
    modes, names = device.keys.values.get("swc"), device.keys.values.get("swn")
    for at, mode in enumerate(modes[:_MAX_SENSORS] if isinstance(modes, list) else ()):
        if not isinstance(mode, int) or mode not in _SWITCH_MODES:
            continue
        given = names[at] if isinstance(names, list) and at < len(names) else None
        key = str(given)[:MAX_TEXT] if given else f"Switch{at + 1}"
        pulse = mode in _PULSES
        topics = (device.result,) if pulse else (device.result, device.sensor)
        yield device.entity(
            "binary_sensor",
            f"switch_{at}",
            str(given)[:MAX_TEXT] if given else f"Switch {at + 1}",
            tuple(Reading(topic, _switch_decoder(device, key)) for topic in topics),
            off_delay_s=_PULSE_S if pulse else 0.0,
        )


def _switch_decoder(device: Device, key: str) -> Any:
    def decode(payload: str) -> Mapping[Feature, Value | None]:
        value = object_of(payload).get(key)
        text = value.get("Action") if isinstance(value, dict) else value
        known = {device.off: False, device.on: True}.get(str(text))
        return {} if known is None else {Feature.VALUE: known}

    return decode
