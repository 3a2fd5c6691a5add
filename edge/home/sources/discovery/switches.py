"""Things that are on or off, pressed, or set to one value: switch, siren, button, scene, number, select, text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edge.home.model import Accepts, Anything, Choice, Feature, MqttMessage, Range, Reading, State, Value, Words
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.parts import (
    MAX_STATE,
    NONE,
    Builder,
    Parts,
    Read,
    Written,
    as_number,
    bounded,
    on_off,
    rendered,
    rendered_command,
    switched,
    text_of,
)
from edge.home.sources.discovery.templates import Template, json_object


def read_switch(config: Config) -> Parts:
    """A switch."""
    build = Builder(config)
    build.power()
    build.state(Feature.POWER, "state_topic", switched(config), "value_template")
    return build.parts(optimistic=_optimistic(config))


@dataclass(frozen=True, slots=True)
class _SirenEncoder:
    """Without a template a siren takes JSON: {"state": "ON", "tone": "fire"}."""

    topic: str
    retain: bool
    payloads: Mapping[Value, str]
    templates: Mapping[bool, Template | None]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        on = change.get(Feature.POWER) is not False
        command = {"state": self.payloads[on]}
        if on and Feature.TONE in change:
            command["tone"] = str(change[Feature.TONE])
        template = self.templates[on]
        if template is None:
            return [MqttMessage(self.topic, json.dumps(command, ensure_ascii=False), self.retain)]
        return [MqttMessage(self.topic, rendered_command(template, value=command["state"], **command), self.retain)]


def read_siren(config: Config) -> Parts:
    """A siren. Its state is a text, or JSON with `state` and `tone`."""
    on_template = config.template("command_template")
    tones, topic = config.texts("available_tones"), config.state_topic("state_topic")
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if tones:
        accepts[Feature.TONE] = Choice(tones)
    template, read = config.template("state_value_template"), switched(config)

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload) or ""
        state = json_object(text) or {"state": text}
        found: dict[Feature, Value | None] = {}
        power = read(str(state.get("state", "")))
        if power is not None or state.get("state") == NONE:
            found[Feature.POWER] = power
        if state.get("tone") in tones:
            found[Feature.TONE] = state["tone"]
        return found

    encoder = _SirenEncoder(
        config.required("command_topic"),
        config.flag("retain"),
        on_off(config),
        {True: on_template, False: config.template("command_off_template") or on_template},
    )
    return Parts(accepts, encoder, (Reading(topic, decode),) if topic else (), optimistic=_optimistic(config))


def read_button(config: Config) -> Parts:
    """A button."""
    return _pressed(config, "payload_press", "PRESS")


def read_scene(config: Config) -> Parts:
    """A scene."""
    return _pressed(config, "payload_on", "ON")


def _pressed(config: Config, key: str, default: str) -> Parts:
    payload = config.text(key, default)
    config.required("command_topic")
    build = Builder(config)
    build.command(Feature.PRESS, "command", Anything(), lambda _: payload)
    return build.parts(optimistic=True)


def read_number(config: Config) -> Parts:
    """A number to set."""
    low, high = config.number("min", 1), config.number("max", 100)
    if low > high:
        raise refused("'min' is greater than 'max'")
    accepted = Range(low, high, config.number("step", 1), config.text("unit_of_measurement"))
    return _value(config, accepted, bounded(low, high), as_number)


def read_select(config: Config) -> Parts:
    """One of a list."""
    options = config.texts("options")
    if not options:
        raise refused("'options' is empty")
    return _value(config, Choice(options), lambda text: text if text in options else None, str)


def _value(config: Config, accepted: Accepts, read: Read, written: Written) -> Parts:
    config.required("command_topic")
    build = Builder(config)
    build.command(Feature.VALUE, "command", accepted, written)
    unknown = config.text("payload_reset", NONE)
    build.state(Feature.VALUE, "state_topic", read, "value_template", unknown=unknown)
    return build.parts(optimistic=_optimistic(config))


def read_text(config: Config) -> Parts:
    """A text. A password, and a text that must fit a pattern, is nothing to be said: neither read nor set."""
    config.required("command_topic")
    if config.text("mode", "text") == "password" or config.has("pattern"):
        return Parts()
    shortest, longest = int(config.number("min", 0)), int(config.number("max", MAX_STATE))
    if not 0 <= shortest <= longest:
        raise refused("'min' is greater than 'max', or negative")
    return _value(config, Words(shortest, longest), text_of, str)


def _optimistic(config: Config) -> bool:
    return config.flag("optimistic") or not config.has("state_topic")
