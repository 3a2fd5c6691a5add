"""Machines with activities of their own: vacuum, lawn mower, alarm panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import Command, Commands, Parts, payloads, reading, text_of
from edge.home.discovery.templates import Template, json_object
from edge.home.model import Accepts, Choice, Feature, MqttMessage, Reading, State, Value

_VACUUM: Final[Mapping[str, tuple[str, str]]] = {
    "start": ("payload_start", "start"),
    "pause": ("payload_pause", "pause"),
    "stop": ("payload_stop", "stop"),
    "dock": ("payload_return_to_base", "return_to_base"),
    "locate": ("payload_locate", "locate"),
    "spot": ("payload_clean_spot", "clean_spot"),
}
_VACUUM_FEATURES: Final = {"return_home": "dock", "clean_spot": "spot"}
_VACUUM_DEFAULT: Final = ("start", "stop", "return_home", "status", "battery", "clean_spot")

_ARMED: Final = ("home", "away", "night", "vacation", "custom_bypass")
_ALARM_FEATURES: Final = {"arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass", "trigger"}


def read_vacuum(config: Config) -> Parts:
    """A vacuum robot. Its state is JSON: {"state": "docked", "fan_speed": "max"}."""
    topic, retain = config.command_topic("command_topic"), config.flag("retain")
    named = config.texts("supported_features") if config.has("supported_features") else _VACUUM_DEFAULT
    able = {_VACUUM_FEATURES.get(feature, feature) for feature in named}
    activities: dict[Value, str | None] = {
        activity: config.text(key, default)
        for activity, (key, default) in _VACUUM.items()
        if topic and activity in able
    }
    accepts: dict[Feature, Accepts] = {}
    commands: dict[Feature, Command] = {}
    if activities:
        accepts[Feature.ACTIVITY] = Choice(tuple(map(str, activities)))
        commands[Feature.ACTIVITY] = Command(topic, payloads(activities), None, retain)
    speeds, speed_topic = config.texts("fan_speed_list"), config.command_topic("set_fan_speed_topic")
    if speeds and speed_topic and "fan_speed" in able:
        accepts[Feature.FAN_MODE] = Choice(speeds)
        commands[Feature.FAN_MODE] = Command(speed_topic, str, None, retain)
    state = config.state_topic("state_topic")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        parsed = json_object(payload) or {}
        known = {Feature.ACTIVITY: parsed.get("state"), Feature.FAN_MODE: parsed.get("fan_speed")}
        return {feature: value for feature, value in known.items() if isinstance(value, str)}

    if not commands and not state:
        raise refused("a vacuum needs 'command_topic' or 'state_topic'")
    return Parts(accepts, Commands(commands), (Reading(state, decode),) if state else (), optimistic=not state)


def read_lawn_mower(config: Config) -> Parts:
    """A mower: one topic for each command, with the name of the command as the default payload."""
    retain = config.flag("retain")
    commands: dict[str, Command] = {}
    for activity, key in (("start", "start_mowing"), ("pause", "pause"), ("dock", "dock")):
        if topic := config.command_topic(f"{key}_command_topic"):
            template = config.template(f"{key}_command_template")
            commands[activity] = Command(topic, payloads({activity: key}), template, retain)
    if not commands:
        raise refused("a lawn mower needs a command topic")
    return Parts(
        {Feature.ACTIVITY: Choice(tuple(commands))},
        _MowerEncoder(commands),
        reading(config, "activity_state_topic", Feature.ACTIVITY, text_of, "activity_value_template"),
        optimistic=config.flag("optimistic") or not config.has("activity_state_topic"),
    )


@dataclass(frozen=True, slots=True)
class _MowerEncoder:
    commands: Mapping[str, Command]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        activity = str(change[Feature.ACTIVITY])
        return [self.commands[activity].message(activity)]


def read_alarm(config: Config) -> Parts:
    """An alarm panel. A panel that needs a code for an action does not offer it: codes are not kept."""
    able = set(config.texts("supported_features")) if config.has("supported_features") else set(_ALARM_FEATURES)
    coded = config.has("code")
    actions: dict[Value, str | None] = {}
    if not (coded and config.flag("code_disarm_required", default=True)):
        actions["disarm"] = config.text("payload_disarm", "DISARM")
    if not (coded and config.flag("code_arm_required", default=True)):
        for armed in _ARMED:
            if f"arm_{armed}" in able:
                actions[f"arm_{armed}"] = config.text(f"payload_arm_{armed}", f"ARM_{armed.upper()}")
    if "trigger" in able and not (coded and config.flag("code_trigger_required", default=True)):
        actions["trigger"] = config.text("payload_trigger", "TRIGGER")
    command = _AlarmEncoder(
        config.required("command_topic"), config.template("command_template"), config.flag("retain"), actions
    )
    return Parts(
        {Feature.ALARM: Choice(tuple(map(str, actions)))},
        command,
        reading(config, "state_topic", Feature.ALARM, text_of, "value_template"),
        optimistic=not config.has("state_topic"),
    )


@dataclass(frozen=True, slots=True)
class _AlarmEncoder:
    """The template sees the payload as `action`."""

    topic: str
    template: Template | None
    retain: bool
    actions: Mapping[Value, str | None]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        action = str(self.actions[change[Feature.ALARM]])
        payload = action if self.template is None else self.template.render(action=action, code=None, value=action)
        return [MqttMessage(self.topic, payload, self.retain)]
