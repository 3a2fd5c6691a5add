"""From one announced component to an entity: what it can do, where it is, whether people talk about it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from edge.errors import HomeError
from edge.home.model import Availability, AvailabilityTopic, Entity, MqttMessage, Source
from edge.home.sources.discovery.climate import read_climate, read_fan, read_humidifier, read_water_heater
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.covers import read_cover, read_lock, read_valve
from edge.home.sources.discovery.envelope import Announced
from edge.home.sources.discovery.light import read_light
from edge.home.sources.discovery.machines import read_alarm, read_lawn_mower, read_vacuum
from edge.home.sources.discovery.parts import Parts, rendered
from edge.home.sources.discovery.sensors import read_binary_sensor, read_event, read_sensor, read_tracker, read_update
from edge.home.sources.discovery.switches import (
    read_button,
    read_number,
    read_scene,
    read_select,
    read_siren,
    read_switch,
    read_text,
)

READERS: Final[Mapping[str, Callable[[Config], Parts]]] = {
    "alarm_control_panel": read_alarm,
    "binary_sensor": read_binary_sensor,
    "button": read_button,
    "climate": read_climate,
    "cover": read_cover,
    "device_tracker": read_tracker,
    "event": read_event,
    "fan": read_fan,
    "humidifier": read_humidifier,
    "lawn_mower": read_lawn_mower,
    "light": read_light,
    "lock": read_lock,
    "number": read_number,
    "scene": read_scene,
    "select": read_select,
    "sensor": read_sensor,
    "siren": read_siren,
    "switch": read_switch,
    "text": read_text,
    "update": read_update,
    "vacuum": read_vacuum,
    "valve": read_valve,
    "water_heater": read_water_heater,
}
"""The components that become entities. Others (camera, image, tag, notify, ...) have no place in a conversation."""

_SILENT: Final = frozenset({"update", "event"})
"""Components that people do not talk about."""

_ASKED: Final = {"cover": "position", "light": "state", "switch": "state"}
"""What Zigbee2MQTT is asked of which component. Locks and thermostats run on batteries."""

_MAX_AVAILABILITY: Final = 8


def read_entity(announced: Announced, topic: str) -> Entity:
    """The entity of a component with a reader; its names are still those of the announcement.

    Raises:
        DiscoveryError: a key is missing or has the wrong type.
        TemplateError: a template cannot be used.
    """
    config = Config(announced.config or {})
    parts = READERS[announced.component](config)
    device = _object(config, "device")
    device_name = device.text("name").strip()
    sensor = announced.component in {"sensor", "binary_sensor"}
    return Entity(
        id=f"{announced.component}.{config.text('unique_id') or announced.key.partition(' ')[2]}",
        domain=announced.component,
        name=_entity_name(config, device_name),
        source=Source("discovery", topic, _publisher(config)),
        area=device.text("suggested_area").strip(),
        device=_device_id(device),
        device_name=device_name,
        device_class=config.text("device_class"),
        unit=config.text("unit_of_measurement"),
        accepts=parts.accepts,
        encode=parts.encode,
        readings=parts.readings,
        availability=_availability(config),
        spoken=_spoken(announced.component, config),
        optimistic=parts.optimistic,
        expire_after_s=config.number("expire_after", 0) if sensor else 0.0,
        off_delay_s=config.number("off_delay", 0) if sensor else 0.0,
        state_request=_state_request(announced.component, config),
    )


def _state_request(component: str, config: Config) -> MqttMessage | None:
    """How Zigbee2MQTT is asked for the state of a light, switch or cover.

    https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html#zigbee2mqtt-friendly-name-get. A part of a
    device ("left") has a command topic of its own, and reports with all the others.
    """
    state, command = config.state_topic("state_topic"), config.command_topic("command_topic")
    asked = _ASKED.get(component)
    if asked is None or not state or not command or not _publisher(config).startswith("Zigbee2MQTT"):
        return None
    part = command.removeprefix(f"{state}/").removesuffix("set").strip("/")
    if not command.startswith(f"{state}/") or not command.endswith("/set") or "/" in part:
        return None
    return MqttMessage(f"{state}/get", json.dumps({f"{asked}_{part}" if part else asked: ""}))


def _object(config: Config, key: str) -> Config:
    value = config.values.get(key)
    if value is not None and not isinstance(value, dict):
        raise refused(f"'{key}' is no object")
    return Config(cast("Mapping[str, Any]", value or {}))


def _device_id(device: Config) -> str:
    """The first identifier of the device, or its first connection ("mac 00:11:22:33:44:55")."""
    if identifiers := device.texts("identifiers"):
        return identifiers[0]
    connections = device.values.get("connections")
    if not isinstance(connections, list) or not connections:
        return ""
    return " ".join(Config({"connections": connections[0]}).texts("connections"))


def _entity_name(config: Config, device_name: str) -> str:
    """The name within the device; empty for the device's main entity (`name` is null).

    A component without the key `name` is named after its device class, as Home Assistant does.
    """
    if "name" not in config.values:
        return config.text("device_class").replace("_", " ")
    name = config.text("name").strip()
    return name[len(device_name) :].strip() if device_name and name.startswith(f"{device_name} ") else name


def _publisher(config: Config) -> str:
    try:
        origin = _object(config, "origin")
        return f"{origin.text('name')} {origin.text('sw_version')}".strip()
    except HomeError:  # only told by `edge-voice home explain`
        return ""


def _spoken(component: str, config: Config) -> bool:
    return (
        component not in _SILENT
        and not config.text("entity_category")
        and config.flag("enabled_by_default", default=True)
        and config.flag("visible_by_default", default=True)
    )


def _availability(config: Config) -> Availability:
    default = (config.text("payload_available", "online"), config.text("payload_not_available", "offline"))
    found = []
    if topic := config.state_topic("availability_topic"):
        found.append(_availability_topic(topic, config, "availability_template", default))
    items = config.values.get("availability")
    if items is not None and not isinstance(items, list):
        raise refused("'availability' is no list")
    for item in (items or [])[:_MAX_AVAILABILITY]:
        if item is None:
            continue
        if not isinstance(item, dict):
            raise refused("'availability' is no list of objects")
        one = Config(item)
        if not (topic := one.state_topic("topic")):
            raise refused("'availability' has no topic")
        payloads = (one.text("payload_available", "online"), one.text("payload_not_available", "offline"))
        found.append(_availability_topic(topic, one, "value_template", payloads))
    mode = config.text("availability_mode", "latest")
    if mode not in {"all", "any", "latest"}:
        raise refused("'availability_mode' is all, any or latest")
    return Availability(tuple(found), mode)  # type: ignore[arg-type]  # checked above


def _availability_topic(topic: str, config: Config, template: str, payloads: tuple[str, str]) -> AvailabilityTopic:
    compiled = config.template(template)
    available, not_available = payloads

    def decode(payload: str) -> bool | None:
        text = rendered(compiled, payload)
        return None if text is None else {not_available: False, available: True}.get(text)

    return AvailabilityTopic(topic, decode)
