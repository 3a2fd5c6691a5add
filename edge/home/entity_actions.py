"""Handlers for entity intents: they publish commands to the topics in the settings."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from edge.errors import HomeError
from edge.events import HERE, UNDO, Intent, PendingQuestion, SlotValue
from edge.home import Asks, Publisher
from edge.home.entities import Entities
from edge.nlu.replies import FixedReply, Replies, Settable
from edge.settings import EntitySettings

_log = structlog.get_logger("home")

_LISTED = 4
"""Maximum number of names in one reply."""

_ONE_AT_A_TIME = frozenset({"light", "switch", "fan", "cover", "lock", "media_player"})
"""Domains that are not switched on, opened or locked in the whole home only because no area was named."""

_OPENED = frozenset({"cover", "lock"})
"""Domains that only a whole command opens or unlocks."""

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

_SET_BY: Final[Mapping[Settable, str]] = {
    "brightness": "HassLightSet",
    "position": "HassSetPosition",
    "percentage": "HassFanSetSpeed",
    "temperature": "HassClimateSetTemperature",
    "volume_level": "HassSetVolume",
}
"""The slot with the number: the intent that sets it."""

_WINDOW_COVERINGS = frozenset({"awning", "blind", "curtain", "shade", "shutter"})
_OPENINGS = frozenset({"door", "garage", "gate", "window"})


class EntityActions:
    """Each handler takes the slots of its intent and returns the reply, None for no reply.

    Slots: `name` (a configured name, or the spoken one), `area` (`HERE`: no area was named; missing: the whole home),
    `domain`, `device_class`, and the number to set.
    """

    def __init__(self, entities: Entities, publisher: Publisher | None, replies: Replies) -> None:
        self._entities = entities
        self._publisher = publisher
        self._replies = replies

    async def turn_on(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTurnOn: on, open, lock, start."""
        return await self._turn(slots, on=True)

    async def turn_off(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassTurnOff: off, close, unlock."""
        return await self._turn(slots, on=False)

    async def light(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassLightSet; `brightness` in percent."""
        if "color" in slots or "temperature" in slots:
            if not len(self._entities):
                return self._replies.none_configured("light")
            return self._replies.fixed("colours-unsupported")
        return await self._set(slots, "brightness", "ask-brightness")

    async def position(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassSetPosition; `position` in percent, 50 by default."""
        return await self._set({"position": 50, **slots}, "position", "not-known")

    async def fan_speed(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassFanSetSpeed; `percentage`."""
        return await self._set(slots, "percentage", "ask-fan-speed")

    async def temperature(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassClimateSetTemperature; `temperature` in degrees."""
        return await self._set(slots, "temperature", "ask-temperature")

    async def volume(self, slots: Mapping[str, SlotValue]) -> str | Asks | None:
        """HassSetVolume of a player; `volume_level` in percent."""
        return await self._set(slots, "volume_level", "own-volume-only")

    async def state(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassGetState, HassClimateGetTemperature: states are not known yet."""
        return self._replies.fixed("state-unknown") if len(self._entities) else self._none_configured(slots)

    async def _turn(self, slots: Mapping[str, SlotValue], *, on: bool) -> str | Asks | None:
        found = self._find(slots)
        if isinstance(found, str):
            return found
        if UNDO in slots and any(it.domain in _OPENED for it in found):
            return self._replies.fixed("say-in-full")
        vague = "name" not in slots and slots.get("area") == HERE
        if (
            vague
            and len(found) > 1
            and (on or slots.get("domain") not in _ALL_OFF)
            and found[0].domain in _ONE_AT_A_TIME
        ):
            question = PendingQuestion(Intent("HassTurnOn" if on else "HassTurnOff", slots))
            return Asks(self._replies.fixed("ask-which"), question)
        reached, missed = await self._publish([(it, it.topic, it.on if on else it.off) for it in found])
        if missed:
            return self._partly([self._switched([entity], slots, on=on) for entity in reached], missed)
        return self._switched(found, slots, on=on)

    async def _set(self, slots: Mapping[str, SlotValue], slot: Settable, missing: FixedReply) -> str | Asks | None:
        domain = _SETTABLE[slot]
        found = self._find({"domain": domain, **slots})
        if isinstance(found, str):
            return found
        number = slots.get(slot)
        if not isinstance(number, int | float):
            text = self._replies.fixed(missing)
            asks = missing.startswith("ask-")
            return Asks(text, PendingQuestion(Intent(_SET_BY[slot], slots))) if asks else text
        able = [(entity.set_topic, entity) for entity in found if entity.set_topic and entity.domain == domain]
        if not able:
            return self._replies.cannot_set(slot, found[0].name)
        reached, missed = await self._publish([(entity, topic, f"{number:g}") for topic, entity in able])
        if missed:
            return self._partly([self._replies.set_to(slot, entity.name, number) for entity in reached], missed)
        what = able[0][1].name if len(able) == 1 else self._replies.several(domain, len(able))
        return self._replies.set_to(slot, what, number)

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[EntitySettings] | str:
        """The matching entities, at least one, or a reply that says why there are none."""
        if not len(self._entities):
            return self._none_configured(slots)
        if "floor" in slots:
            return self._replies.unknown_floor(str(slots["floor"]))
        area = _area(slots)
        if "name" in slots:
            name = str(slots["name"])
            entity = self._entities.named(name, area)
            return [entity] if entity else self._replies.unknown_name(name)
        domain = str(slots.get("domain", "light"))
        found = self._entities.of_kind(domain, area)
        if not found and domain == "climate" and len(whole := self._entities.of_kind(domain)) == 1:
            found = whole  # one thermostat heats every room
        if "device_class" in slots:
            found = _of_class(found, str(slots["device_class"]))
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

    def _none_configured(self, slots: Mapping[str, SlotValue]) -> str:
        return self._replies.none_configured(str(slots.get("domain", "")))


def _of_class(covers: Sequence[EntitySettings], kind: str) -> Sequence[EntitySettings]:
    """The covers with the kind in their names. If there are none: for a window covering, all that are not openings."""
    named = [entity for entity in covers if _is_called(entity, kind)]
    if named or kind not in _WINDOW_COVERINGS:
        return named
    return [entity for entity in covers if not any(_is_called(entity, opening) for opening in _OPENINGS)]


def _is_called(entity: EntitySettings, kind: str) -> bool:
    return any(kind in name.casefold() for name in (entity.name, *entity.aliases))


def _area(slots: Mapping[str, SlotValue]) -> str:
    """The named area; empty for the whole home."""
    area = str(slots.get("area", ""))
    return "" if area == HERE else area
