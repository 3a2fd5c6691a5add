"""Things that only tell something: sensor, binary sensor, event, update, device tracker."""

from collections.abc import Mapping

from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import Parts, number, on_off, one_of, reading, rendered, text_of
from edge.home.discovery.templates import json_object
from edge.home.model import Feature, Reading, Value


def read_sensor(config: Config) -> Parts:
    """A measurement, or a text where it has no unit."""
    numeric = config.has("unit_of_measurement") or config.has("state_class")

    def read(text: str) -> Value | None:
        return number(text) if numeric else text_of(text)

    return _read_only(Parts(readings=reading(config, "state_topic", Feature.VALUE, read, "value_template")))


def read_binary_sensor(config: Config) -> Parts:
    """A contact, a motion detector: on or off, by `device_class` open, moving, ..."""
    payload = on_off(config)
    read = one_of({payload[True]: True, payload[False]: False})
    return _read_only(Parts(readings=reading(config, "state_topic", Feature.VALUE, read, "value_template")))


def read_tracker(config: Config) -> Parts:
    """A person or a thing that is at home, away, or in a zone."""
    home, away = config.text("payload_home", "home"), config.text("payload_not_home", "not_home")
    names = {home: "home", away: "not_home"}
    return _read_only(
        Parts(
            readings=reading(
                config, "state_topic", Feature.PRESENCE, lambda text: names.get(text, text), "value_template"
            )
        )
    )


def read_event(config: Config) -> Parts:
    """An event: its last type is the value. The payload is JSON with `event_type`."""
    topic, template = config.state_topic("state_topic"), config.template("value_template")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        kind = (json_object(rendered(template, payload) or "") or {}).get("event_type")
        return {Feature.VALUE: kind} if isinstance(kind, str) else {}

    return _read_only(Parts(readings=(Reading(topic, decode),) if topic else ()))


def _read_only(parts: Parts) -> Parts:
    if not parts.readings:
        raise refused("'state_topic' is missing")
    return parts
