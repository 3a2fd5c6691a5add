"""From an intent to a plan: which things change how, what is said, and whether it asks first. Pure.

Nothing here has an effect: `edge.home.acting.execute` carries plans out. The reply of a plan is what is said if
everything works, so that it can be synthesised in advance.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from edge.errors import HomeError
from edge.events import HERE, UNDO, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.model import Entity, Feature, HomeModel, Range, State, Value
from edge.home.planning import changes
from edge.home.planning.find import can
from edge.home.planning.meant import heating, is_off, running
from edge.home.planning.planned import Plan, Step
from edge.home.planning.risk import Gates, Risks, Tier
from edge.home.planning.targets import LISTED, Targets, place_of
from edge.home.states import EntityState
from edge.nlu import Language

_ONE_AT_A_TIME: Final = frozenset({"light", "switch", "fan", "cover", "lock", "media_player"})
"""Domains that are not switched on, opened or locked in the whole home only because no area was named."""

_ALL_OFF: Final = frozenset({"light", "fan"})
"""Domains that may be switched off in the whole home."""

_VERBS: Final = frozenset({"cover", "lock"})
"""Domains that only a whole command opens or unlocks, with the right verb: "open" must not lock a door."""

_SETS: Final[Mapping[str, tuple[str, Feature, str]]] = {
    "brightness": ("light", Feature.BRIGHTNESS, "ask-brightness"),
    "position": ("cover", Feature.POSITION, "not-known"),
    "percentage": ("fan", Feature.SPEED, "ask-fan-speed"),
    "temperature": ("climate", Feature.TARGET_TEMPERATURE, "ask-temperature"),
    "volume_level": ("media_player", Feature.VOLUME, "own-volume-only"),
    "humidity": ("humidifier", Feature.TARGET_HUMIDITY, "not-known"),
    "tilt": ("cover", Feature.TILT, "not-known"),
    "value": ("number", Feature.VALUE, "not-known"),
}
"""A slot with a number: the domain and the feature that it sets, and the reply without the number."""

_ADJUSTS: Final[Mapping[str, tuple[str, Feature, float]]] = {
    "brightness": ("light", Feature.BRIGHTNESS, 20.0),
    "temperature": ("climate", Feature.TARGET_TEMPERATURE, 1.0),
    "speed": ("fan", Feature.SPEED, 25.0),
    "position": ("cover", Feature.POSITION, 20.0),
    "humidity": ("humidifier", Feature.TARGET_HUMIDITY, 5.0),
    "value": ("number", Feature.VALUE, 0.0),  # see `_usual`
    "volume": ("media_player", Feature.VOLUME, 10.0),
    "colour-temperature": ("light", Feature.COLOUR_TEMPERATURE, 500.0),
}
"""What EdgeAdjust changes: the domain, the feature, and by how much if nothing was said."""

Change = Callable[[Entity], State | str]
"""The change of one entity, or the reply why there is none."""


class Planner:
    """Plans for one model. Make a new one when the model changes."""

    def __init__(
        self,
        model: HomeModel,
        targets: Targets,
        state_of: Callable[[Entity], EntityState],
        language: Language,
        gates: Gates,
    ) -> None:
        """`targets` of the same model; `gates` are the tiers of ways into the home."""
        self._targets = targets
        self._state_of = state_of
        self._by_id = {entity.id: entity for entity in model.entities}
        self._units = frozenset(unit for entity in model.entities for unit in (entity.unit, _degrees(entity)))
        self.risks = Risks(model, language, gates)
        self._replies = language.replies
        self._says = language.home_replies

    # Intents

    def turn(self, intent: str, slots: Mapping[str, SlotValue], *, on: bool) -> Plan | str | Asks:
        """HassTurnOn: on, open, lock, start; HassTurnOff: off, close, unlock, to the dock."""
        found = self._targets.of_command(intent, slots, able=lambda it: changes.switched(it, on=on) is not None)
        if isinstance(found, str | Asks):
            return found
        if UNDO in slots and any(it.domain in _VERBS for it in found):
            return self._replies.fixed("say-in-full")
        verb = slots.get("domain", found[0].domain)
        if "name" in slots and found[0].domain in _VERBS and verb != found[0].domain:
            return self.able(found[0])
        vague = "name" not in slots and slots.get("area") == HERE
        if (
            vague
            and len(found) > 1
            and (on or slots.get("domain") not in _ALL_OFF)
            and found[0].domain in _ONE_AT_A_TIME
        ):
            return self._targets.which(intent, slots, found)
        if "name" not in slots and slots.get("domain") == "climate":
            found = heating(self._targets, found)
        wanted = "on" if on else "off"
        return self.plan(
            found,
            slots,
            lambda it: changes.switched(it, on=on) or self._says.cannot(it.domain, self._targets.name(it), wanted),
        )

    def set_number(self, intent: str, slots: Mapping[str, SlotValue], slot: str) -> Plan | str | Asks:
        """A number: `brightness`, `position`, `percentage`, `temperature`, `volume_level` or `humidity`."""
        domain, feature, missing = _SETS[slot]
        found = self._targets.of_command(intent, slots, domain, can(feature))
        if isinstance(found, str | Asks):
            return found
        if feature is Feature.TARGET_TEMPERATURE:
            found = running(self._targets, self._state_of, found, {"domain": domain, **slots}, can(feature))
        number = slots.get(slot)
        if not isinstance(number, int | float):
            text = self._replies.fixed(missing)  # type: ignore[arg-type]  # one of the table above
            return Asks(text, PendingQuestion(Intent(intent, slots))) if missing.startswith("ask-") else text
        said = str(slots.get("unit", ""))

        def change(entity: Entity) -> State | str:
            meant = float(number)
            if feature is Feature.TARGET_TEMPERATURE:
                meant = changes.in_its_unit(entity, meant, said, self._units)
            return self._to_number(entity, feature, meant)

        return self.plan(found, slots, change)

    def colour(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """The `color` or the colour `temperature` in kelvin of lights."""
        name, kelvin, percent = slots.get("color"), slots.get("temperature"), slots.get("brightness")

        def change(entity: Entity) -> State | str:
            if isinstance(kelvin, int | float):
                found = changes.temperature(entity, float(kelvin))
            else:
                found = changes.colour(entity, str(name))
            if found and isinstance(percent, int | float) and entity.can(Feature.BRIGHTNESS):
                found = {**found, Feature.BRIGHTNESS: float(percent)}
            return found or self._says.cannot(entity.domain, self._targets.name(entity), Feature.COLOUR)

        found = self._targets.of_command(intent, slots, "light", lambda it: not isinstance(change(it), str))
        return found if isinstance(found, str | Asks) else self.plan(found, slots, change)

    def adjust(self, intent: str, slots: Mapping[str, SlotValue]) -> Plan | str | Asks:
        """EdgeAdjust: `what` up or down (`direction`), by `step` or by a usual amount."""
        if slots.get("what") not in _ADJUSTS:
            return self._replies.fixed("not-known")
        domain, feature, usual = _ADJUSTS[str(slots["what"])]
        found = self._targets.of_command(intent, slots, domain, can(feature))
        if isinstance(found, str | Asks):
            return found
        found = running(self._targets, self._state_of, found, {"domain": domain, **slots}, can(feature))
        step = slots.get("step")
        sign = -1 if slots.get("direction") == "down" else 1

        def change(entity: Entity) -> State | str:
            by = (float(step) if isinstance(step, int | float) else usual or _usual(entity, feature)) * sign
            if by < 0 and is_off(self._state_of(entity)):
                return self._says.state(entity.domain, self._targets.name(entity), "power", False, "", "")
            if by > 0 and feature is Feature.BRIGHTNESS and not entity.can(feature) and not self._is_on(entity):
                return {Feature.POWER: True}  # a lamp that cannot be dimmed is switched on
            changed = changes.adjusted(entity, feature, self._state_of(entity).values, by)
            match changed:
                case "unable":
                    return self._says.cannot(entity.domain, self._targets.name(entity), feature)
                case "unknown":
                    return self._says.unknown_now(feature, self._targets.name(entity))
                case _:
                    return changed

        return self.plan(found, slots, change)

    def activity(self, intent: str, slots: Mapping[str, SlotValue], domain: str, name: str) -> Plan | str | Asks:
        """An activity of a vacuum or mower, an action of an alarm panel, a movement of a cover."""
        found = self._targets.of_command(intent, slots, domain, lambda it: changes.activity(it, name) is not None)
        if isinstance(found, str | Asks):
            return found
        return self.plan(
            found,
            slots,
            lambda it: changes.activity(it, name) or self._says.cannot(it.domain, self._targets.name(it), name),
        )

    def mute(self, player: Entity, *, on: bool) -> Plan | str:
        """A player without sound, or with sound again."""
        if not player.can(Feature.MUTED):
            return self.able(player)
        return self.plan([player], {"name": player.name}, lambda _: {Feature.MUTED: on})

    def able(self, entity: Entity) -> str:
        """What can be done with an entity, said instead of what cannot."""
        settable = any(isinstance(accepted, Range) for accepted in entity.accepts.values())
        return self._replies.able(entity.domain, self._targets.name(entity), settable=settable)

    # Plans

    def _is_on(self, entity: Entity) -> bool:
        return self._state_of(entity).values.get(Feature.POWER) is True

    def _to_number(self, entity: Entity, feature: Feature, number: float) -> State | str:
        changed = changes.to_number(entity, feature, number)
        match changed:
            case "unable":
                return self._says.cannot(entity.domain, self._targets.name(entity), feature)
            case "out-of-range":
                accepted = entity.accepts[feature]
                low, high, unit = (
                    (accepted.minimum, accepted.maximum, accepted.unit) if isinstance(accepted, Range) else (0, 0, "")
                )
                return self._says.out_of_range(feature, low, high, unit)
            case _:
                return changed

    def plan(self, found: Sequence[Entity], slots: Mapping[str, SlotValue], change: Change) -> Plan | str:
        """The plan that makes these changes, or why there is none. `slots`: how the things were named."""
        steps: list[Step] = []
        forbidden: list[Step] = []
        offline: list[Entity] = []
        refused = ""
        for entity in self._members(found):
            changed = change(entity)
            if isinstance(changed, str):
                refused = refused or changed
            elif self._state_of(entity).available is False:
                offline.append(entity)
            else:
                step = self._step(entity, changed)
                if isinstance(step, str):
                    refused = refused or step
                elif self._tier(step) is Tier.NEVER:
                    forbidden.append(step)
                elif "name" in slots or not self.risks.intrudes(entity, step.commands):
                    steps.append(step)
        not_allowed = self._about(self._says.not_allowed, forbidden)
        if not steps:
            if offline and not forbidden:
                return self._says.doubt("offline", self._names(offline), max(0, len(offline) - LISTED))
            return not_allowed or refused
        group = found[0].name if len(found) == 1 and found[0].members else ""
        tier = max(map(self._tier, steps))
        asks = self._says.ask_code if tier is Tier.CODE else self._says.confirm
        question = self._about(asks, [it for it in steps if self._tier(it) > Tier.FREE])
        return Plan(tuple(steps), self._reply(steps, slots, group), tuple(offline), tier, question, not_allowed)

    def _members(self, found: Sequence[Entity]) -> list[Entity]:
        """The things themselves: those of a group in place of it, each once."""
        things = [self._by_id[id_] for it in found for id_ in it.members or (it.id,) if id_ in self._by_id]
        return list({it.id: it for it in things}.values())

    def _tier(self, step: Step) -> Tier:
        return self.risks.tier(step.entity, step.change, step.commands)

    def _about(self, says: Callable[[str, Sequence[str], Mapping[str, Value]], str], steps: Sequence[Step]) -> str:
        """A sentence about the things of some steps and what the first of them would do; empty for none."""
        if not steps:
            return ""
        first = steps[0]
        return says(first.entity.domain, self._names([it.entity for it in steps]), _plain(first.change))

    def _step(self, entity: Entity, change: State) -> Step | str:
        assert entity.encode is not None  # noqa: S101 - `accepts` comes with an encoder
        try:
            commands = tuple(entity.encode(change, self._state_of(entity).values))
        except HomeError:
            return self._says.cannot(entity.domain, self._targets.name(entity), next(iter(change)))
        return Step(
            entity,
            change,
            commands,
            self._says.done(entity.domain, self._targets.name(entity), _plain(change), _unit(entity, change)),
        )

    def _reply(self, steps: Sequence[Step], slots: Mapping[str, SlotValue], group: str) -> str:
        first = steps[0]
        if len(steps) == 1 and not group:
            return first.done
        if "name" in slots:
            return " ".join(step.done for step in steps[:LISTED])
        if any(step.change != first.change for step in steps):
            kinds = {tuple(step.change) for step in steps}
            if len(kinds) > 1 or not all(isinstance(value, bool) for value in first.change.values()):
                return " ".join(step.done for step in steps[:LISTED])
        kind = slots.get("device_class") or slots.get("domain") or first.entity.domain
        group = group or self._replies.group(str(kind), place_of(slots))
        return self._says.done(first.entity.domain, group, _plain(first.change), _unit(first.entity, first.change))

    def _names(self, entities: Sequence[Entity]) -> list[str]:
        return [self._targets.name(entity) for entity in entities[:LISTED]]


def _degrees(entity: Entity) -> str:
    """The unit of a thermostat; empty for other things."""
    accepted = entity.accepts.get(Feature.TARGET_TEMPERATURE)
    return accepted.unit if isinstance(accepted, Range) else ""


def _usual(entity: Entity, feature: Feature) -> float:
    """How much "a bit" is of a number whose meaning is not known: a twentieth of its range."""
    accepted = entity.accepts.get(feature)
    return (accepted.maximum - accepted.minimum) / 20 if isinstance(accepted, Range) else 0.0


def _unit(entity: Entity, change: State) -> str:
    for feature in change:
        accepted = entity.accepts.get(feature)
        if isinstance(accepted, Range):
            return accepted.unit
    return ""


def _plain(change: State) -> dict[str, Value]:
    return {str(feature): value for feature, value in change.items()}
