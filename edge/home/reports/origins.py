"""Where the names and the room of an entity come from, in words. Pure."""

import re
from typing import Final

from edge.home.model import Entity
from edge.settings import HomeSettings

_WORD: Final = re.compile(r"[^\W_]+")


def origins_of_names(entity: Entity, announced: Entity | None, settings: HomeSettings) -> dict[str, str]:
    """The origin of each name and alias. `announced` is the entity with the names of its announcement."""
    given = {
        name.casefold() for thing in settings.things for name in (*([thing.name] if thing.name else []), *thing.aliases)
    }
    return {
        name: "your settings: [[home.things]]" if name.casefold() in given else _origin(name, entity, announced)
        for name in (entity.name, *entity.aliases)
    }


def origin_of_room(entity: Entity, announced: Entity | None, settings: HomeSettings) -> str:
    """The origin of the room; empty if there is none."""
    if not entity.area:
        return ""
    if entity.members:
        return "your settings: [[home.groups]]"
    told = announced.area if announced is not None else ""
    given = {_bare(thing.area) for thing in settings.things if thing.area}
    if _bare(entity.area) in given and _bare(told) != _bare(entity.area):
        return "your settings: [[home.things]]"
    if entity.source.kind == "settings":
        return "your settings: [[home.entities]]"
    return "its announcement" if told else "its name begins with the room"


def _origin(name: str, entity: Entity, announced: Entity | None) -> str:
    if entity.members:
        return "your settings: [[home.groups]]"
    if entity.source.kind == "settings" or announced is None:
        return "your settings: [[home.entities]]"
    device, own = announced.device_name, announced.name
    whole = f"{device} {own}".strip()
    known = {
        _bare(own): f"the entity's name, '{own}'",
        _bare(device): f"the device's name, '{device}'",
        _bare(f"{own} {device}"): f"the entity's name before the device's, '{own}' and '{device}'",
        _bare(whole): f"the device's name and the entity's, '{device}' and '{own}'",
    }
    if not (device and own):
        known = {_bare(whole): f"the {'device' if device else 'entity'}'s name, '{whole}'"}
    bare = _bare(name)
    shorter = bool(bare) and _bare(whole).endswith(f" {bare}")
    return known.get(bare) or (f"'{whole}' without its beginning" if shorter else f"made from '{whole}'")


def _bare(name: str | None) -> str:
    return " ".join(_WORD.findall((name or "").casefold()))
