"""The rooms and floors of a home, with the names that people give them. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from edge.home.model import Area, Floor
from edge.home.sources.home_assistant.snapshot import Snapshot
from edge.nlu import Language

_NO_FLOOR: Final = ""


def places(
    used: Iterable[str], assistant: Snapshot, here: str, language: Language
) -> tuple[tuple[Area, ...], tuple[Floor, ...]]:
    """The areas with these names, and the floors that they are on. `here` is the area of the speaker, or empty.

    Home Assistant tells aliases, and which floor an area is on.
    """
    names = language.names
    told = {names.bare(it.name): it for it in assistant.rooms.values()}
    rooms = dict.fromkeys(used)
    short = Counter(names.short_room(room).casefold() for room in rooms)
    taken = {room.casefold() for room in rooms} | {alias.casefold() for it in told.values() for alias in it.aliases}
    areas = []
    for room in rooms:
        known = told.get(names.bare(room))
        said = names.short_room(room)
        only = said and short[said.casefold()] == 1 and said.casefold() not in taken  # the one "bedroom" there is
        floor = None if known is None else assistant.floors.get(known.floor)
        aliases = () if known is None else known.aliases
        areas.append(Area(room, (*aliases, *((said,) if only else ())), _NO_FLOOR if floor is None else floor.name))
    on = {area.floor for area in areas if area.floor}
    floors = [it for it in assistant.floors.values() if it.name in on]
    levels = {it.name: it.level for it in floors if it.level is not None}
    mine = next((area.floor for area in areas if area.name == here), _NO_FLOOR)
    also = names.floors(levels, mine)
    called = {name.casefold() for it in floors for name in (it.name, *it.aliases)}
    return tuple(areas), tuple(
        Floor(it.name, (*it.aliases, *(name for name in also.get(it.name, ()) if name.casefold() not in called)))
        for it in floors
    )
