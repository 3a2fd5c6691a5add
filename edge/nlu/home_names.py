"""The names of a home: entities, areas, floors. Pure: no grammar, no engine.

Both the grammar of typed text and the speech grammar use them.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from edge.nlu import Language, open_language
from edge.settings import Settings

_KEPT: Final = 16_384
"""Names whose spellings are remembered: a home is read again with each of its changes, and a name takes 1 ms."""


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity with a name. Slots contain `name`, whichever alias was used.

    `domain` is Home Assistant's term for its kind (light, cover, sensor, ...). `area` is its room, or empty. `learned`
    are aliases that the recogniser writes for its names (`edge.nlu.learned_aliases`).
    """

    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    area: str = ""
    learned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area or a floor. Slots contain `name`; for `learned`, see `NamedEntity`."""

    name: str
    aliases: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeNames:
    """The names of one home. `here` is the area of the speaker, or empty.

    Names have the owner's spelling. Two entities may share a name (a phone's battery and its charger).
    """

    entities: tuple[NamedEntity, ...] = ()
    areas: tuple[NamedArea, ...] = ()
    floors: tuple[NamedArea, ...] = ()
    here: str = ""
    options: tuple[str, ...] = ()
    """The modes, presets and options that its entities can be set to."""

    def all(self) -> tuple["NamedEntity | NamedArea", ...]:
        """Everything that has a name."""
        return (*self.entities, *self.areas, *self.floors)

    def has(self, *domains: str, area: str = "") -> bool:
        """Whether there is an entity of one of the domains, in `area` or anywhere."""
        wanted = area.casefold()
        return any(it.domain in domains and wanted in {"", it.area.casefold()} for it in self.entities)


def names_of(settings: Settings) -> HomeNames:
    """The names in the settings, with areas in order of appearance."""
    entities = settings.home.entities
    here = settings.device.area or ""
    areas = dict.fromkeys(area for area in (here, *(entity.area for entity in entities)) if area)
    return HomeNames(
        entities=tuple(
            NamedEntity(entity.name, entity.domain, tuple(entity.aliases), entity.area or "") for entity in entities
        ),
        areas=tuple(NamedArea(area) for area in areas),
        here=here,
    )


def area_names(names: HomeNames, language: Language) -> frozenset[str]:
    """The areas and floors, normalised."""
    return frozenset(language.normalise(area.name) for area in (*names.areas, *names.floors))


@functools.lru_cache(maxsize=_KEPT)
def spellings(spoken: str, language: Language) -> Sequence[str]:
    """The normalised spellings of a name: "tv" also as "t v" (from "T.V."), "2nd floor" also as "second floor"."""
    said = language.names.bare(spoken)
    if not said:
        return ()
    forms = list(language.surface.name_forms(said))
    if (written := language.names.written_out(spoken)) != spoken:
        forms.append(language.names.bare(written))
    return tuple(dict.fromkeys([said, *map(language.normalise, forms)]))


def name_mistakes(settings: Settings) -> list[str]:
    """One sentence for each two names of the settings that are said alike, so that the speaker has to ask."""
    return [
        f"'{one}' and '{other}' are said alike: give one of them another name"
        for one, other in said_alike(names_of(settings), open_language(settings.device.language))
    ]


def said_alike(names: HomeNames, language: Language) -> Sequence[tuple[str, str]]:
    """The pairs of entities and of areas whose names sound the same: "Light +" and "Light"."""
    pairs: dict[tuple[str, str], None] = {}
    for kind in (names.entities, names.areas):
        owners: dict[str, str] = {}
        for named in kind:
            for name in (named.name, *named.aliases):
                for said in spellings(name, language):
                    other = owners.setdefault(said, named.name)
                    if other != named.name:
                        pairs[other, named.name] = None
    return tuple(pairs)
