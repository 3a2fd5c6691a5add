"""Lights with `schema: json`: one topic for all features."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edge.home.model import Accepts, Anything, Choice, Feature, MqttMessage, Reading, State, Value
from edge.home.sources.discovery.colours import MODES, colour_json, kelvin_of, mireds, of_json, rgb
from edge.home.sources.discovery.config import Config
from edge.home.sources.discovery.light_ranges import brightness_scale, kelvin_range
from edge.home.sources.discovery.parts import PERCENT, Parts, as_number, finite
from edge.home.sources.discovery.templates import json_object


@dataclass(frozen=True, slots=True)
class _JsonLight:
    """An encoder, and the decoder of its states."""

    topic: str
    retain: bool
    accepts: Mapping[Feature, Accepts]
    scale: float
    mode: str
    kelvin: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        command: dict[str, Any] = {"state": "ON"}
        if change.get(Feature.POWER) is False or change.get(Feature.BRIGHTNESS) == 0:
            command, change = {"state": "OFF"}, {}
        if Feature.BRIGHTNESS in change:
            command["brightness"] = max(1, round(as_number(change[Feature.BRIGHTNESS]) / 100 * self.scale))
        if Feature.COLOUR in change:
            command["color"] = colour_json(rgb(change[Feature.COLOUR]), self.mode)
        if (temperature := change.get(Feature.COLOUR_TEMPERATURE)) is not None:
            command["color_temp"] = round(as_number(temperature)) if self.kelvin else mireds(temperature)
        if Feature.EFFECT in change:
            command["effect"] = change[Feature.EFFECT]
        return [MqttMessage(self.topic, json.dumps(command, ensure_ascii=False), self.retain)]

    def decode(self, payload: str) -> Mapping[Feature, Value | None]:
        """See `Decoder`. A light shows a colour or a colour temperature: `color_mode` says which one."""
        state = json_object(payload) or {}
        found: dict[Feature, Value | None] = {}
        power = {"ON": True, "OFF": False}.get(str(state.get("state")))
        if power is not None or ("state" in state and state["state"] is None):
            found[Feature.POWER] = power
        brightness = finite(state.get("brightness"))
        if brightness is not None and brightness > 0:
            found[Feature.BRIGHTNESS] = min(100.0, brightness / self.scale * 100)
        temperature = kelvin_of(finite(state.get("color_temp")), kelvin=self.kelvin)
        if temperature is not None:
            found[Feature.COLOUR_TEMPERATURE] = temperature
        colour = state.get("color")
        if isinstance(colour, dict) and (known := of_json(colour)) is not None:
            found[Feature.COLOUR] = known
        mode = state.get("color_mode")
        if mode == "color_temp":
            found[Feature.COLOUR] = None
        elif mode in MODES:
            found[Feature.COLOUR_TEMPERATURE] = None
        if isinstance(state.get("effect"), str):
            found[Feature.EFFECT] = state["effect"]
        return {feature: value for feature, value in found.items() if feature in self.accepts}


def read_json_light(config: Config) -> Parts:
    """A light whose commands and states are JSON. Colour modes of before 2025 (`rgb`, `hs`, `xy`) are read too."""
    modes = set(config.texts("supported_color_modes"))
    mode = next((mode for mode in MODES if mode in modes or (len(mode) <= len("rgb") and config.flag(mode))), "")
    accepts: dict[Feature, Accepts] = {Feature.POWER: Anything()}
    if config.flag("brightness") or modes - {"onoff"}:
        accepts[Feature.BRIGHTNESS] = PERCENT
    if mode:
        accepts[Feature.COLOUR] = Anything()
    if "color_temp" in modes or config.flag("color_temp"):
        accepts[Feature.COLOUR_TEMPERATURE] = kelvin_range(config)
    if options := config.texts("effect_list"):
        accepts[Feature.EFFECT] = Choice(options)
    light = _JsonLight(
        config.required("command_topic"),
        config.flag("retain"),
        accepts,
        brightness_scale(config),
        mode,
        config.flag("color_temp_kelvin"),
    )
    topic = config.state_topic("state_topic")
    readings = (Reading(topic, light.decode),) if topic else ()
    return Parts(accepts, light, readings, optimistic=config.flag("optimistic") or not topic)
