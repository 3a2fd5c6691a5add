"""Things that only tell something: sensor, binary sensor, event, update, device tracker."""

from collections.abc import Mapping
from typing import Final

from edge.home.model import Feature, Reading, Value
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.parts import (
    NONE,
    Builder,
    Parts,
    Read,
    listed,
    number,
    on_off,
    one_of,
    rendered,
    text_of,
)
from edge.home.sources.discovery.templates import TemplateError, json_object

_TEXT_CLASSES: Final = frozenset({"date", "enum", "timestamp"})


def read_sensor(config: Config) -> Parts:
    """A measurement; a text where it has no unit and no class with one."""
    device_class = config.text("device_class")
    numeric = (
        bool(config.text("unit_of_measurement").strip())
        or config.has("state_class")
        or config.has("suggested_display_precision")
        or (device_class != "" and device_class not in _TEXT_CLASSES)
    )
    read = number if numeric else listed(config.texts("options")) if config.has("options") else text_of
    return _told(config, Builder(config), Feature.VALUE, read)


def read_binary_sensor(config: Config) -> Parts:
    """A contact, a motion detector: on or off, by `device_class` open, moving, ..."""
    payload = on_off(config)
    read = one_of({payload[False]: False, payload[True]: True})
    return _told(config, Builder(config), Feature.VALUE, read)


def read_tracker(config: Config) -> Parts:
    """A person or a thing that is at home, away, or in a zone."""
    names = {config.text("payload_home", "home"): "home", config.text("payload_not_home", "not_home"): "not_home"}
    unknown = config.text("payload_reset", NONE)
    return _told(
        config, Builder(config), Feature.PRESENCE, lambda text: names.get(text) or text_of(text), unknown=unknown
    )


def _told(config: Config, build: Builder, feature: Feature, read: Read, unknown: str = NONE) -> Parts:
    if not config.has("state_topic"):
        raise refused("'state_topic' is missing")
    build.state(feature, "state_topic", read, "value_template", unknown=unknown)
    return build.parts(optimistic=False)


def read_event(config: Config) -> Parts:
    """An event: its last type is the value. The payload is JSON with `event_type`.

    Zigbee2MQTT makes that JSON of its own (`action`) in a template that uses regular expressions. Those are not
    supported, so `action` is read where the template is refused or fails.
    """
    topic = config.state_topic("state_topic")
    if not topic:
        raise refused("'state_topic' is missing")
    try:
        template = config.template("value_template")
    except TemplateError:
        template = None
    known = config.texts("event_types")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        event = json_object(rendered(template, payload) or payload) or {}
        kind = event.get("event_type") or event.get("action")
        return {Feature.VALUE: kind} if isinstance(kind, str) and _is_known(kind, known) else {}

    return Parts(readings=(Reading(topic, decode),))


def _is_known(kind: str, known: tuple[str, ...]) -> bool:
    return not known or any(kind == name or kind.endswith(f"_{name}") for name in known)


def read_update(config: Config) -> Parts:
    """An update: whether one is there, from JSON with `installed_version` and `latest_version`."""
    topic = config.state_topic("state_topic")
    if not topic:
        raise refused("'state_topic' is missing")
    template = config.template("value_template")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        versions = json_object(rendered(template, payload) or "") or {}
        installed, latest = versions.get("installed_version"), versions.get("latest_version")
        return {} if installed is None or latest is None else {Feature.VALUE: str(installed) != str(latest)}

    return Parts(readings=(Reading(topic, decode),))
