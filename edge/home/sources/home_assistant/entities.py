"""Exposed entities of Home Assistant as entities of the model. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from edge.home.model import Entity, Source
from edge.home.sources.home_assistant.abilities import ATTRIBUTES, abilities
from edge.home.sources.home_assistant.payload import Object, text_of
from edge.home.sources.home_assistant.registry import Exposed, Home, plain_id
from edge.home.sources.home_assistant.services import ServiceEncoder

_AS: Final[Mapping[str, str]] = {
    "group": "switch",
    "input_boolean": "switch",
    "input_button": "button",
    "input_number": "number",
    "input_select": "select",
}
"""Domains that people do not tell from others."""

DOMAINS: Final = frozenset(
    [
        "alarm_control_panel",
        "binary_sensor",
        "button",
        "calendar",
        "climate",
        "cover",
        "device_tracker",
        "fan",
        "humidifier",
        "lawn_mower",
        "light",
        "lock",
        "media_player",
        "number",
        "person",
        "scene",
        "script",
        "select",
        "sensor",
        "siren",
        "switch",
        "todo",
        "vacuum",
        "valve",
        "water_heater",
        "weather",
        *_AS,
    ]
)
"""What has a place in a conversation."""

KIND: Final = "home-assistant"

_CONNECTIONS: Final = frozenset({"bluetooth", "mac", "upnp", "zigbee"})


def capabilities(attributes: Object) -> Object:
    """The attributes that make an entity what it is. As long as they stay the same, so does the entity."""
    return {key: attributes[key] for key in ATTRIBUTES & attributes.keys()}


def entity_of(exposed: Exposed, attributes: Object, temperature_unit: str) -> Entity:
    """An entity of the model. `attributes` are those of its state; empty: it has none yet.

    Its name is still that within its device, see `edge.home.modelling.naming`.
    """
    domain = exposed.domain
    accepts = abilities(domain, attributes, temperature_unit)
    device_name, name = _names(exposed, text_of(attributes.get("friendly_name")))
    return Entity(
        id=f"{KIND}.{exposed.key}",
        domain=_AS.get(domain, domain),
        name=name,
        source=Source(KIND, publisher=exposed.platform),
        aliases=exposed.aliases,
        area=exposed.area,
        device=exposed.device,
        device_name=device_name,
        device_class=text_of(attributes.get("device_class")) or exposed.device_class,
        unit=text_of(attributes.get("unit_of_measurement")) or (temperature_unit if domain == "weather" else ""),
        accepts=accepts,
        encode=ServiceEncoder(exposed.entity_id) if accepts else None,
        optimistic=attributes.get("assumed_state") is True,
        service_id=exposed.entity_id,
    )


def _names(exposed: Exposed, friendly: str) -> tuple[str, str]:
    """The name of the device and that of the entity in it. The device's is left out where the owner's has another."""
    whole = exposed.name or friendly or exposed.entity_id.partition(".")[2].replace("_", " ")
    device = exposed.device_name
    if device and (whole == device or whole.startswith(f"{device} ")):
        return device, whole[len(device) :].strip()
    return "", whole


def without_doubles(
    found: Sequence[Exposed], mqtt: Sequence[Entity]
) -> tuple[Sequence[Exposed], Mapping[str, Exposed]]:
    """The exposed entities that are not on MQTT as well, and those that are, by the id of their entity on MQTT.

    Home Assistant's MQTT integration keeps the unique id of an announcement. Another integration for the same device is
    found by the device's identifiers and connections; of its entities of one kind, the one with the same name in the
    device is the same, or the only one on both sides.
    """
    by_id = {entity.id: entity for entity in mqtt}
    by_device: dict[tuple[str, str, str], list[Entity]] = {}
    for entity in mqtt:
        if entity.device:
            by_device.setdefault(_kind(_own_id(entity.device), entity.domain, entity.device_class), []).append(entity)
    alike: dict[tuple[str, str, str], list[Exposed]] = {}
    for exposed in found:
        for device_id in exposed.device_ids:
            alike.setdefault(_kind(device_id, exposed.domain, exposed.device_class), []).append(exposed)
    left: list[Exposed] = []
    doubles: dict[str, Exposed] = {}
    for exposed in found:
        other = by_id.get(f"{exposed.domain}.{exposed.unique_id}") if exposed.platform == "mqtt" else None
        if other is None:
            other = _of_device(exposed, by_device, alike)
        if other is None:
            left.append(exposed)
        else:
            doubles[other.id] = exposed
    return left, doubles


def _of_device(
    exposed: Exposed,
    by_device: Mapping[tuple[str, str, str], Sequence[Entity]],
    alike: Mapping[tuple[str, str, str], Sequence[Exposed]],
) -> Entity | None:
    for device_id in sorted(exposed.device_ids):
        kind = _kind(device_id, exposed.domain, exposed.device_class)
        others = by_device.get(kind, ())
        if len(others) == 1 and len(alike[kind]) == 1:
            return others[0]
        named = [it for it in others if it.name and _plain(exposed.entity_id).endswith(plain_id(it.name))]
        if len(named) == 1:
            return named[0]
    return None


def _kind(device_id: str, domain: str, device_class: str) -> tuple[str, str, str]:
    return device_id, domain, device_class


def _own_id(device: str) -> str:
    """The identifier of a device on MQTT, or the address of its connection ("mac aa:bb:cc:dd:ee:ff")."""
    kind, _, address = device.partition(" ")
    return plain_id(address if kind in _CONNECTIONS and address else device)


def _plain(entity_id: str) -> str:
    return re.sub(r"[^a-z0-9]", "", entity_id)


def exposed_of(home: Home, entity_ids: Iterable[str]) -> Sequence[Exposed]:
    """The exposed entities with a state, of the domains that people talk about."""
    present = set(entity_ids)
    return [it for it in home.exposed if it.domain in DOMAINS and it.entity_id in present]
