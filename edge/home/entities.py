"""The entities in the settings, by name, area and domain."""

from collections.abc import Sequence

from edge.settings import EntitySettings, HomeSettings

SWITCHABLE = frozenset({"light", "switch", "fan", "media_player"})
"""The domains of "everything" in "turn off everything": no locks, no blinds, no heating."""


class Entities:
    """Lookup of entities. Case and surplus spaces in names, aliases and areas are ignored."""

    def __init__(self, home: HomeSettings) -> None:
        self._all = tuple(home.entities)
        self._by_name = {_key(name): entity for entity in home.entities for name in (entity.name, *entity.aliases)}

    def __len__(self) -> int:
        return len(self._all)

    def named(self, name: str, area: str = "") -> EntitySettings | None:
        """The entity with this name or alias; None if it is not in `area`."""
        entity = self._by_name.get(_key(name))
        if entity is None or (area and entity.area and _key(entity.area) != _key(area)):
            return None
        return entity

    def of_kind(self, domain: str, area: str = "") -> Sequence[EntitySettings]:
        """The entities of a domain ("everything": all that can be switched off), in an area or in the whole home."""
        return [
            entity
            for entity in self._all
            if (entity.domain == domain or (domain == "everything" and entity.domain in SWITCHABLE))
            and (not area or _key(entity.area or "") == _key(area))
        ]


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
