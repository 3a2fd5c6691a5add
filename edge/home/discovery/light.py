"""Lights: the default schema with topics, `schema: json`, and `schema: template`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edge.home.discovery.colours import (
    colour_json,
    colour_of,
    colour_text,
    hs,
    hs_text,
    kelvin_of,
    mireds,
    rgb,
    rgb_text,
    xy_of,
    xy_text,
)
from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import Command, Parts, number, on_off, one_of, reading, rendered, scaled, switched
from edge.home.discovery.templates import Template, TemplateError, json_object
from edge.home.model import Accepts, Anything, Choice, Feature, MqttMessage, Range, Reading, State, Value

_PERCENT: Final = Range(0, 100, unit="%")
_KELVIN: Final = (2000.0, 6500.0)
"""The range where the device names none: mireds 153 to 500, rounded."""

_COLOURS: Final = frozenset({"hs", "rgb", "rgbw", "rgbww", "xy"})


def read_light(config: Config) -> Parts:
    """A light of any schema. Raises `DiscoveryError` or `TemplateError`."""
    match config.text("schema", "basic"):
        case "basic" | "default":
            return _basic(config)
        case "json":
            return _json(config)
        case "template":
            return _template(config)
        case other:
            raise refused(f"a light has no schema '{other[:40]}'")


# The default schema: a topic for each feature.


@dataclass(frozen=True, slots=True)
class _TopicEncoder:
    power: Mapping[Value, str]
    topic: str
    retain: bool
    commands: Mapping[Feature, Command]
    on_command: str

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            return [MqttMessage(self.topic, self.power[False], self.retain)]
        wanted = dict(change)
        if self.on_command == "brightness" and Feature.BRIGHTNESS not in wanted:
            wanted[Feature.BRIGHTNESS] = state.get(Feature.BRIGHTNESS) or 100.0
        on = [MqttMessage(self.topic, self.power[True], self.retain)]
        sent = [command.message(wanted[feature]) for feature, command in self.commands.items() if feature in wanted]
        if self.on_command == "brightness":
            return sent
        return [*on, *sent] if self.on_command == "first" else [*sent, *on]


def _basic(config: Config) -> Parts:
    topic, retain = config.required("command_topic"), config.flag("retain")
    on_command = config.text("on_command_type", "last")
    commands: dict[Feature, Command] = {}
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}

    def add(feature: Feature, key: str, accepted: Accepts, written: Any, **more: Any) -> None:
        if found := config.command_topic(f"{key}_command_topic"):
            template = config.template(f"{key}_command_template")
            commands[feature] = Command(found, written, template, retain, **more)
            accepts[feature] = accepted

    scale = _brightness_scale(config)
    add(Feature.COLOUR, "hs", Anything(), hs_text, variables=lambda it: dict(zip(("hue", "sat"), hs(it), strict=True)))
    add(Feature.COLOUR, "xy", Anything(), xy_text, variables=lambda it: dict(zip("xy", xy_of(it), strict=True)))
    add(Feature.COLOUR, "rgb", Anything(), rgb_text, variables=rgb)
    add(Feature.BRIGHTNESS, "brightness", _PERCENT, lambda it: max(1, round(float(it) / 100 * scale)))
    kelvin = config.flag("color_temp_kelvin")
    add(
        Feature.COLOUR_TEMPERATURE,
        "color_temp",
        _kelvin_range(config),
        lambda it: round(it) if kelvin else mireds(it),
    )
    if options := config.texts("effect_list"):
        add(Feature.EFFECT, "effect", Choice(options), str)
    if on_command == "brightness" and Feature.BRIGHTNESS not in commands:
        on_command = "last"
    state = (
        *reading(config, "state_topic", Feature.POWER, switched(config), "state_value_template", "value_template"),
        *reading(config, "brightness_state_topic", Feature.BRIGHTNESS, scaled(0, scale), "brightness_value_template"),
        *reading(config, "rgb_state_topic", Feature.COLOUR, colour_text, "rgb_value_template"),
        *reading(
            config,
            "color_temp_state_topic",
            Feature.COLOUR_TEMPERATURE,
            lambda text: kelvin_of(number(text), kelvin=kelvin),
            "color_temp_value_template",
        ),
        *reading(config, "effect_state_topic", Feature.EFFECT, str, "effect_value_template"),
    )
    return Parts(
        accepts,
        _TopicEncoder(on_off(config), topic, retain, commands, on_command),
        state,
        optimistic=config.flag("optimistic") or not config.has("state_topic"),
    )


# `schema: json`: one topic for all.


@dataclass(frozen=True, slots=True)
class _JsonEncoder:
    topic: str
    retain: bool
    scale: float
    mode: str
    kelvin: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            return [self._message({"state": "OFF"})]
        command: dict[str, Any] = {"state": "ON"}
        for feature, value in change.items():
            match feature, value:
                case Feature.BRIGHTNESS, int() | float():
                    command["brightness"] = max(1, round(value / 100 * self.scale))
                case Feature.COLOUR, (red, green, blue):
                    command["color"] = colour_json((red, green, blue), self.mode)
                case Feature.COLOUR_TEMPERATURE, int() | float():
                    command["color_temp"] = round(value) if self.kelvin else mireds(value)
                case Feature.EFFECT, str():
                    command["effect"] = value
        return [self._message(command)]

    def _message(self, command: Mapping[str, Any]) -> MqttMessage:
        return MqttMessage(self.topic, json.dumps(command, ensure_ascii=False), self.retain)


def _json(config: Config) -> Parts:
    modes = set(config.texts("supported_color_modes"))
    colours = [mode for mode in ("xy", "hs", "rgb", "rgbw", "rgbww") if mode in modes or config.flag(mode)]
    dimmable = config.flag("brightness") or bool(modes - {"onoff"})
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if dimmable:
        accepts[Feature.BRIGHTNESS] = _PERCENT
    if colours:
        accepts[Feature.COLOUR] = Anything()
    if "color_temp" in modes or config.flag("color_temp"):
        accepts[Feature.COLOUR_TEMPERATURE] = _kelvin_range(config)
    if options := config.texts("effect_list"):
        accepts[Feature.EFFECT] = Choice(options)
    scale, kelvin = _brightness_scale(config), config.flag("color_temp_kelvin")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        state = json_object(payload)
        return {} if state is None else _json_state(state, accepts, scale, kelvin=kelvin)

    state_topic = config.state_topic("state_topic")
    return Parts(
        accepts,
        _JsonEncoder(
            config.required("command_topic"), config.flag("retain"), scale, colours[0] if colours else "", kelvin
        ),
        (Reading(state_topic, decode),) if state_topic else (),
        optimistic=config.flag("optimistic") or not state_topic,
    )


def _json_state(
    state: Mapping[str, Any], accepts: Mapping[Feature, Accepts], scale: float, *, kelvin: bool
) -> Mapping[Feature, Value | None]:
    found: dict[Feature, Value | None] = {}
    if "state" in state:
        power = {"ON": True, "OFF": False}.get(str(state["state"]))
        if power is not None or state["state"] is None:
            found[Feature.POWER] = power
    brightness = state.get("brightness")
    if Feature.BRIGHTNESS in accepts and isinstance(brightness, int | float):
        found[Feature.BRIGHTNESS] = min(100.0, max(0.0, brightness / scale * 100))
    temperature = state.get("color_temp")
    if Feature.COLOUR_TEMPERATURE in accepts and isinstance(temperature, int | float):
        found[Feature.COLOUR_TEMPERATURE] = kelvin_of(float(temperature), kelvin=kelvin)
    colour = state.get("color")
    if Feature.COLOUR in accepts and isinstance(colour, dict) and (known := colour_of(colour)) is not None:
        found[Feature.COLOUR] = known
    effect = state.get("effect")
    if Feature.EFFECT in accepts and isinstance(effect, str):
        found[Feature.EFFECT] = effect
    return found


# `schema: template`: templates for on and off.


@dataclass(frozen=True, slots=True)
class _TemplateEncoder:
    topic: str
    retain: bool
    on: Template
    off: Template
    kelvin: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        off = change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0
        variables: dict[str, Any] = {"state": "off" if off else "on"}
        if not off:
            brightness, temperature = change.get(Feature.BRIGHTNESS), change.get(Feature.COLOUR_TEMPERATURE)
            if isinstance(brightness, int | float):
                variables["brightness"] = max(1, round(brightness / 100 * 255))
            if isinstance(temperature, int | float):
                variables["color_temp"] = round(temperature) if self.kelvin else mireds(temperature)
            colour = change.get(Feature.COLOUR)
            if isinstance(colour, tuple):
                hue, saturation = hs(colour)
                variables |= {**rgb(colour), "hue": hue, "sat": saturation}
            if Feature.EFFECT in change:
                variables["effect"] = change[Feature.EFFECT]
        payload = (self.off if off else self.on).render(**variables)
        if not payload:
            raise TemplateError("template-failed", "a command template yields nothing", "see the device's settings")
        return [MqttMessage(self.topic, payload, self.retain)]


def _template(config: Config) -> Parts:
    on, off = config.template("command_on_template"), config.template("command_off_template")
    if on is None or off is None:
        raise refused("a light with templates needs 'command_on_template' and 'command_off_template'")
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if config.has("brightness_template"):
        accepts[Feature.BRIGHTNESS] = _PERCENT
    if all(config.has(f"{part}_template") for part in ("red", "green", "blue")):
        accepts[Feature.COLOUR] = Anything()
    if config.has("color_temp_template"):
        accepts[Feature.COLOUR_TEMPERATURE] = _kelvin_range(config)
    if options := config.texts("effect_list"):
        accepts[Feature.EFFECT] = Choice(options)
    state = (
        *_read_power(config),
        *reading(config, "state_topic", Feature.BRIGHTNESS, scaled(0, 255), "brightness_template")
        * (Feature.BRIGHTNESS in accepts),
    )
    kelvin = config.flag("color_temp_kelvin")
    return Parts(
        accepts,
        _TemplateEncoder(config.required("command_topic"), config.flag("retain"), on, off, kelvin),
        state,
        optimistic=config.flag("optimistic") or not state,
    )


def _read_power(config: Config) -> tuple[Reading, ...]:
    template = config.template("state_template")
    if template is None or not (topic := config.state_topic("state_topic")):
        return ()
    read = one_of({"on": True, "off": False})

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        value = read(rendered(template, payload) or "")
        return {} if value is None else {Feature.POWER: value}

    return (Reading(topic, decode),)


def _kelvin_range(config: Config) -> Range:
    if config.has("min_kelvin") or config.has("max_kelvin"):
        low, high = config.number("min_kelvin", _KELVIN[0]), config.number("max_kelvin", _KELVIN[1])
    else:
        low = 1_000_000 / max(1.0, config.number("max_mireds", 1_000_000 / _KELVIN[0]))
        high = 1_000_000 / max(1.0, config.number("min_mireds", 1_000_000 / _KELVIN[1]))
    if not 0 < low <= high:
        raise refused("the range of the colour temperature is empty")
    return Range(low, high, unit="K")


def _brightness_scale(config: Config) -> float:
    scale = config.number("brightness_scale", 255)
    if scale < 1:
        raise refused("'brightness_scale' must be at least 1")
    return scale
