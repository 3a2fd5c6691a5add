"""Lights with `schema: template`: a template for on, one for off, and one for each part of the state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edge.home.model import Anything, Choice, Feature, MqttMessage, Reading, State, Value
from edge.home.sources.discovery.colours import dimmed, kelvin_of, mireds, of_parts, parts_of, rgb
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.light_ranges import kelvin_range
from edge.home.sources.discovery.parts import (
    PERCENT,
    Builder,
    Parts,
    as_number,
    listed,
    number,
    one_of,
    rendered,
    rendered_command,
)
from edge.home.sources.discovery.templates import Template

_COLOURS = ("red", "green", "blue")


@dataclass(frozen=True, slots=True)
class _TemplateEncoder:
    """`dims` is true where the brightness is a part of the colour."""

    topic: str
    retain: bool
    on: Template
    off: Template
    kelvin: bool
    dims: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            return [MqttMessage(self.topic, rendered_command(self.off, state=False), self.retain)]
        variables: dict[str, Any] = {"state": True}
        if Feature.BRIGHTNESS in change:
            variables["brightness"] = max(1, round(as_number(change[Feature.BRIGHTNESS]) / 100 * 255))
        if (temperature := change.get(Feature.COLOUR_TEMPERATURE)) is not None:
            variables["color_temp"] = round(as_number(temperature)) if self.kelvin else mireds(temperature)
        if Feature.COLOUR in change:
            colour = rgb(change[Feature.COLOUR])
            variables["hue"], variables["sat"] = parts_of(colour, "hs")
            if self.dims:
                percent = change.get(Feature.BRIGHTNESS, state.get(Feature.BRIGHTNESS) or 100.0)
                colour = dimmed(colour, as_number(percent))
            variables |= dict(zip(_COLOURS, colour, strict=True))
        if Feature.EFFECT in change:
            variables["effect"] = change[Feature.EFFECT]
        return [MqttMessage(self.topic, rendered_command(self.on, **variables), self.retain)]


def read_template_light(config: Config) -> Parts:
    """A light whose commands and states are templates."""
    build = Builder(config)
    on, off = config.template("command_on_template"), config.template("command_off_template")
    if on is None or off is None:
        raise refused("a light with templates needs 'command_on_template' and 'command_off_template'")
    kelvin, effects = config.flag("color_temp_kelvin"), config.texts("effect_list")
    build.accepts[Feature.POWER] = Anything()
    if config.has("state_template"):
        build.state(Feature.POWER, "state_topic", one_of({"on": True, "off": False}), "state_template")
    if config.has("brightness_template"):
        build.accepts[Feature.BRIGHTNESS] = PERCENT
        build.state(Feature.BRIGHTNESS, "state_topic", _brightness, "brightness_template")
    if config.has("color_temp_template"):
        build.accepts[Feature.COLOUR_TEMPERATURE] = kelvin_range(config)
        build.state(
            Feature.COLOUR_TEMPERATURE,
            "state_topic",
            lambda text: kelvin_of(number(text), kelvin=kelvin),
            "color_temp_template",
        )
    if all(config.has(f"{part}_template") for part in _COLOURS):
        build.accepts[Feature.COLOUR] = Anything()
        _colour_state(config, build)
    if effects:
        build.accepts[Feature.EFFECT] = Choice(effects)
        if config.has("effect_template"):
            build.state(Feature.EFFECT, "state_topic", listed(effects), "effect_template")
    dims = Feature.BRIGHTNESS not in build.accepts
    return Parts(
        build.accepts,
        _TemplateEncoder(config.required("command_topic"), config.flag("retain"), on, off, kelvin, dims),
        tuple(build.readings),
        optimistic=config.flag("optimistic") or not (config.has("state_topic") and config.has("state_template")),
    )


def _brightness(text: str) -> float | None:
    value = number(text)
    return min(100.0, value / 255 * 100) if value is not None and value > 0 else None


def _colour_state(config: Config, build: Builder) -> None:
    topic = config.state_topic("state_topic")
    templates = [config.template(f"{part}_template") for part in _COLOURS]

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        texts = [rendered(template, payload) or "" for template in templates]
        if set(texts) == {"None"}:
            return {Feature.COLOUR: None}
        colour = of_parts([number(text) for text in texts], "rgb")
        return {} if colour is None else {Feature.COLOUR: colour}

    if topic:
        build.readings.append(Reading(topic, decode))
