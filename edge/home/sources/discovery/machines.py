"""Machines with activities of their own: vacuum, lawn mower, alarm panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.home.model import Choice, Feature, MqttMessage, Reading, State, Value
from edge.home.sources.discovery.config import Config
from edge.home.sources.discovery.parts import Builder, Command, Parts, listed, payloads
from edge.home.sources.discovery.templates import json_object

_VACUUM: Final[Mapping[str, tuple[str, str, str]]] = {
    "start": ("start", "payload_start", "start"),
    "pause": ("pause", "payload_pause", "pause"),
    "stop": ("stop", "payload_stop", "stop"),
    "return_home": ("dock", "payload_return_to_base", "return_to_base"),
    "locate": ("locate", "payload_locate", "locate"),
    "clean_spot": ("spot", "payload_clean_spot", "clean_spot"),
}
"""The features of a vacuum: the activity, the key of its payload, and the default payload."""

_VACUUM_DEFAULT: Final = ("start", "stop", "return_home", "clean_spot")
_VACUUM_STATES: Final = ("cleaning", "docked", "error", "idle", "paused", "returning")
_MOWER_STATES: Final = ("docked", "error", "mowing", "paused", "returning")

_ARMED: Final = ("home", "away", "night", "vacation", "custom_bypass")
_ALARM_STATES: Final = (
    "disarmed",
    *(f"armed_{mode}" for mode in _ARMED),
    "pending",
    "arming",
    "disarming",
    "triggered",
)


def read_vacuum(config: Config) -> Parts:
    """A vacuum robot. Its state is JSON: {"state": "docked", "fan_speed": "max"}."""
    build = Builder(config)
    able = config.texts("supported_features") if config.has("supported_features") else _VACUUM_DEFAULT
    activities: dict[Value, str] = {
        activity: config.text(key, default) for name, (activity, key, default) in _VACUUM.items() if name in able
    }
    build.command(Feature.ACTIVITY, "command", Choice(tuple(map(str, activities))), payloads(activities))
    if "fan_speed" in able:
        build.command(Feature.FAN_MODE, "set_fan_speed", Choice(config.texts("fan_speed_list")), str)
    if state_topic := config.state_topic("state_topic"):
        build.readings.append(Reading(state_topic, _vacuum_state))
    return build.parts(optimistic=not state_topic)


def _vacuum_state(payload: str) -> Mapping[Feature, Value | None]:
    parsed = json_object(payload) or {}
    found: dict[Feature, Value | None] = {}
    activity, speed = parsed.get("state", ""), parsed.get("fan_speed")
    if activity is None or activity in _VACUUM_STATES:
        found[Feature.ACTIVITY] = activity
    if isinstance(speed, str):
        found[Feature.FAN_MODE] = speed
    return found


@dataclass(frozen=True, slots=True)
class _MowerEncoder:
    commands: Mapping[str, Command]

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        activity = str(change[Feature.ACTIVITY])
        return [self.commands[activity].message(activity)]


def read_lawn_mower(config: Config) -> Parts:
    """A mower: one topic for each command, with the name of the command as the default payload."""
    build = Builder(config)
    commands: dict[str, Command] = {}
    for activity, key in (("start", "start_mowing"), ("pause", "pause"), ("dock", "dock")):
        build.command(Feature.ACTIVITY, f"{key}_command", Choice((activity,)), payloads({activity: key}))
        if Feature.ACTIVITY in build.commands:
            commands[activity] = build.commands.pop(Feature.ACTIVITY)
    build.state(Feature.ACTIVITY, "activity_state_topic", listed(_MOWER_STATES), "activity_value_template")
    if not commands:
        return build.parts(optimistic=False)
    return Parts(
        {Feature.ACTIVITY: Choice(tuple(commands))},
        _MowerEncoder(commands),
        tuple(build.readings),
        optimistic=config.flag("optimistic") or not build.readings,
    )


def read_alarm(config: Config) -> Parts:
    """An alarm panel. A panel that needs a code for an action does not offer it: codes are not kept."""
    build = Builder(config)
    config.required("command_topic")
    features = [*(f"arm_{mode}" for mode in _ARMED), "trigger"]
    able = config.texts("supported_features") if config.has("supported_features") else features
    payload: dict[Value, str] = {}
    for action in ("disarm", *(feature for feature in features if feature in able)):
        kind = action.partition("_")[0]
        if not (config.has("code") and config.flag(f"code_{kind}_required", default=True)):
            payload[action] = config.text(f"payload_{action}", action.upper())
    build.command(
        Feature.ALARM,
        "command",
        Choice(tuple(map(str, payload))),
        payloads(payload),
        lambda action: {"action": payload[action], "code": None},
    )
    build.state(Feature.ALARM, "state_topic", listed(_ALARM_STATES), "value_template")
    return build.parts(optimistic=not config.has("state_topic"))
