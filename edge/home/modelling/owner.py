"""What the owner says about things that are known by themselves: names, rooms, what is asked or forbidden; groups.

A thing is meant by its id, its unique id, or a name. What restricts commands applies to all things that fit, so that
a name that fits two things leaves none of them open; a name or an alias is given to one thing only.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from edge.home.model import Area, Entity, Floor
from edge.home.modelling.groups import can_share, group_of
from edge.nlu import Language
from edge.settings import Act, GroupSettings, HomeSettings, ThingSettings

_EVERY_ACT: Final = frozenset(get_args(Act))
_LISTED: Final = 4


@dataclass(frozen=True, slots=True)
class Misfit:
    """A setting that fits nothing ("unknown") or several things ("ambiguous"); `key` is its place in `[home]`."""

    key: tuple[str | int, ...]
    kind: Literal["unknown", "ambiguous"]
    message: str
    hint: str


class OwnersWords:
    """Applies `[[home.things]]`, `[[home.groups]]` and `[[home.floors]]` to the entities of a home."""

    def __init__(self, settings: HomeSettings, language: Language) -> None:
        self._settings = settings
        self._language = language
        self._floors = {self._key(area): floor.name for floor in settings.floors for area in floor.areas}
        self.misfits: tuple[Misfit, ...] = ()
        """Of the entities to which it was applied last."""

    @property
    def areas(self) -> tuple[str, ...]:
        """The rooms that the settings name, in the owner's spelling."""
        named = [*(it.area for it in self._settings.things), *(it.area for it in self._settings.groups)]
        named += [area for floor in self._settings.floors for area in floor.areas]
        return tuple(dict.fromkeys(area for area in named if area))

    def on_floors(self, areas: Sequence[Area], floors: Sequence[Floor]) -> tuple[tuple[Area, ...], tuple[Floor, ...]]:
        """The rooms on the owner's floors, and these floors behind those that are known from elsewhere."""
        placed = tuple(
            dataclasses.replace(area, floor=self._floors.get(self._key(area.name), area.floor)) for area in areas
        )
        known = {self._key(it.name) for it in floors}
        used = dict.fromkeys(area.floor for area in placed if area.floor)
        return placed, (*floors, *(Floor(name) for name in used if self._key(name) not in known))

    def applied(self, entities: Sequence[Entity]) -> tuple[Entity, ...]:
        """The entities as the owner wants them, and the groups behind them."""
        settings = self._settings
        if not (settings.things or settings.groups or settings.floors):
            return tuple(entities)
        misfits: list[Misfit] = []
        rooms = {self._key(it.area): it.area for it in entities if it.area}
        changed = {it.id: it for it in entities}
        index = _Index(entities, self._key)
        for at, thing in enumerate(settings.things):
            found = index.find(thing.match)
            misfits += _misfit(("things", at, "match"), thing.match, found)
            area = rooms.setdefault(self._key(thing.area), thing.area) if thing.area else ""
            for entity in found:
                changed[entity.id] = _as_wanted(changed[entity.id], thing, only=len(found) == 1)
            if area:
                devices = {it.device for it in found if it.device}
                inside = [it.id for it in entities if it.device in devices] + [it.id for it in found]
                changed |= {id_: dataclasses.replace(changed[id_], area=area) for id_ in inside}
        index = _Index(tuple(changed.values()), self._key)
        for at, group in enumerate(settings.groups):
            members, wrong = _members(group, at, index)
            misfits += wrong
            if members:
                area = rooms.setdefault(self._key(group.area), group.area) if group.area else ""
                made = group_of(group, members, area)
                changed[made.id] = made
        inhabited = {self._key(it.area) for it in changed.values() if it.area}
        for at, floor in enumerate(settings.floors):
            for place, area in enumerate(floor.areas):
                if self._key(area) not in inhabited:
                    key = ("floors", at, "areas", place)
                    misfits.append(Misfit(key, "unknown", f"nothing is in '{area}'", "see `edge-voice home`"))
        self.misfits = tuple(misfits)
        return tuple(changed.values())

    def _key(self, name: str) -> str:
        return self._language.names.bare(name) or name.casefold()


class _Index:
    """Finds entities by what the owner wrote."""

    def __init__(self, entities: Sequence[Entity], key: Callable[[str], str]) -> None:
        self._key = key
        self._by_id: dict[str, list[Entity]] = {}
        self._by_name: dict[str, list[Entity]] = {}
        self._by_device: dict[str, list[Entity]] = {}
        for entity in entities:
            for id_ in {entity.id, entity.id.partition(".")[2]}:
                self._by_id.setdefault(id_, []).append(entity)
            if entity.device_name:
                self._by_device.setdefault(key(entity.device_name), []).append(entity)
            if entity.spoken:
                for name in {key(name) for name in (entity.name, *entity.aliases)}:
                    self._by_name.setdefault(name, []).append(entity)

    def find(self, said: str) -> Sequence[Entity]:
        """All that fit: by id, else by name, else all of a device."""
        by_name = self._by_name.get(self._key(said)) or self._by_device.get(self._key(said), [])
        return self._by_id.get(said) or by_name


def _as_wanted(entity: Entity, thing: ThingSettings, *, only: bool) -> Entity:
    """The entity with what the owner says of it, but for its room, which is that of its whole device."""
    name, aliases = entity.name, entity.aliases
    if only and thing.name:
        name, aliases = thing.name, ()
    if only:
        aliases = tuple(dict.fromkeys((*thing.aliases, *aliases)))
    forbidden = _EVERY_ACT if thing.forbid is True else frozenset(thing.forbid or ())
    return dataclasses.replace(
        entity,
        name=name,
        aliases=aliases,
        spoken=not thing.hide and (entity.spoken or (only and bool(thing.name))),
        device="" if thing.hide else entity.device,
        device_name="" if thing.hide else entity.device_name,
        asks_first=entity.asks_first or thing.ask,
        forbidden=entity.forbidden | forbidden,
    )


def _members(group: GroupSettings, at: int, index: _Index) -> tuple[list[Entity], list[Misfit]]:
    found: list[Entity] = []
    misfits: list[Misfit] = []
    for place, said in enumerate(group.members):
        key = ("groups", at, "members", place)
        fitting = [it for it in index.find(said) if it.encode is not None and not it.members]
        misfits += _misfit(key, said, fitting)
        if len(fitting) == 1:
            found += fitting
    members = can_share(found)
    for entity in found:
        if entity not in members:
            message = f"'{entity.name}' ({entity.domain}) cannot be in a group with things of other kinds"
            hint = "give things of its kind a group of their own"
            misfits.append(Misfit(("groups", at, "members"), "unknown", message, hint))
    return members, misfits


def _misfit(key: tuple[str | int, ...], said: str, found: Sequence[Entity]) -> list[Misfit]:
    if not found:
        return [Misfit(key, "unknown", f"nothing is called '{said}'", "see the names in `edge-voice home`")]
    if len(found) == 1:
        return []
    ids = ", ".join(it.id for it in found[:_LISTED]) + (" ..." if len(found) > _LISTED else "")
    return [Misfit(key, "ambiguous", f"'{said}' fits {len(found)} things: {ids}", "write the id of one of them")]
