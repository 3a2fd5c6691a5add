"""What a home's owner may say by name: things, areas, floors. Pure: no grammar, no engine.

The grammar of typed text and the grammar of speech are both filled from it.
"""

from dataclasses import dataclass

from edge.route.normalise import normalise
from edge.settings import Settings


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing that can be named; `name` is what comes out as a slot, however it was called.

    `domain` is Home Assistant's word for its kind (light, cover, sensor...). `area` is the room it is in, or empty.
    `heard` is what the recogniser writes for its names (`edge.route.heard_names`).
    """

    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    area: str = ""
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """An area or a floor; `name` is what comes out as a slot, `heard` as of `NamedThing`."""

    name: str
    aliases: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeNames:
    """The names of one home. `here` is the area of the speaker, or empty.

    Names are as their owner spells them; two things may share one (a phone's battery and its charger).
    """

    things: tuple[NamedThing, ...] = ()
    areas: tuple[NamedPlace, ...] = ()
    floors: tuple[NamedPlace, ...] = ()
    here: str = ""

    def has(self, *domains: str, area: str = "") -> bool:
        """Whether there is a thing of one of the kinds, in an area or anywhere."""
        place = area.casefold()
        return any(thing.domain in domains and (not place or thing.area.casefold() == place) for thing in self.things)


def names_of(settings: Settings) -> HomeNames:
    """What the settings list; the areas in the order in which they are named."""
    entities = settings.home.entities
    here = settings.device.area or ""
    areas = dict.fromkeys(area for area in (here, *(entity.area for entity in entities)) if area)
    return HomeNames(
        things=tuple(
            NamedThing(entity.name, entity.domain, tuple(entity.aliases), entity.area or "") for entity in entities
        ),
        areas=tuple(NamedPlace(area) for area in areas),
        here=here,
    )


def places(names: HomeNames) -> frozenset[str]:
    """The areas and floors, normalised."""
    return frozenset(normalise(place.name) for place in (*names.areas, *names.floors))
