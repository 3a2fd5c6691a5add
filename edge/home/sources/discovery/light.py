"""Lights: which schema one has, and the default schema, with a topic for each feature."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edge.home.model import Anything, Choice, Decoder, Feature, MqttMessage, Reading, State, Value
from edge.home.sources.discovery.colours import MODES, WHITE, dimmed, kelvin_of, mireds, of_text, parts_of, rgb
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.light_json import read_json_light
from edge.home.sources.discovery.light_ranges import brightness_scale, kelvin_range
from edge.home.sources.discovery.light_template import read_template_light
from edge.home.sources.discovery.parts import (
    PERCENT,
    Builder,
    Command,
    Parts,
    as_number,
    decoder,
    number,
    on_off,
    switched,
    text_of,
)

_VARIABLES: Final = {
    "rgb": ("red", "green", "blue"),
    "rgbw": ("red", "green", "blue", "white"),
    "rgbww": ("red", "green", "blue", "cold_white", "warm_white"),
    "hs": ("hue", "sat"),
    "xy": ("x", "y"),
}
"""What the templates of colours see."""

_ON_COMMANDS: Final = ("last", "first", "brightness")


def read_light(config: Config) -> Parts:
    """A light of any schema. Raises `DiscoveryError` or `TemplateError`."""
    match config.text("schema", "basic"):
        case "basic" | "default":
            return _basic(config)
        case "json":
            return read_json_light(config)
        case "template":
            return read_template_light(config)
        case other:
            raise refused(f"a light has no schema '{other[:40]}'")


@dataclass(frozen=True, slots=True)
class _TopicEncoder:
    """`dims` is true where the brightness is a part of the colour."""

    power: Mapping[Value, str]
    topic: str
    retain: bool
    commands: Mapping[Feature, Command]
    on_command: str
    dims: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            return [MqttMessage(self.topic, self.power[False], self.retain)]
        wanted = dict(change)
        if self.on_command == "brightness" and Feature.BRIGHTNESS not in wanted:
            wanted[Feature.BRIGHTNESS] = state.get(Feature.BRIGHTNESS) or 100.0
        if self.dims and (Feature.BRIGHTNESS in wanted or Feature.COLOUR in wanted):
            colour = wanted.get(Feature.COLOUR, state.get(Feature.COLOUR, WHITE))
            percent = wanted.pop(Feature.BRIGHTNESS, state.get(Feature.BRIGHTNESS) or 100.0)
            wanted[Feature.COLOUR] = dimmed(rgb(colour), as_number(percent))
        sent = [command.message(wanted[feature]) for feature, command in self.commands.items() if feature in wanted]
        if self.on_command == "brightness":
            return sent
        on = MqttMessage(self.topic, self.power[True], self.retain)
        return [on, *sent] if self.on_command == "first" else [*sent, on]


def _basic(config: Config) -> Parts:
    build = Builder(config)
    topic, on_command = config.required("command_topic"), config.text("on_command_type", "last")
    if on_command not in _ON_COMMANDS:
        raise refused("'on_command_type' is last, first or brightness")
    scale, kelvin = brightness_scale(config), config.flag("color_temp_kelvin")
    mode = next((mode for mode in MODES if config.has(f"{mode}_command_topic")), "")
    if mode:
        build.command(Feature.COLOUR, f"{mode}_command", Anything(), _colour_text(mode), _variables(mode))
    build.command(
        Feature.BRIGHTNESS, "brightness_command", PERCENT, lambda it: max(1, round(as_number(it) / 100 * scale))
    )
    build.command(
        Feature.COLOUR_TEMPERATURE,
        "color_temp_command",
        kelvin_range(config),
        lambda it: round(as_number(it)) if kelvin else mireds(it),
    )
    build.command(Feature.EFFECT, "effect_command", Choice(config.texts("effect_list")), str)
    dims = mode.startswith("rgb") and Feature.BRIGHTNESS not in build.commands
    build.accepts[Feature.POWER] = Anything()
    if dims:
        build.accepts[Feature.BRIGHTNESS] = PERCENT
    elif on_command == "brightness" and Feature.BRIGHTNESS not in build.commands:
        on_command = "last"
    _states(config, build, scale, kelvin=kelvin)
    return Parts(
        build.accepts,
        _TopicEncoder(on_off(config), topic, config.flag("retain"), build.commands, on_command, dims),
        tuple(build.readings),
        optimistic=config.flag("optimistic") or not config.has("state_topic"),
    )


def _colour_text(mode: str) -> Callable[[Value], str]:
    return lambda colour: ",".join(map(str, parts_of(rgb(colour), mode)))


def _variables(mode: str) -> Callable[[Value], Mapping[str, Any]]:
    return lambda colour: dict(zip(_VARIABLES[mode], parts_of(rgb(colour), mode), strict=True))


def _states(config: Config, build: Builder, scale: float, *, kelvin: bool) -> None:
    def brightness(text: str) -> float | None:
        value = number(text)
        return min(100.0, value / scale * 100) if value is not None and value > 0 else None

    build.state(Feature.POWER, "state_topic", switched(config), "state_value_template", "value_template")
    build.state(Feature.BRIGHTNESS, "brightness_state_topic", brightness, "brightness_value_template")
    build.state(
        Feature.COLOUR_TEMPERATURE,
        "color_temp_state_topic",
        lambda text: kelvin_of(number(text), kelvin=kelvin),
        "color_temp_value_template",
    )
    build.state(Feature.EFFECT, "effect_state_topic", text_of, "effect_value_template")
    for mode in MODES:
        if topic := config.state_topic(f"{mode}_state_topic"):
            template = config.template(f"{mode}_value_template")
            decode = decoder(Feature.COLOUR, functools.partial(of_text, mode=mode), template, "", {})
            dims = mode.startswith("rgb") and not config.has("brightness_state_topic")
            build.readings.append(Reading(topic, _with_brightness(decode) if dims else decode))


def _with_brightness(decode: Decoder) -> Decoder:
    """A colour whose brightest part is the brightness of the light; black says nothing."""

    def run(payload: str) -> Mapping[Feature, Value | None]:
        found = decode(payload)
        colour = found.get(Feature.COLOUR)
        if not isinstance(colour, tuple):
            return found
        if not (brightest := max(colour)):
            return {}
        red, green, blue = (min(255, round(part / brightest * 255)) for part in colour)
        return {Feature.COLOUR: (red, green, blue), Feature.BRIGHTNESS: brightest / 255 * 100}

    return run
