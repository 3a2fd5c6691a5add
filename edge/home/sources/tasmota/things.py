"""The relays, lights, shutters and fans of a Tasmota device.

Commands: https://tasmota.github.io/docs/Commands/.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edge.home.model import Accepts, Anything, Choice, Entity, Feature, MqttMessage, Range, Reading, State, Value
from edge.home.sources.discovery.colours import mireds, of_text, rgb
from edge.home.sources.discovery.parts import PERCENT, as_number, as_whole, finite
from edge.home.sources.tasmota.device import Device, object_of

_RELAY, _LIGHT, _SHUTTER = 1, 2, 3
_DIMMER, _COLD_WARM, _RGB, _RGBW, _RGBCW = 1, 2, 3, 4, 5
_SCHEMES: Final = ("Solid", "Wake up", "Cycle up", "Cycle down", "Random")
_FAN_STEPS: Final = 3
_FAN_DEFAULT: Final = 2
_INVERTED: Final = 1
"""The bit of `sho` for a shutter that is open at 0."""


def things(device: Device) -> Iterator[Entity]:
    """The entities that a device has for its relays."""
    fan = device.number("if") == 1
    if fan:
        yield _fan(device)
    yield from _shutters(device)
    for at, relay in enumerate(device.relays):
        if relay == _LIGHT and not (fan and at == 0):
            yield _light(device, at)
        elif fan and at == 0:
            yield _relay(device, at, "light", _names_of_fan(device)[1])
        elif relay in {_RELAY, _LIGHT}:
            yield _relay(device, at, "light" if relay == _LIGHT or device.flag(30) else "switch")


@dataclass(frozen=True, slots=True)
class _Relay:
    device: Device
    at: int

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        return [self.power(on=change.get(Feature.POWER) is not False)]

    def power(self, *, on: bool) -> MqttMessage:
        return self.device.message(f"POWER{self.at + 1}", self.device.on if on else self.device.off)

    def decode(self, payload: str) -> Mapping[Feature, Value | None]:
        """See `Decoder`."""
        message = object_of(payload)
        text = message.get(f"POWER{self.at + 1}", message.get("POWER") if self.at == 0 else None)
        power = {self.device.off: False, self.device.on: True}.get(str(text))
        return {} if power is None else {Feature.POWER: power}


def _relay(device: Device, at: int, domain: str, name: str = "") -> Entity:
    relay = _Relay(device, at)
    name = name or device.name_of(at, domain.capitalize())
    return device.entity(domain, f"relay_{at}", name, _read(device, relay), {Feature.POWER: Anything()}, relay)


def _read(device: Device, decoded: "_Relay | _Light | _Fan") -> tuple[Reading, ...]:
    return Reading(device.result, decoded.decode), Reading(device.state, decoded.decode)


@dataclass(frozen=True, slots=True)
class _Light:
    """A light. `dimmer` is the command of its brightness, `reports` the key of its state."""

    relay: _Relay
    dimmer: str
    reports: str
    accepts: Mapping[Feature, Accepts]
    alone: bool
    """Whether the colour leaves white lights as they are: they are a light of their own."""

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        device = self.relay.device
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            return [self.relay.power(on=False)]
        sent: list[MqttMessage] = []
        if Feature.BRIGHTNESS in change:
            sent.append(device.message(self.dimmer, str(max(1, as_whole(change[Feature.BRIGHTNESS])))))
        if Feature.BRIGHTNESS not in change or device.flag(20):
            sent.append(self.relay.power(on=True))
        if Feature.COLOUR in change:
            text = ",".join(map(str, rgb(change[Feature.COLOUR])))
            sent.append(device.message("Color2", text + "=" * self.alone))
        if (temperature := change.get(Feature.COLOUR_TEMPERATURE)) is not None:
            sent.append(device.message("CT", str(mireds(temperature))))
        if Feature.EFFECT in change:
            sent.append(device.message("Scheme", str(_SCHEMES.index(str(change[Feature.EFFECT])))))
        return sent

    def decode(self, payload: str) -> Mapping[Feature, Value | None]:
        """See `Decoder`."""
        message = object_of(payload)
        found: dict[Feature, Value | None] = dict(self.relay.decode(payload))
        if brightness := finite(message.get(self.reports)):
            found[Feature.BRIGHTNESS] = min(100.0, max(0.0, brightness))
        if temperature := finite(message.get("CT")):
            found[Feature.COLOUR_TEMPERATURE] = 1_000_000 / max(1.0, temperature)
        if (colour := of_text(str(message.get("HSBColor", "")), "hs")) is not None:
            found[Feature.COLOUR] = colour
        white = finite(message.get("White"))
        if white is not None:  # the light shows either a colour or white
            found[Feature.COLOUR if white else Feature.COLOUR_TEMPERATURE] = None
        scheme = message.get("Scheme")
        if isinstance(scheme, int) and 0 <= scheme < len(_SCHEMES):
            found[Feature.EFFECT] = _SCHEMES[scheme]
        return {feature: value for feature, value in found.items() if feature in self.accepts}


def _light(device: Device, at: int) -> Entity:
    subtype, dimmer, reports, alone = device.number("lt_st"), "Dimmer", "Dimmer", False
    part = at - device.relays.index(_LIGHT)
    if device.flag(68):
        dimmer = reports = f"Channel{at + 1}"
        subtype = _DIMMER
    elif device.number("lk") != 1 and subtype >= _RGBW and part in {0, 1}:
        dimmer = reports = f"Dimmer{part + 1}"
        alone = part == 0
        subtype = _RGB if alone else _DIMMER if subtype == _RGBW else _COLD_WARM
    elif device.number("ty") == 1:
        dimmer = "Dimmer3"
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if subtype >= _DIMMER:
        accepts[Feature.BRIGHTNESS] = PERCENT
    if subtype in {_COLD_WARM, _RGBCW}:
        low, high = (2631, 5000) if device.flag(82) else (2000, 6535)
        accepts[Feature.COLOUR_TEMPERATURE] = Range(low, high, unit="K")
    if subtype >= _RGB:
        accepts[Feature.COLOUR] = Anything()
        accepts[Feature.EFFECT] = Choice(_SCHEMES)
    light = _Light(_Relay(device, at), dimmer, reports, accepts, alone)
    return device.entity("light", f"light_{at}", device.name_of(at, "Light"), _read(device, light), accepts, light)


@dataclass(frozen=True, slots=True)
class _Shutter:
    device: Device
    number: int
    inverted: bool
    tilt: tuple[int, int]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        sent = []
        if Feature.MOVEMENT in change:
            command = {"open": "Open", "close": "Close", "stop": "Stop"}[str(change[Feature.MOVEMENT])]
            sent.append(self.device.message(f"Shutter{command}{self.number}", ""))
        if Feature.POSITION in change:
            percent = self._turned(as_whole(change[Feature.POSITION]))
            sent.append(self.device.message(f"ShutterPosition{self.number}", str(percent)))
        if Feature.TILT in change:
            low, high = self.tilt
            angle = round(low + as_number(change[Feature.TILT]) / 100 * (high - low))
            sent.append(self.device.message(f"ShutterTilt{self.number}", str(angle)))
        return sent

    def _turned(self, percent: Any) -> Any:
        return 100 - percent if self.inverted else percent

    def decode(self, payload: str) -> Mapping[Feature, Value | None]:
        """See `Decoder`."""
        message = object_of(payload).get(f"Shutter{self.number}")
        if not isinstance(message, dict):
            return {}
        found: dict[Feature, Value | None] = {}
        position, direction = finite(message.get("Position")), finite(message.get("Direction"))
        if position is not None:
            found[Feature.POSITION] = self._turned(min(100.0, max(0.0, position)))
            found[Feature.MOVEMENT] = "open" if found[Feature.POSITION] else "closed"
        if direction:
            found[Feature.MOVEMENT] = "opening" if (direction > 0) is not self.inverted else "closing"
        angle, (low, high) = finite(message.get("Tilt")), self.tilt
        if angle is not None and low != high:
            found[Feature.TILT] = min(100.0, max(0.0, (angle - low) / (high - low) * 100))
        return found


def _shutters(device: Device) -> Iterator[Entity]:
    """Two relays that follow each other are one shutter."""
    halves = [at for at, relay in enumerate(device.relays) if relay == _SHUTTER]
    pairs = list(zip(halves[::2], halves[1::2], strict=False))
    if len(halves) % 2 or any(second != first + 1 for first, second in pairs):
        return
    for at in range(len(pairs)):
        shutter = _Shutter(device, at + 1, bool(_item(device, "sho", at) & _INVERTED), _tilt(device, at))
        accepts: dict[Feature, Accepts] = {
            Feature.MOVEMENT: Choice(("open", "close", "stop")),
            Feature.POSITION: PERCENT,
        }
        if shutter.tilt[0] != shutter.tilt[1]:
            accepts[Feature.TILT] = PERCENT
        name = "" if len(pairs) == 1 else f"Shutter {at + 1}"
        readings = Reading(device.result, shutter.decode), Reading(device.sensor, shutter.decode)
        yield device.entity("cover", f"shutter_{at}", name, readings, accepts, shutter, device_class="shutter")


def _item(device: Device, key: str, at: int) -> int:
    items = device.keys.values.get(key)
    item = items[at] if isinstance(items, list) and at < len(items) else 0
    return item if isinstance(item, int) else 0


def _tilt(device: Device, at: int) -> tuple[int, int]:
    """The ends of the slats in degrees, equal if there are none: [minimum, maximum, duration]."""
    items = device.keys.values.get("sht")
    item = items[at] if isinstance(items, list) and at < len(items) else None
    if not isinstance(item, list) or len(item) != 3 or any(not isinstance(it, int) or abs(it) > 360 for it in item):  # noqa: PLR2004
        return 0, 0
    return (item[0], item[1]) if item[2] else (0, 0)


@dataclass(frozen=True, slots=True)
class _Fan:
    device: Device

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        percent = change.get(Feature.SPEED)
        if change.get(Feature.POWER) is False:
            percent = 0.0
        elif percent is None:
            percent = state.get(Feature.SPEED) or _FAN_DEFAULT / _FAN_STEPS * 100
        steps = -(-round(as_number(percent) / 100 * _FAN_STEPS, 3) // 1)
        return [self.device.message("FanSpeed", str(int(steps)))]

    def decode(self, payload: str) -> Mapping[Feature, Value | None]:
        """See `Decoder`."""
        speed = object_of(payload).get("FanSpeed")
        if not isinstance(speed, int) or not 0 <= speed <= _FAN_STEPS:
            return {}
        return {Feature.POWER: speed > 0, Feature.SPEED: speed / _FAN_STEPS * 100}


def _fan(device: Device) -> Entity:
    fan = _Fan(device)
    accepts: dict[Feature, Accepts] = {
        Feature.POWER: Anything(),
        Feature.SPEED: Range(0, 100, 100 / _FAN_STEPS, "%"),
    }
    return device.entity("fan", "ifan", _names_of_fan(device)[0], _read(device, fan), accepts, fan)


def _names_of_fan(device: Device) -> tuple[str, str]:
    """The names of a fan and of its light. The first friendly name is that of the light, or of the whole appliance."""
    name = device.name_of(0, "Light")
    if not name or name == "Light 1":
        return "Fan", "Light"
    return (name, f"{name} Light") if "fan" in name.casefold().split() else ("Fan", name)
