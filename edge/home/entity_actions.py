"""Commands to the entities of the home, published to the topics that the settings give them."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from edge.errors import HomeError
from edge.events import HERE, SlotValue
from edge.home import Publisher, replies
from edge.home.clock_replies import spoken_list
from edge.home.entities import Entities
from edge.settings import EntitySettings

_log = structlog.get_logger("home")

_LISTED = 4
"""Names in one reply."""

_ONE_AT_A_TIME = frozenset({"light", "switch", "fan", "cover", "lock", "media_player"})
"""Not switched on, opened or locked all over the home only because no area was named."""

_ALL_OFF = frozenset({"light", "fan"})
"""May be switched off all over the home."""

_SETTABLE = {
    "brightness": ("light", "dim"),
    "position": ("cover", "move"),
    "percentage": ("fan", "set the speed of"),
    "temperature": ("climate", "set the temperature of"),
    "volume_level": ("media_player", "set the volume of"),
}
"""By the slot that carries the number: the domain that takes it, and the verb for it."""

_WINDOW_COVERINGS = frozenset({"awning", "blind", "curtain", "shade", "shutter"})
_OPENINGS = frozenset({"door", "garage", "gate", "window"})


class EntityActions:
    """Handlers; each takes the slots of its intent and returns what to say, None for nothing.

    Slots: `name` (a configured one, or what was said), `area` (`HERE`: no area was named; missing: the whole home),
    `domain`, `device_class`, and the number to set.
    """

    def __init__(self, entities: Entities, publisher: Publisher | None) -> None:
        self._entities = entities
        self._publisher = publisher

    async def turn_on(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassTurnOn: on, open, lock, start."""
        return await self._turn(slots, on=True)

    async def turn_off(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassTurnOff: off, close, unlock."""
        return await self._turn(slots, on=False)

    async def light(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassLightSet; `brightness` in percent."""
        if "color" in slots or "temperature" in slots:
            return replies.NO_COLOURS if len(self._entities) else replies.NONE_CONFIGURED["light"]
        return await self._set(slots, "brightness", replies.HOW_BRIGHT)

    async def position(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassSetPosition; `position` in percent, half open when it is not said."""
        return await self._set({"position": 50, **slots}, "position", replies.NOT_KNOWN)

    async def fan_speed(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassFanSetSpeed; `percentage`."""
        return await self._set(slots, "percentage", replies.HOW_FAST)

    async def temperature(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassClimateSetTemperature; `temperature` in degrees."""
        return await self._set(slots, "temperature", replies.HOW_WARM)

    async def volume(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassSetVolume of a player; `volume_level` in percent."""
        return await self._set(slots, "volume_level", replies.ONLY_MY_VOLUME)

    async def state(self, slots: Mapping[str, SlotValue]) -> str | None:
        """HassGetState, HassClimateGetTemperature: the states of entities are not known yet."""
        return replies.STATE_UNKNOWN if len(self._entities) else _none_configured(slots)

    async def _turn(self, slots: Mapping[str, SlotValue], *, on: bool) -> str | None:
        found = self._find(slots)
        if isinstance(found, str):
            return found
        vague = "name" not in slots and slots.get("area") == HERE
        if (
            vague
            and len(found) > 1
            and (on or slots.get("domain") not in _ALL_OFF)
            and found[0].domain in _ONE_AT_A_TIME
        ):
            return replies.WHICH_ONE
        reached, missed = await self._publish([(it, it.topic, it.on if on else it.off) for it in found])
        if missed:
            return _partial([_confirmation([entity], slots, on=on) for entity in reached], missed)
        return _confirmation(found, slots, on=on)

    async def _set(self, slots: Mapping[str, SlotValue], slot: str, missing: str) -> str | None:
        domain, doing = _SETTABLE[slot]
        found = self._find({"domain": domain, **slots})
        if isinstance(found, str):
            return found
        number = slots.get(slot)
        if not isinstance(number, int | float):
            return missing
        able = [(entity.set_topic, entity) for entity in found if entity.set_topic and entity.domain == domain]
        if not able:
            return f"I can't {doing} the {found[0].name}."
        reached, missed = await self._publish([(entity, topic, f"{number:g}") for topic, entity in able])
        unit = "degrees" if slot == "temperature" else "percent"
        if missed:
            return _partial([f"{entity.name} set to {number:g} {unit}." for entity in reached], missed)
        what = able[0][1].name if len(able) == 1 else f"{len(able)} {replies.KINDS[domain]}"
        return f"{what} set to {number:g} {unit}."

    def _find(self, slots: Mapping[str, SlotValue]) -> Sequence[EntitySettings] | str:
        """The entities that are meant, at least one, or a sentence that says why there are none."""
        if not len(self._entities):
            return _none_configured(slots)
        if "floor" in slots:
            return f"I don't know what is on the {slots['floor']}."
        area = _area(slots)
        if "name" in slots:
            name = str(slots["name"])
            entity = self._entities.named(name, area)
            return [entity] if entity else f"I don't know anything called {name}."
        domain = str(slots.get("domain", "light"))
        found = self._entities.of_kind(domain, area)
        if not found and domain == "climate" and len(whole := self._entities.of_kind(domain)) == 1:
            found = whole  # one thermostat heats every room
        if "device_class" in slots:
            found = _of_class(found, str(slots["device_class"]))
        if found:
            return found
        if not self._entities.of_kind(domain):
            return _none_configured(slots)
        return f"I don't know any {replies.KINDS.get(domain, 'devices')}" + (
            f" in the {area}." if area else " like that."
        )

    async def _publish(
        self, commands: Sequence[tuple[EntitySettings, str, str]]
    ) -> tuple[list[EntitySettings], list[EntitySettings]]:
        """Send (entity, topic, payload) to each; the entities that were reached, and those that were not.

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


def _of_class(covers: Sequence[EntitySettings], kind: str) -> Sequence[EntitySettings]:
    """Those with the kind in their name. Window coverings may be called anything that is not a kind of opening."""
    named = [entity for entity in covers if _is_called(entity, kind)]
    if named or kind not in _WINDOW_COVERINGS:
        return named
    return [entity for entity in covers if not any(_is_called(entity, opening) for opening in _OPENINGS)]


def _is_called(entity: EntitySettings, kind: str) -> bool:
    return any(kind in name.casefold() for name in (entity.name, *entity.aliases))


def _area(slots: Mapping[str, SlotValue]) -> str:
    """The area that was named; empty for the whole home."""
    area = str(slots.get("area", ""))
    return "" if area == HERE else area


def _none_configured(slots: Mapping[str, SlotValue]) -> str:
    return replies.NONE_CONFIGURED.get(str(slots.get("domain", "")), replies.NONE_CONFIGURED["switch"])


def _confirmation(found: Sequence[EntitySettings], slots: Mapping[str, SlotValue], *, on: bool) -> str:
    domain = found[0].domain
    name = found[0].name if len(found) == 1 else _group(found, slots)
    match domain:
        case "cover":
            return f"{'Opening' if on else 'Closing'} {name}."
        case "lock":
            return f"{'Locking' if on else 'Unlocking'} {name}."
        case "scene" | "script":
            return f"{'Starting' if on else 'Stopping'} {name}."
        case _:
            return f"{name[:1].upper()}{name[1:]} {'on' if on else 'off'}."


def _partial(done: Sequence[str], missed: Sequence[EntitySettings]) -> str:
    """What worked, one sentence each, and what did not; of many only how many."""
    worked = " ".join(done) if len(done) <= _LISTED else f"I did that for {len(done)} of {len(done) + len(missed)}."
    failed = [entity.name for entity in missed[:_LISTED]]
    if len(missed) > _LISTED:
        failed.append(f"{len(missed) - _LISTED} more")
    return f"{worked} I can't reach {spoken_list(failed)}."


def _group(found: Sequence[EntitySettings], slots: Mapping[str, SlotValue]) -> str:
    domain = str(slots.get("domain", found[0].domain))
    kind = "covers" if domain == "cover" else replies.KINDS.get(domain, "devices")
    area = _area(slots)
    if not area:
        return "everything" if slots.get("domain") == "everything" else f"all {kind}"
    return f"{area} {kind}"
