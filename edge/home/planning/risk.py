"""Which commands ask first, need the code, or are refused: those that open a way in, disarm, or make a great noise.

The tier hangs on what a command does, not on how it was said: it is enforced where commands are carried out, for every
source of them. A command that sends the same as a risky one is risky too, whatever its name is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from edge.errors import HomeError
from edge.home.model import Accepts, Choice, Command, Entity, Feature, HomeModel, State, Value, Words
from edge.nlu import Language
from edge.settings import Act, Gate, HomeSettings


class Tier(IntEnum):
    """What stands before a command, the strictest last."""

    FREE = 0
    ASK = 1
    """It is asked about, and a yes carries it out."""
    CODE = 2
    """The code is asked for."""
    NEVER = 3
    """It is refused."""


_TIERS: Final[Mapping[Gate, Tier]] = {"ask": Tier.ASK, "code": Tier.CODE, "never": Tier.NEVER}


@dataclass(frozen=True, slots=True)
class Gates:
    """The tiers that the owner chooses: of opening a way in, and of disarming."""

    unlock: Tier = Tier.ASK
    disarm: Tier = Tier.ASK

    @classmethod
    def of(cls, settings: HomeSettings) -> "Gates":
        """Those of the settings."""
        return cls(_TIERS[settings.unlock], _TIERS[settings.disarm])


_WAYS_IN: Final = frozenset({"door", "garage", "gate"})
_SWITCHES: Final = frozenset({"button", "scene", "script", "switch"})
"""Domains that tell nothing of what they switch: the name does."""

_ACTS: Final[Mapping[tuple[Feature, Value], tuple[Act, ...]]] = {
    (Feature.MOVEMENT, "open"): ("open",),
    (Feature.MOVEMENT, "close"): ("close",),
    (Feature.MOVEMENT, "stop"): ("stop",),
    (Feature.LOCK, "lock"): ("lock",),
    (Feature.LOCK, "unlock"): ("unlock",),
    (Feature.LOCK, "open"): ("open", "unlock"),
    (Feature.ALARM, "disarm"): ("disarm",),
    (Feature.ALARM, "trigger"): ("trigger",),
    (Feature.ACTIVITY, "start"): ("start",),
    (Feature.ACTIVITY, "spot"): ("start",),
    (Feature.ACTIVITY, "pause"): ("stop",),
    (Feature.ACTIVITY, "stop"): ("stop",),
    (Feature.ACTIVITY, "dock"): ("dock",),
}

_HEATING: Final = frozenset({"climate", "water_heater"})


def acts(entity: Entity, change: State) -> frozenset[Act]:
    """What a change does, in the words of `forbid`."""
    return frozenset(act for feature, value in change.items() for act in _acts(entity, feature, value))


def _acts(entity: Entity, feature: Feature, value: Value) -> Sequence[Act]:
    match feature:
        case Feature.POWER:
            return ("on",) if value is True else ("off",)
        case Feature.PRESS:
            return ("press", "on")
        case Feature.POSITION | Feature.TILT:
            ends: dict[Value, tuple[Act, ...]] = {0: ("close", "set"), 100: ("open", "set")}
            return ends.get(value, ("open", "close", "set"))
        case Feature.BRIGHTNESS | Feature.SPEED:
            return ("set", "on") if value else ("set", "off")
        case Feature.MODE if entity.domain in _HEATING:
            return ("set", "off") if value == "off" else ("set", "on")
        case _:
            return _ACTS.get((feature, value), ("arm",) if str(value).startswith("arm_") else ("set",))


class Risks:
    """The risky commands of one model."""

    def __init__(self, model: HomeModel, language: Language, gates: Gates) -> None:
        self._language = language
        self._gates = gates
        self._commands: dict[tuple[str, str], Tier] = {}
        self._owners: set[str] = set()
        for entity in (it for it in model.entities if not it.members):
            for change, tier in self._risky_changes(entity):
                self._owners.add(entity.id)
                for command in _commands(entity, change):
                    key = (command.receiver, command.content)
                    self._commands[key] = max(tier, self._commands.get(key, tier))
        self._receivers = frozenset(receiver for receiver, _ in self._commands)
        self._strictest_at: dict[str, Tier] = {}
        for (receiver, _), tier in self._commands.items():
            self._strictest_at[receiver] = max(tier, self._strictest_at.get(receiver, tier))

    def tier(self, entity: Entity, change: State, commands: Sequence[Command]) -> Tier:
        """What stands before a change; `commands` are what it would send."""
        return self.judged(entity, change, commands)[0]

    def judged(self, entity: Entity, change: State, commands: Sequence[Command]) -> tuple[Tier, str]:
        """The tier and its reason, a phrase for the owner; empty if it is free."""
        own, why = max((self._own(entity, change), (Tier.FREE, "")), key=_strictness)
        alike = max((self._commands.get((it.receiver, it.content), Tier.FREE) for it in commands), default=Tier.FREE)
        if isinstance(entity.accepts.get(Feature.VALUE), Words):  # "unlock" may do what "UNLOCK" does
            at = (self._strictest_at.get(it.receiver, Tier.FREE) for it in commands)
            alike = max(alike, *at) if commands else alike
        return (alike, "it sends the same as a command to another thing that is guarded") if alike > own else (own, why)

    def intrudes(self, entity: Entity, commands: Sequence[Command]) -> bool:
        """Whether a change would send something to another, risky thing: "all lights" leave it alone."""
        return entity.id not in self._owners and any(it.receiver in self._receivers for it in commands)

    def _own(self, entity: Entity, change: State) -> tuple[Tier, str]:
        if entity.forbidden & acts(entity, change):
            return Tier.NEVER, "your settings forbid it: [[home.things]] forbid"
        found = [self._of_value(entity, feature, value) for feature, value in change.items()]
        if entity.asks_first:
            found.append((Tier.ASK, "you want to be asked: [[home.things]] ask"))
        return max(found, key=_strictness, default=(Tier.FREE, ""))

    def _of_value(self, entity: Entity, feature: Feature, value: Value) -> tuple[Tier, str]:
        match feature:
            case Feature.MOVEMENT | Feature.POSITION | Feature.TILT:
                opens = value not in {"close", "stop", 0} and self._is_way_in(entity)
            case Feature.POWER | Feature.PRESS:
                opens = value is True and self._is_way_in(entity)
                if value is True and not opens and self._is_siren(entity):
                    return Tier.ASK, "it makes a great noise"
            case Feature.LOCK:
                opens = value != "lock"
            case Feature.ALARM if value == "disarm":
                return self._gates.disarm, "it disarms an alarm: [home] disarm"
            case Feature.ALARM if value == "trigger":
                return Tier.ASK, "it makes a great noise"
            case _:
                return Tier.FREE, ""
        return (self._gates.unlock, "it opens a way into the home: [home] unlock") if opens else (Tier.FREE, "")

    def _is_way_in(self, entity: Entity) -> bool:
        if entity.domain == "cover":
            return (entity.device_class or self._language.names.class_of(entity.name)) in _WAYS_IN
        return entity.domain in _SWITCHES and self._language.names.class_of(entity.name) in _WAYS_IN

    def _is_siren(self, entity: Entity) -> bool:
        return entity.domain == "siren" or self._language.names.class_of(entity.name) == "siren"

    def _risky_changes(self, entity: Entity) -> Iterator[tuple[State, Tier]]:
        for change in changes_of(entity):
            if (tier := self._own(entity, change)[0]) > Tier.FREE:
                yield change, tier


def _strictness(judged: tuple[Tier, str]) -> Tier:
    return judged[0]


def changes_of(entity: Entity) -> Iterator[State]:
    """The changes of an entity that need no number, and the ends of its position."""
    if entity.encode is None:
        return
    for feature, accepted in entity.accepts.items():
        for value in _values(feature, accepted):
            yield {feature: value}


def _values(feature: Feature, accepted: Accepts) -> Sequence[Value]:
    if isinstance(accepted, Choice):
        return accepted.options
    match feature:
        case Feature.POWER:
            return (True, False)
        case Feature.PRESS:
            return (True,)
        case Feature.POSITION | Feature.TILT:
            return (100.0, 0.0)
        case _:
            return ()


def _commands(entity: Entity, change: State) -> Sequence[Command]:
    if entity.encode is None:
        return ()
    try:
        return tuple(entity.encode(change, {}))
    except HomeError:
        return ()
