"""The entities in the settings, by name, area and domain."""

from collections.abc import Sequence

from edge.nlu import Language
from edge.nlu.home_names import spellings
from edge.settings import EntitySettings, HomeSettings

SWITCHABLE = frozenset({"light", "switch", "fan", "media_player"})
"""The domains of "everything" in "turn off everything": no locks, no blinds, no heating."""


class Entities:
    """Lookup of entities by their spoken names. Names that sound the same are equal, and so are areas."""

    def __init__(self, home: HomeSettings, language: Language) -> None:
        self._language = language
        self._all = tuple(home.entities)
        self._areas = {entity.name: self._key(entity.area or "") for entity in self._all}
        self._by_name: dict[str, list[EntitySettings]] = {}
        for entity in self._all:
            for form in {form for name in (entity.name, *entity.aliases) for form in self._forms(name)}:
                self._by_name.setdefault(form, []).append(entity)

    def __len__(self) -> int:
        return len(self._all)

    def named(
        self, name: str, area: str = "", domain: str = "", *, as_spelled: bool = False
    ) -> Sequence[EntitySettings]:
        """The entities with this name or alias, none of them in another area than `area`.

        Several if their names sound the same; of these, the ones of the domain if there are any. A name in the owner's
        spelling identifies one entity, unless it may just be what was said ("light", beside "Light +").
        """
        said = self._key(name)
        alike = self._by_name.get(said, [])
        exact = [entity for entity in self._all if name in (entity.name, *entity.aliases)]
        found = exact if exact and (as_spelled or name != said) else alike
        found = [entity for entity in found if not area or not entity.area or self._is_in(entity, area)]
        return [entity for entity in found if entity.domain == domain] or found

    def of_kind(self, domain: str, area: str = "") -> Sequence[EntitySettings]:
        """The entities of a domain ("everything": all that can be switched off), in an area or in the whole home."""
        return [
            entity
            for entity in self._all
            if (entity.domain == domain or (domain == "everything" and entity.domain in SWITCHABLE))
            and (not area or self._is_in(entity, area))
        ]

    def _is_in(self, entity: EntitySettings, area: str) -> bool:
        return self._areas[entity.name] == self._key(area)

    def _forms(self, name: str) -> Sequence[str]:
        return spellings(name, self._language) or (self._key(name),)

    def _key(self, name: str) -> str:
        """The spoken form; for a name without letters or digits, its written form."""
        return self._language.names.bare(name) or " ".join(name.casefold().split())
