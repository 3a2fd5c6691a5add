"""Things that are on or off, pressed, or set to one value: switch, siren, humidifier, button, scene, number, select."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import (
    Command,
    Commands,
    Parts,
    Read,
    number,
    on_off,
    payloads,
    reading,
    switched,
    text_of,
)
from edge.home.discovery.templates import Template
from edge.home.model import Accepts, Anything, Choice, Encoder, Feature, MqttMessage, Range, State


def read_switch(config: Config) -> Parts:
    """A switch."""
    power = Command(
        config.required("command_topic"),
        payloads(on_off(config)),
        config.template("command_template"),
        config.flag("retain"),
    )
    return Parts(
        {Feature.POWER: Anything()},
        Commands({Feature.POWER: power}),
        reading(config, "state_topic", Feature.POWER, switched(config), "value_template"),
        optimistic=_optimistic(config, "state_topic"),
    )


@dataclass(frozen=True, slots=True)
class _SirenEncoder:
    """Without a template a siren takes JSON: {"state": "ON", "tone": "fire"}."""

    topic: str
    retain: bool
    on: str
    off: str
    on_template: Template | None
    off_template: Template | None

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        off = change.get(Feature.POWER) is False
        command = {"state": self.off if off else self.on}
        if not off and Feature.TONE in change:
            command["tone"] = str(change[Feature.TONE])
        template = self.off_template if off else self.on_template
        if template is None:
            return [MqttMessage(self.topic, json.dumps(command, ensure_ascii=False), self.retain)]
        payload = template.render(value=command["state"], **command)
        return [MqttMessage(self.topic, payload, self.retain)] if payload not in {"", "None"} else []


def read_siren(config: Config) -> Parts:
    """A siren. Its state is a text or JSON with `state`."""
    payload = on_off(config)
    on_template = config.template("command_template")
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if tones := config.texts("available_tones"):
        accepts[Feature.TONE] = Choice(tones)
    read = switched(config)

    def state(text: str) -> bool | None:
        try:
            parsed = json.loads(text)
        except ValueError:
            parsed = None
        value = read(str(parsed.get("state", ""))) if isinstance(parsed, dict) else read(text)
        return value if isinstance(value, bool) else None

    return Parts(
        accepts,
        _SirenEncoder(
            config.required("command_topic"),
            config.flag("retain"),
            payload[True],
            payload[False],
            on_template,
            config.template("command_off_template") or on_template,
        ),
        reading(config, "state_topic", Feature.POWER, state, "state_value_template"),
        optimistic=_optimistic(config, "state_topic"),
    )


def read_humidifier(config: Config) -> Parts:
    """A humidifier or dehumidifier."""
    retain = config.flag("retain")
    accepts: dict[Feature, Accepts] = {
        Feature.POWER: Anything(),
        Feature.TARGET_HUMIDITY: Range(config.number("min_humidity", 0), config.number("max_humidity", 100), unit="%"),
    }
    commands = {
        Feature.POWER: Command(
            config.required("command_topic"), payloads(on_off(config)), config.template("command_template"), retain
        ),
        Feature.TARGET_HUMIDITY: Command(
            config.required("target_humidity_command_topic"),
            lambda value: round(float(value)),  # type: ignore[arg-type]  # a number: `accepts` is a range
            config.template("target_humidity_command_template"),
            retain,
        ),
    }
    if (modes := config.texts("modes")) and (topic := config.command_topic("mode_command_topic")):
        accepts[Feature.MODE] = Choice(modes)
        commands[Feature.MODE] = Command(topic, str, config.template("mode_command_template"), retain)
    return Parts(
        accepts,
        Commands(commands),
        (
            *reading(config, "state_topic", Feature.POWER, switched(config), "state_value_template"),
            *reading(
                config,
                "target_humidity_state_topic",
                Feature.TARGET_HUMIDITY,
                number,
                "target_humidity_state_template",
            ),
            *reading(config, "current_humidity_topic", Feature.HUMIDITY, number, "current_humidity_template"),
            *reading(config, "mode_state_topic", Feature.MODE, text_of, "mode_state_template"),
            *reading(config, "action_topic", Feature.ACTION, text_of, "action_template"),
        ),
        optimistic=_optimistic(config, "state_topic"),
    )


def read_button(config: Config) -> Parts:
    """A button."""
    return _pressed(config, "payload_press", "PRESS")


def read_scene(config: Config) -> Parts:
    """A scene."""
    return _pressed(config, "payload_on", "ON")


def _pressed(config: Config, key: str, default: str) -> Parts:
    payload = config.text(key, default)
    press = Command(
        config.required("command_topic"), lambda _: payload, config.template("command_template"), config.flag("retain")
    )
    return Parts({Feature.PRESS: Anything()}, Commands({Feature.PRESS: press}), optimistic=True)


def read_number(config: Config) -> Parts:
    """A number to set."""
    low, high = config.number("min", 1), config.number("max", 100)
    if low > high:
        raise refused("'min' is greater than 'max'")
    accepted = Range(low, high, config.number("step", 1), config.text("unit_of_measurement"))
    return _value(config, accepted, number)


def read_select(config: Config) -> Parts:
    """One of a list."""
    options = config.texts("options")
    if not options:
        raise refused("'options' is empty")
    return _value(config, Choice(options), lambda text: text if text in options else None)


def read_text(config: Config) -> Parts:
    """A text, which is only read: speech is no way to type one."""
    return Parts(readings=reading(config, "state_topic", Feature.VALUE, text_of, "value_template"))


def _value(config: Config, accepted: Accepts, read: Read) -> Parts:
    encode: Encoder = Commands(
        {
            Feature.VALUE: Command(
                config.required("command_topic"),
                lambda value: value,
                config.template("command_template"),
                config.flag("retain"),
            )
        }
    )
    return Parts(
        {Feature.VALUE: accepted},
        encode,
        reading(config, "state_topic", Feature.VALUE, read, "value_template"),
        optimistic=_optimistic(config, "state_topic"),
    )


def _optimistic(config: Config, state_topic: str) -> bool:
    return config.flag("optimistic") or not config.has(state_topic)
