"""Handlers for entity intents: they publish commands to the topics in the settings."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from edge.errors import HomeError
from edge.events import AS_SPELLED, HERE, UNDO, Intent, PendingQuestion, SlotValue
from edge.home import Asks, Publisher
from edge.home.entities import Entities
from edge.nlu.intent_slots import DOMAINS, TARGETS, unknown_slots
from edge.nlu.replies import FixedReply, Replies, Settable
from edge.settings import EntitySettings

_log = structlog.get_logger("home")

_LISTED = 4
"""Maximum number of names in one reply."""

_ONE_AT_A_TIME = frozenset({"light", "switch", "fan", "cover", "lock", "media_player"})
"""Domains that are not switched on, opened or locked in the whole home only because no area was named."""

_OPENED = frozenset({"cover", "lock"})
"""Domains that only a whole command opens or unlocks, with the right verb: "open" must not lock a door."""

_ALL_OFF = frozenset({"light", "fan"})
"""Domains that may be switched off in the whole home."""

_SETTABLE: Final[Mapping[Settable, str]] = {
    "brightness": "light",
    "position": "cover",
    "percentage": "fan",
    "temperature": "climate",
    "volume_level": "media_player",
}
"""The slot with the number: the domain that accepts it."""

_PERCENT = (0.0, 100.0)
_DEGREES_C = (5.0, 35.0)
"""The ranges of numbers, unless the settings of an entity say otherwise."""

_WINDOW_COVERINGS = frozenset({"awning", "blind", "curtain", "shade", "shutter"})
_OPENINGS = frozenset({"door", "garage", "gate", "window"})


class EntityActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    Slots: `name` (a configured name, or the spoken one), `area` (`HERE`: no area was named; missing: the whole home),
    `domain`, `device_class`, and the number to set. A command without `name`, `area`, `floor`, `domain` or
    `device_class` has no target and is refused, as is one without `name` and with a slot that its intent does not
    have: what is missing or misspelt in a sentence never means the whole home.
    """

    def __init__(self, entities: Entities, publisher: Publisher | None, replies: Replies) -> None:
        self._entities = entities
        self._publisher = publisher
        self._replies = replies

    async def turn_on(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTurnOn: on, open, lock, start."""
        return await self._turn("HassTurnOn", slots, on=True)

    async def turn_off(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTurnOff: off, close, unlock."""
        return await self._turn("HassTurnOff", slots, on=False)

    async def light(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassLightSet; `brightness` in percent."""
        if "color" in slots or "temperature" in slots:
            if not len(self._entities):
                return self._replies.none_configured("light")
            return self._replies.fixed("colours-unsupported")
        return await self._set("HassLightSet", slots, "brightness", "ask-brightness")

    async def position(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassSetPosition; `position` in percent, 50 by default."""
        return await self._set("HassSetPosition", {"position": 50, **slots}, "position", "not-known")

    async def fan_speed(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassFanSetSpeed; `percentage`."""
        return await self._set("HassFanSetSpeed", slots, "percentage", "ask-fan-speed")

    async def temperature(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassClimateSetTemperature; `temperature` in degrees."""
        return await self._set("HassClimateSetTemperature", slots, "temperature", "ask-temperature")

    async def volume(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassSetVolume of a player; `volume_level` in percent."""
        return await self._set("HassSetVolume", slots, "volume_level", "own-volume-only")

    async def state(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassGetState, HassClimateGetTemperature: states are not known yet."""
        return self._replies.fixed("state-unknown") if len(self._entities) else self._none_configured(slots)

    async def not_understood(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """EdgeNotUnderstood: a command for `name`, or the words `said`, that mean nothing here."""
        if "name" not in slots:
            return self._replies.not_understood(str(slots.get("said", "")))
        found = self._find("EdgeNotUnderstood", slots)
        return found if isinstance(found, str | Asks) else self._able(found[0])

    def _able(self, entity: EntitySettings) -> str:
        return self._replies.able(entity.domain, entity.name, settable=bool(entity.set_topic))

    async def _turn(self, intent: str, slots: Mapping[str, SlotValue], *, on: bool) -> str | Asks | None:
        found = self._target(intent, slots)
        if isinstance(found, str | Asks):
            return found
        if UNDO in slots and any(it.domain in _OPENED for it in found):
            return self._replies.fixed("say-in-full")
        if "name" in slots and found[0].domain in _OPENED and slots.get("domain", found[0].domain) != found[0].domain:
            return self._able(found[0])
        vague = "name" not in slots and slots.get("area") == HERE
        if (
            vague
            and len(found) > 1
            and (on or slots.get("domain") not in _ALL_OFF)
            and found[0].domain in _ONE_AT_A_TIME
        ):
            return self._which(intent, slots, found)
        reached, missed = await self._publish([(it, it.topic, it.on if on else it.off) for it in found])
        if missed:
            return self._partly([self._switched([entity], slots, on=on) for entity in reached], missed)
        return self._switched(found, slots, on=on)

    async def _set(
        self, intent: str, slots: Mapping[str, SlotValue], slot: Settable, missing: FixedReply
    ) -> str | Asks | None:
        domain = _SETTABLE[slot]
        found = self._target(intent, slots, domain)
        if isinstance(found, str | Asks):
            return found
        number = slots.get(slot)
        if not isinstance(number, int | float):
            text = self._replies.fixed(missing)
            asks = missing.startswith("ask-")
            return Asks(text, PendingQuestion(Intent(intent, slots))) if asks else text
        able = [(entity.set_topic, entity) for entity in found if entity.set_topic and entity.domain == domain]
        if not able:
            return self._replies.cannot_set(slot, found[0].name)
        for _, entity in able:
            low, high = _range(entity, slot)
            if not low <= number <= high:
                return self._replies.out_of_range(slot, low, high)
        reached, missed = await self._publish([(entity, topic, f"{number:g}") for topic, entity in able])
        if missed:
            return self._partly([self._replies.set_to(slot, entity.name, number) for entity in reached], missed)
        what = able[0][1].name if len(able) == 1 else self._replies.several(domain, len(able))
        return self._replies.set_to(slot, what, number)

    def _target(
        self, intent: str, slots: Mapping[str, SlotValue], domain: str = ""
    ) -> Sequence[EntitySettings] | str | Asks:
        """As `_find`, for an intent that acts; `domain` is the kind of entity that it acts on."""
        wanted = {"domain": domain, **slots} if domain else slots
        if not len(self._entities):
            return self._none_configured(wanted)
        if not TARGETS.intersection(slots):
            return self._replies.fixed("ask-which")
        if "name" not in slots and (unknown_slots(intent, slots) or wanted.get("domain", "light") not in DOMAINS):
            return self._replies.fixed("not-known")
        return self._find(intent, wanted)

    def _find(self, intent: str, slots: Mapping[str, SlotValue]) -> Sequence[EntitySettings] | str | Asks:
        """The matching entities, at least one, or a reply that says why there are none, or asks which is meant."""
        if not len(self._entities):
            return self._none_configured(slots)
        if "floor" in slots:
            return self._replies.unknown_floor(str(slots["floor"]))
        area = _area(slots)
        if "name" in slots:
            name = str(slots["name"])
            named = self._entities.named(name, area, str(slots.get("domain", "")), as_spelled=AS_SPELLED in slots)
            if len(named) > 1:
                return self._which(intent, slots, named)
            return named or self._replies.unknown_name(name)
        return self._of_kind(slots, area)

    def _of_kind(self, slots: Mapping[str, SlotValue], area: str) -> Sequence[EntitySettings] | str:
        domain = str(slots.get("domain", "light"))
        found = self._entities.of_kind(domain, area)
        if not found and domain == "climate" and len(whole := self._entities.of_kind(domain)) == 1:
            found = whole  # one thermostat heats every room
        if "device_class" in slots:
            found = _of_class(found, str(slots["device_class"]))
        elif domain == "cover" and slots.get("area") != HERE:
            found = _no_openings(found) or found  # all covers: the garage door is not among the blinds
        if found:
            return found
        if not self._entities.of_kind(domain):
            return self._none_configured(slots)
        return self._replies.none_of_kind(domain, area)

    async def _publish(
        self, commands: Sequence[tuple[EntitySettings, str, str]]
    ) -> tuple[list[EntitySettings], list[EntitySettings]]:
        """Publish each (entity, topic, payload); returns the entities that were reached, and those that were not.

        Raises `HomeError` if none was reached.
        """
        if self._publisher is None:
            raise HomeError("home-no-broker", "no MQTT broker is configured", "name one in [mqtt] host")
        sent = [self._publisher.publish(topic, payload) for _, topic, payload in commands]
        outcomes = await asyncio.gather(*sent, return_exceptions=True)
        errors = [outcome for outcome in outcomes if outcome is not None]
        for error in errors:
            if not isinstance(error, HomeError) or len(errors) == len(commands):
                raise error
        if errors:
            _log.warning("action-partly-failed", failed=len(errors), of=len(commands), error=str(errors[0]))
        entities = [entity for entity, _, _ in commands]
        reached = [entity for entity, outcome in zip(entities, outcomes, strict=True) if outcome is None]
        return reached, [entity for entity in entities if entity not in reached]

    def _switched(self, found: Sequence[EntitySettings], slots: Mapping[str, SlotValue], *, on: bool) -> str:
        name = found[0].name
        if len(found) > 1:
            name = self._replies.group(str(slots.get("domain", found[0].domain)), _area(slots))
        return self._replies.switched(found[0].domain, name, on=on)

    def _partly(self, done: Sequence[str], missed: Sequence[EntitySettings]) -> str:
        """What worked and what did not; of many entities only how many."""
        listed = done if len(done) <= _LISTED else ()
        return self._replies.partly(listed, len(done), [entity.name for entity in missed[:_LISTED]], len(missed))

    def _which(self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[EntitySettings]) -> Asks:
        """Asks which one is meant, by name, or by area where names are said alike."""
        if len(found) > _LISTED:
            return Asks(self._replies.fixed("ask-which"), PendingQuestion(Intent(intent, slots)))
        more = {slot: value for slot, value in slots.items() if slot not in TARGETS}
        choices = tuple(
            (f"{entity.name} {entity.area or ''}".strip(), Intent(intent, {**more, "name": entity.name, AS_SPELLED: 1}))
            for entity in found
        )
        asked = self._replies.which([(entity.name, entity.area or "") for entity in found])
        return Asks(asked, PendingQuestion(Intent(intent, slots), choices))

    def _none_configured(self, slots: Mapping[str, SlotValue]) -> str:
        return self._replies.none_configured(str(slots.get("domain", "")))


def _of_class(covers: Sequence[EntitySettings], kind: str) -> Sequence[EntitySettings]:
    """The covers with the kind in their names. If there are none: for a window covering, all that are not openings."""
    named = [entity for entity in covers if _is_called(entity, kind)]
    if named or kind not in _WINDOW_COVERINGS:
        return named
    return _no_openings(covers)


def _no_openings(covers: Sequence[EntitySettings]) -> Sequence[EntitySettings]:
    return [entity for entity in covers if not any(_is_called(entity, opening) for opening in _OPENINGS)]


def _range(entity: EntitySettings, slot: Settable) -> tuple[float, float]:
    low, high = _DEGREES_C if slot == "temperature" else _PERCENT
    return (low if entity.minimum is None else entity.minimum, high if entity.maximum is None else entity.maximum)


def _is_called(entity: EntitySettings, kind: str) -> bool:
    return any(kind in name.casefold() for name in (entity.name, *entity.aliases))


def _area(slots: Mapping[str, SlotValue]) -> str:
    """The named area; empty for the whole home."""
    area = str(slots.get("area", ""))
    return "" if area == HERE else area
