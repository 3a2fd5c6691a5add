"""Things that open, close and lock: cover, valve, lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from edge.home.model import Accepts, Choice, Decoder, Feature, MqttMessage, Reading, State, Value
from edge.home.sources.discovery.config import Config, refused
from edge.home.sources.discovery.parts import (
    NONE,
    PERCENT,
    Builder,
    Command,
    Parts,
    Read,
    as_number,
    number,
    one_of,
    payloads,
    rendered,
    scaled,
)
from edge.home.sources.discovery.templates import json_object

_LOCK_STATES: Final = ("locked", "unlocked", "locking", "unlocking", "jammed", "open", "opening")


class _Travel:
    """The way between two ends on the wire: 0 to 100 percent, and the other way round."""

    def __init__(self, closed: float, opened: float) -> None:
        if closed == opened:
            raise refused("the range of the position is empty")
        self.low, self.high = closed, opened
        self.read = scaled(closed, opened)

    def wire(self, percent: Value) -> int:
        """The number on the wire."""
        return round(self.low + as_number(percent) / 100 * (self.high - self.low))

    def read_inside(self, text: str) -> float | None:
        """Percent; None for a number outside of the range."""
        value = number(text)
        inside = value is not None and min(self.low, self.high) <= round(value) <= max(self.low, self.high)
        return self.read(text) if inside else None


def read_cover(config: Config) -> Parts:
    """A cover: blind, shutter, curtain, garage door, gate."""
    build = Builder(config)
    position = _Travel(config.number("position_closed", 0), config.number("position_open", 100))
    tilt = _Travel(config.number("tilt_min", 0), config.number("tilt_max", 100))
    ends = {
        "position_open": as_number(position.high),
        "position_closed": as_number(position.low),
        "tilt_min": as_number(tilt.low),
        "tilt_max": as_number(tilt.high),
    }
    movements = _movements(config, stop="STOP")
    if movements and (topic := config.command_topic("command_topic")):
        build.accepts[Feature.MOVEMENT] = Choice(tuple(map(str, movements)))
        build.commands[Feature.MOVEMENT] = Command(topic, payloads(movements), None, config.flag("retain"))
    build.command(
        Feature.POSITION,
        "set_position",
        PERCENT,
        position.wire,
        lambda percent: {**ends, "position": as_number(percent)},
    )
    build.command(
        Feature.TILT, "tilt_command", PERCENT, tilt.wire, lambda percent: {**ends, "tilt_position": as_number(percent)}
    )
    build.state(Feature.MOVEMENT, "state_topic", _movement(config), "value_template")
    if topic := config.state_topic("position_topic"):
        build.readings.append(Reading(topic, _position(config, position, tilt, ends)))
    build.state(Feature.TILT, "tilt_status_topic", tilt.read_inside, "tilt_status_template", variables=ends)
    return build.parts(optimistic=config.flag("optimistic") or not build.readings)


def _movements(config: Config, *, stop: str = "") -> dict[Value, str]:
    """The payloads of the movements, `stop` is the default of the last; null says that there is no such command."""
    found = {
        "open": config.payload("payload_open", "OPEN"),
        "close": config.payload("payload_close", "CLOSE"),
        "stop": config.payload("payload_stop", stop),
    }
    return {name: payload for name, payload in found.items() if payload}


def _movement(config: Config) -> Read:
    names = ("stopped", "open", "closed", "opening", "closing")
    return one_of({config.text(f"state_{name}", name): name for name in names})


def _position(config: Config, position: _Travel, tilt: _Travel, ends: Mapping[str, Any]) -> Decoder:
    """A position, or JSON with `position` and `tilt_position`. Without a topic of its own the state follows from it."""
    template, own_state = config.template("position_template"), config.has("state_topic")

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(template, payload, **ends) or ""
        both = json_object(text)
        percent = position.read(text if both is None else str(both.get("position")))
        if percent is None:
            return {}
        found: dict[Feature, Value | None] = {Feature.POSITION: percent}
        if both is not None and (angle := tilt.read_inside(str(both.get("tilt_position")))) is not None:
            found[Feature.TILT] = angle
        if not own_state:
            found[Feature.MOVEMENT] = "open" if int(percent) else "closed"
        return found

    return decode


def read_valve(config: Config) -> Parts:
    """A valve; one that reports its position takes a number on its command topic."""
    travel = _Travel(config.number("position_closed", 0), config.number("position_open", 100))
    by_position = config.flag("reports_position")
    movements = _movements(config)
    accepts: dict[Feature, Accepts] = {}
    topic, state_topic = config.command_topic("command_topic"), config.state_topic("state_topic")
    if not topic and not state_topic:
        raise refused("it has neither a command nor a state topic")
    if topic and by_position:
        accepts[Feature.POSITION] = PERCENT
        accepts[Feature.MOVEMENT] = Choice(("open", "close", *(["stop"] if "stop" in movements else [])))
    elif topic and movements:
        accepts[Feature.MOVEMENT] = Choice(tuple(map(str, movements)))
    template, retain = config.template("command_template"), config.flag("retain")
    ends = {"position_open": as_number(travel.high), "position_closed": as_number(travel.low)}
    encoder = _ValveEncoder(
        Command(topic, payloads(movements), template, retain),
        Command(topic, travel.wire, template, retain, lambda it: {**ends, "position": as_number(it)}),
        by_position=by_position,
    )
    value_template, read = config.template("value_template"), _movement(config)

    def decode(payload: str) -> Mapping[Feature, Value | None]:
        text = rendered(value_template, payload, **ends) or ""
        both = json_object(text) or {"state": text, "position": text}
        if both.get("state") == NONE:
            return dict.fromkeys((Feature.MOVEMENT, Feature.POSITION) if by_position else (Feature.MOVEMENT,))
        movement = read(str(both.get("state")))
        percent = travel.read(str(both.get("position"))) if by_position else None
        if by_position and movement not in {"opening", "closing"}:
            movement = None if percent is None else "open" if int(percent) else "closed"
        found = {Feature.MOVEMENT: movement, Feature.POSITION: percent}
        return {feature: value for feature, value in found.items() if value is not None}

    readings = (Reading(state_topic, decode),) if state_topic else ()
    optimistic = config.flag("optimistic") or not state_topic
    return Parts(accepts, encoder if accepts else None, readings, optimistic=optimistic)


@dataclass(frozen=True, slots=True)
class _ValveEncoder:
    movement: Command
    position: Command
    by_position: bool

    def __call__(self, change: State, state: State) -> Sequence[MqttMessage]:
        """See `Encoder`."""
        _ = state
        movement = change.get(Feature.MOVEMENT)
        if movement is not None and not (self.by_position and movement in {"open", "close"}):
            return [self.movement.message(movement)]
        percent = change.get(Feature.POSITION, 100.0 if movement == "open" else 0.0)
        return [self.position.message(percent)]


def read_lock(config: Config) -> Parts:
    """A lock. One that needs a code is only read: codes are not kept."""
    build = Builder(config)
    config.required("command_topic")
    commands: dict[Value, str] = {
        "lock": config.text("payload_lock", "LOCK"),
        "unlock": config.text("payload_unlock", "UNLOCK"),
        "open": config.text("payload_open"),
    }
    if not config.has("code_format"):
        names = tuple(str(name) for name, payload in commands.items() if payload)
        build.command(Feature.LOCK, "command", Choice(names), payloads(commands), lambda _: {"code": None})
    read = one_of({config.text(f"state_{state}", state.upper()): state for state in _LOCK_STATES})
    build.state(Feature.LOCK, "state_topic", read, "value_template", unknown=config.text("payload_reset", NONE))
    return build.parts(optimistic=config.flag("optimistic") or not config.has("state_topic"))
