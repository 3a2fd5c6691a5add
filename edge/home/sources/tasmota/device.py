"""What a Tasmota device says about itself: topics, names, options. Every value is a stranger's.

Format: https://tasmota.github.io/docs/MQTT/ and `tasmota/discovery/<MAC>/config`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from edge.home.model import Accepts, Availability, AvailabilityTopic, Decoder, Entity, MqttMessage, Reading, Source
from edge.home.model import Encoder as EncoderProtocol
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.jinja.json_values import parse_json

MAX_RELAYS: Final = 32
MAX_TEXT: Final = 64

_UNNAMED: Final = re.compile(r"Tasmota\d*")
"""The friendly names that a device has before its owner names it."""


@dataclass(frozen=True, slots=True)
class Device:
    """One device. `relays` are 0 (none), 1 (relay), 2 (light), 3 (half of a shutter); `options` its SetOptions."""

    mac: str
    name: str
    names: tuple[str, ...]
    command: str
    result: str
    state: str
    sensor: str
    status: str
    will: str
    online: str
    offline: str
    off: str
    on: str
    relays: tuple[int, ...]
    options: Mapping[str, Any]
    keys: Config = field(repr=False)

    def flag(self, option: int) -> bool:
        """Whether a SetOption is on."""
        return bool(self.options.get(str(option)) == 1)

    def number(self, key: str) -> int:
        """A whole number; 0 if it is missing."""
        return int(self.keys.number(key, 0))

    def message(self, command: str, payload: str) -> MqttMessage:
        """A command."""
        return MqttMessage(self.command + command, payload)

    def name_of(self, at: int, kind: str) -> str:
        """The friendly name of a relay; empty if it is that of the device."""
        name = self.names[at] if at < len(self.names) else ""
        if at == 0 and name == self.name:
            return ""
        return name if name and not _UNNAMED.fullmatch(name) else f"{kind} {at + 1}"

    def entity(
        self,
        domain: str,
        part: str,
        name: str,
        readings: tuple[Reading, ...],
        accepts: Mapping[Any, Accepts] | None = None,
        encode: EncoderProtocol | None = None,
        **more: Any,
    ) -> Entity:
        """An entity of this device; `part` is its id within the device."""
        asleep = self.number("dslp") > 0
        measured = [reading.decode for reading in readings if reading.topic == self.sensor]
        answers = tuple(Reading(self.status, _measured(decode)) for decode in measured)
        return Entity(
            id=f"{domain}.{self.mac}_{part}",
            domain=domain,
            name=name,
            source=Source("tasmota", self.mac, f"Tasmota {self.keys.text('sw')}".strip()),
            device=self.mac,
            device_name=self.name,
            accepts=accepts or {},
            encode=encode,
            readings=(*readings, *answers),
            greetings=() if asleep else (self.message("STATUS", "10") if answers else self.message("STATE", ""),),
            availability=Availability(() if asleep else (AvailabilityTopic(self.will, self._reachable),)),
            **more,
        )

    def _reachable(self, payload: str) -> bool | None:
        return {self.offline: False, self.online: True}.get(payload)


def device(mac: str, parsed: Mapping[str, Any]) -> Device:
    """The device of a `config` message. Raises `DiscoveryError`."""
    keys = Config(parsed)
    if keys.text("mac") != mac:
        raise refused("'mac' is not that of the topic")
    prefixes, states = keys.texts("tp"), keys.texts("state")
    relays, options = parsed.get("rl"), parsed.get("so")
    if len(prefixes) < 3 or len(states) < 2:  # noqa: PLR2004 - cmnd, stat, tele; off, on
        raise refused("'tp' or 'state' is too short")
    if not isinstance(relays, list) or any(not isinstance(relay, int) for relay in relays):
        raise refused("'rl' is no list of numbers")
    for key in ("dslp", "if", "lk", "lt_st", "ty"):
        keys.number(key, 0)
    keys.text("sw")
    command, result, telemetry = (_topic(keys, mac, prefix) for prefix in prefixes[:3])
    if len({command, result, telemetry}) < 3:  # noqa: PLR2004 - see above
        raise refused("'ft' has no %prefix%")
    names = parsed.get("fn")
    return Device(
        mac,
        keys.text("dn").strip(),
        tuple(str(name or "").strip()[:MAX_TEXT] for name in names[:MAX_RELAYS]) if isinstance(names, list) else (),
        command,
        f"{result}RESULT",
        f"{telemetry}STATE",
        f"{telemetry}SENSOR",
        f"{result}STATUS10",
        f"{telemetry}LWT",
        keys.text("onln", "Online"),
        keys.text("ofln", "Offline"),
        states[0],
        states[1],
        tuple(relays[:MAX_RELAYS]),
        options if isinstance(options, dict) else {},
        keys,
    )


def _topic(keys: Config, mac: str, prefix: str) -> str:
    """The topic up to its last level, which is the command or the kind of the message."""
    topic = keys.text("ft", "%prefix%/%topic%/")
    for word, value in (
        ("%hostname%", keys.text("hn")),
        ("%id%", mac[-6:]),
        ("%prefix%", prefix),
        ("%topic%", keys.text("t")),
    ):
        topic = topic.replace(word, value)
    topic = topic if topic.endswith("/") else f"{topic}/"
    return Config({"ft": topic}).required("ft")


def _measured(decode: Decoder) -> Decoder:
    """Reads a `SENSOR` message within the answer to `STATUS 10`."""
    return lambda payload: decode(json.dumps(object_of(payload).get("StatusSNS")))


def object_of(payload: str) -> Mapping[str, Any]:
    """The JSON object of a message; empty if it is none."""
    parsed = parse_json(payload)
    return parsed if isinstance(parsed, dict) else {}
