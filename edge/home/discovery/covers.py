"""Things that open, close and lock: cover, valve, lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from edge.home.discovery.config import Config, refused
from edge.home.discovery.parts import (
    NONE,
    Command,
    Commands,
    Parts,
    Read,
    one_of,
    payloads,
    plain,
    reading,
    rendered,
    scaled,
)
from edge.home.discovery.templates import Template, json_object
from edge.home.model import Accepts, Choice, Feature, MqttMessage, Range, Reading, State, Value

_PERCENT: Final = Range(0, 100, unit="%")


def read_cover(config: Config) -> Parts:
    """A cover: blind, shutter, curtain, garage door, gate."""
    retain, topic = config.flag("retain"), config.command_topic("command_topic")
    position_topic, tilt_topic = config.command_topic("set_position_topic"), config.command_topic("tilt_command_topic")
    if not (topic or position_topic or tilt_topic):
        raise refused("a cover needs 'command_topic', 'set_position_topic' or 'tilt_command_topic'")
    opened, closed = config.number("position_open", 100), config.number("position_closed", 0)
    tilt_low, tilt_high = config.number("tilt_min", 0), config.number("tilt_max", 100)
    variables = {
        "position_open": plain(opened),
        "position_closed": plain(closed),
        "tilt_min": plain(tilt_low),
        "tilt_max": plain(tilt_high),
    }
    movements: dict[Value, str | None] = {
        name: payload
        for name in ("open", "close", "stop")
        if topic and (payload := config.payload(f"payload_{name}", name.upper())) is not None
    }
    accepts: dict[Feature, Accepts] = {}
    commands: dict[Feature, Command] = {}
    if movements:
        accepts[Feature.MOVEMENT] = Choice(tuple(map(str, movements)))
        commands[Feature.MOVEMENT] = Command(topic, payloads(movements), None, retain)
    if position_topic:
        accepts[Feature.POSITION] = _PERCENT
        commands[Feature.POSITION] = Command(
            position_topic,
            lambda it: round(_share(it, closed, opened)),
            config.template("set_position_template"),
            retain,
            lambda it: {**variables, "position": round(float(it))},  # type: ignore[arg-type]  # a number, by `accepts`
        )
    if tilt_topic:
        accepts[Feature.TILT] = _PERCENT
        commands[Feature.TILT] = Command(
            tilt_topic,
            lambda it: round(_share(it, tilt_low, tilt_high)),
            config.template("tilt_command_template"),
            retain,
            lambda it: {**variables, "tilt_position": round(float(it))},  # type: ignore[arg-type]  # see above
        )
    return Parts(
        accepts,
        Commands(commands),
        (
            *reading(config, "state_topic", Feature.MOVEMENT, _movement(config, "stopped"), "value_template"),
            *_position(config, closed, opened),
            *reading(config, "tilt_status_topic", Feature.TILT, scaled(tilt_low, tilt_high), "tilt_status_template"),
        ),
        optimistic=config.flag("optimistic")
        or not (config.has("state_topic") or config.has("position_topic") or config.has("tilt_status_topic")),
    )


def _movement(config: Config, stopped: str) -> Read:
    names = ("open", "closed", "opening", "closing", stopped)
    return one_of({config.text(f"state_{name}", name): name for name in names})


def _share(percent: Value, low: float, high: float) -> float:
    """The number at this percentage of the way from `low` to `high`."""
    return low + float(percent) / 100 * (high - low)  # type: ignore[arg-type]  # a number, by `accepts`


def _position(config: Config, closed: float, opened: float) -> tuple[Reading, ...]:
    topic = config.state_topic("position_topic")
    if not topic:
        return ()
    template, read = config.template("position_template"), scaled(closed, opened)
    own_state = config.has("state_topic")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload) or ""
        found: dict[Feature, Value | None] = {}
        both = json_object(text)
        if both is not None:
            text, tilt = str(both.get("position", "")), both.get("tilt_position")
            if isinstance(tilt, int | float):
                found[Feature.TILT] = float(tilt)
        position = read(text)
        if position is None:
            return found
        found[Feature.POSITION] = position
        if not own_state:
            found[Feature.MOVEMENT] = "open" if position > 0 else "closed"
        return found

    return (Reading(topic, decode),)


def read_valve(config: Config) -> Parts:
    """A valve; one that reports its position takes a number on its command topic."""
    opened, closed = config.number("position_open", 100), config.number("position_closed", 0)
    by_position = config.flag("reports_position")
    encoder = _ValveEncoder(
        config.required("command_topic"),
        config.template("command_template"),
        config.flag("retain"),
        {name: payload for name in ("open", "close", "stop") if (payload := _valve_payload(config, name)) is not None},
        closed,
        opened,
    )
    accepts: dict[Feature, Accepts] = {}
    if by_position:
        accepts[Feature.POSITION] = _PERCENT
        encoder.payloads.pop("open", None)
        encoder.payloads.pop("close", None)
    movements = ("open", "close", *(["stop"] if "stop" in encoder.payloads else []))
    accepts[Feature.MOVEMENT] = Choice(movements if by_position else tuple(map(str, encoder.payloads)))
    topic = config.state_topic("state_topic")
    template, read = config.template("value_template"), _movement(config, "stopped")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload) or ""
        if text == NONE:
            return {Feature.MOVEMENT: None}
        both = json_object(text) or {}
        movement = read(str(both.get("state", text)))
        found: dict[Feature, Value | None] = {} if movement is None else {Feature.MOVEMENT: movement}
        position = scaled(closed, opened)(str(both.get("position", text))) if by_position else None
        if position is not None:
            found[Feature.POSITION] = position
            found.setdefault(Feature.MOVEMENT, "open" if position > 0 else "closed")
        return found

    return Parts(accepts, encoder, (Reading(topic, decode),) if topic else (), optimistic=not topic)


def _valve_payload(config: Config, name: str) -> str | None:
    """The payload of a movement; there is no default for `stop`."""
    return config.payload(f"payload_{name}", name.upper() if name != "stop" else "") or None


@dataclass(frozen=True, slots=True)
class _ValveEncoder:
    topic: str
    template: Template | None
    retain: bool
    payloads: dict[Value, str | None]
    closed: float
    opened: float

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        movement = str(change.get(Feature.MOVEMENT, ""))
        if movement in self.payloads:
            command = Command(self.topic, payloads(self.payloads), self.template, self.retain)
            return [command.message(movement)]
        percent = {"open": 100.0, "close": 0.0}.get(movement, change.get(Feature.POSITION, 0.0))
        command = Command(
            self.topic,
            lambda it: round(_share(it, self.closed, self.opened)),
            self.template,
            self.retain,
            lambda it: {
                "position": round(float(it)),  # type: ignore[arg-type]  # a number, by `accepts`
                "position_open": plain(self.opened),
                "position_closed": plain(self.closed),
            },
        )
        return [command.message(percent)]


def read_lock(config: Config) -> Parts:
    """A lock. A code is not passed on: a lock that needs one refuses the command."""
    commands: dict[Value, str | None] = {
        name: payload
        for name, default in (("lock", "LOCK"), ("unlock", "UNLOCK"), ("open", ""))
        if (payload := config.payload(f"payload_{name}", default))
    }
    command = Command(
        config.required("command_topic"),
        payloads(commands),
        config.template("command_template"),
        config.flag("retain"),
        lambda _: {"code": None},
    )
    states = ("locked", "unlocked", "locking", "unlocking", "jammed", "open", "opening")
    read = one_of({config.text(f"state_{state}", state.upper()): state for state in states})
    return Parts(
        {Feature.LOCK: Choice(tuple(map(str, commands)))},
        Commands({Feature.LOCK: command}),
        reading(config, "state_topic", Feature.LOCK, read, "value_template"),
        optimistic=config.flag("optimistic") or not config.has("state_topic"),
    )
