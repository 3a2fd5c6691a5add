"""Devices with Tasmota's firmware, which announce themselves in a format of their own.

Topics: `<prefix>/<MAC>/config` and `<prefix>/<MAC>/sensors`; the prefix is "tasmota/discovery". The format of Home
Assistant is the older way (`SetOption19 1`).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from edge.errors import HomeError
from edge.home.model import Entity
from edge.home.sources.discovery.config import TAKEN, refused
from edge.home.sources.discovery.envelope import payload_object
from edge.home.sources.discovery.registry import Refused
from edge.home.sources.tasmota.device import Device, device
from edge.home.sources.tasmota.sensors import sensors, switches
from edge.home.sources.tasmota.things import things

PREFIX: Final = "tasmota/discovery"
FILTERS: Final = (f"{PREFIX}/+/config", f"{PREFIX}/+/sensors")
MAX_DEVICES: Final = 500

_TOPIC: Final = re.compile(r"(?P<mac>[A-Z0-9_-]{1,64})/(?P<kind>config|sensors)")


class TasmotaRegistry:
    """Collects announcements, like `edge.home.sources.discovery.registry.Registry`."""

    def __init__(self, prefix: str = PREFIX) -> None:
        self._prefix = prefix
        self._devices: dict[str, Device] = {}
        self._sensors: dict[str, Mapping[str, Any]] = {}
        self._entities: dict[str, tuple[Entity, ...]] = {}
        self._refused: dict[str, Refused] = {}

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is announced now, with the names of the announcements."""
        return tuple(entity for entities in self._entities.values() for entity in entities)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """The announcements that cannot be used."""
        return tuple(self._refused.values())

    def feed(self, topic: str, payload: bytes) -> bool:
        """Take one message; returns whether it changed the home. Never raises for what a message contains."""
        found = _TOPIC.fullmatch(topic.removeprefix(f"{self._prefix}/"))
        if found is None or not topic.startswith(f"{self._prefix}/"):
            return False
        mac = found["mac"]
        self._refused.pop(topic, None)
        try:
            if found["kind"] == "config":
                self._take_config(mac, payload)
            else:
                self._take_sensors(mac, payload)
            return self._make(mac)
        except HomeError as error:
            if len(self._refused) < MAX_DEVICES:
                self._refused[topic] = Refused(topic, error.code, error.message)
            return False

    def _take_config(self, mac: str, payload: bytes) -> None:
        if not payload:
            self._devices.pop(mac, None)
            return
        new = device(mac, payload_object(payload))
        if any(other.command == new.command for other in self._devices.values() if other.mac != mac):
            raise refused("another device has the same topic", TAKEN)
        if mac not in self._devices and len(self._devices) >= MAX_DEVICES:
            raise refused(f"the home has more than {MAX_DEVICES} devices with Tasmota", TAKEN)
        self._devices[mac] = new

    def _take_sensors(self, mac: str, payload: bytes) -> None:
        """Sensors may come before their device."""
        if not payload:
            self._sensors.pop(mac, None)
        elif mac in self._sensors or len(self._sensors) < MAX_DEVICES:
            self._sensors[mac] = payload_object(payload)

    def _make(self, mac: str) -> bool:
        """Make the entities of a device again; returns whether it has or had any."""
        before = self._entities.pop(mac, ())
        known = self._devices.get(mac)
        if known is not None:
            measured = sensors(known, self._sensors.get(mac, {}))
            made = (*things(known), *switches(known), *measured)
            self._entities[mac] = tuple({entity.id: entity for entity in made}.values())
        return bool(before or self._entities.get(mac))


def without_twins(discovered: Iterable[Entity], tasmota: Iterable[Entity]) -> tuple[Entity, ...]:
    """`discovered` without the entities that `tasmota` has too.

    A device that has announced itself in both formats, now or once (messages are retained), is known by its own
    format, which says more. An entity is the same if it is of the same domain and class, and reads a topic of the
    device. So a thing that its owner has announced beside it stays: an air conditioner behind an infrared sender.
    """
    known = {key for entity in tasmota for key in _told(entity)}
    return tuple(entity for entity in discovered if known.isdisjoint(_told(entity)))


def _told(entity: Entity) -> set[tuple[str, str, str]]:
    return {(entity.domain, entity.device_class, reading.topic) for reading in entity.readings}
