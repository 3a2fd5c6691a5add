"""Finds the entities that a command or a question is about, by name, kind and place. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from edge.events import HERE, SlotValue
from edge.home.model import EVERYTHING, Entity, Feature, HomeModel
from edge.nlu import Language
from edge.nlu.home_names import spellings
from edge.nlu.part_names import NameWords

Able = Callable[[Entity], bool]
"""Whether an entity can do what is asked."""


def _anything(_: Entity) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command applies: `area` and `floor` are names or empty; both empty: anywhere."""

    area: str = ""
    floor: str = ""

    @classmethod
    def of(cls, slots: Mapping[str, SlotValue]) -> Self:
        """The place in the slots of an intent. `HERE` stands for a room that is not known, so for anywhere."""
        area = str(slots.get("area", ""))
        return cls("" if area == HERE else area, str(slots.get("floor", "")))

    @property
    def is_anywhere(self) -> bool:
        """Whether no place was named."""
        return not self.area and not self.floor


class Finder:
    """Lookup in one model. Names that sound the same are equal, and so are areas."""

    def __init__(self, model: HomeModel, language: Language, here: str) -> None:
        """`here` is the area of the speaker, or empty."""
        self._language = language
        self._here = self._key(here)
        self.entities = model.spoken()
        self._times = Counter(entity.name.casefold() for entity in self.entities)
        self._areas = {entity.id: self._key(entity.area) for entity in model.entities}
        self._floors = {self._key(area.name): self._key(area.floor) for area in model.areas}
        self._known_areas = {key for key in self._areas.values() if key}
        self._short_areas = {self._key(alias): self._key(area.name) for area in model.areas for alias in area.aliases}
        self._by_name: dict[str, list[Entity]] = {}
        self._devices: dict[str, list[Entity]] = {}
        self._by_device: dict[str, list[Entity]] = {}
        self._words: dict[str, NameWords] = {}
        for entity in model.entities:
            if entity.device:
                self._devices.setdefault(entity.device, []).append(entity)
            if entity.device_name:
                for form in self._forms(entity.device_name):
                    self._by_device.setdefault(form, []).append(entity)
        for entity in self.entities:
            for form in {form for name in (entity.name, *entity.aliases) for form in self._forms(name)}:
                self._by_name.setdefault(form, []).append(entity)

    def has_a_namesake(self, entity: Entity) -> bool:
        """Whether another one has the same name."""
        return self._times[entity.name.casefold()] > 1

    def __len__(self) -> int:
        return len(self.entities)

    def named(self, name: str, place: Place, able: Able = _anything, *, as_spelled: bool = False) -> Sequence[Entity]:
        """The entities with this name or alias that are not in another place.

        Several if their names sound the same. Of these those that are able count, if there are any, then the one in
        the speaker's room. A name in the owner's spelling identifies one entity, unless it may just be what was said
        ("light", beside "Light +").
        """
        said = self._key(name)
        exact = [it for it in self.entities if name in (it.name, *it.aliases)]
        found = exact if len(exact) == 1 and (as_spelled or name != said) else self._by_name.get(said, exact)
        found = found or self._ending_with(said) or self._called_in_part(said)
        vague = self._language.names.is_kind(said)  # "the lamp in the hall" is in the hall, and no lamp without a room
        found = [it for it in found if place.is_anywhere or self._is_in(it, place) or not (it.area or vague)]
        can_all = [it for it in found if able(it)]
        if self._here and place.is_anywhere:
            here = [it for it in found if self._areas[it.id] == self._here]
            can_here = [it for it in here if able(it)]
            others = {it.domain for it in can_all} - {it.domain for it in here}
            if can_here or (here and not others):
                return can_here or here
        return can_all or found

    def _ending_with(self, said: str) -> list[Entity]:
        """The entities whose names end with these words: "the siren" is the hall siren where there is no other."""
        return (
            []
            if not said
            else list(
                {
                    it.id: it for form, group in self._by_name.items() for it in group if form.endswith(f" {said}")
                }.values()
            )
        )

    def _called_in_part(self, said: str) -> list[Entity]:
        """The entities that some words of their names mean: "the washer" is the "Cellar Washer"."""
        names = self._language.names
        words = () if self.knows_area(said) else names.content(said)
        return [it for it in self.entities if words and self._words_of(it).fit(words)]

    def _words_of(self, entity: Entity) -> NameWords:
        if entity.id not in self._words:
            called = (entity.name, *entity.aliases)
            self._words[entity.id] = NameWords.of(called, entity.area, entity.domain, self._language.names)
        return self._words[entity.id]

    def is_called(self, entity: Entity, name: str) -> bool:
        """Whether this is a name of its own."""
        return self._key(name) in {form for own in (entity.name, *entity.aliases) for form in self._forms(own)}

    def of_device(self, name: str) -> Sequence[Entity]:
        """The entities of the devices with this name, or of the device that the thing with this name belongs to."""
        key = self._key(name)
        devices = dict.fromkeys(it.device for it in self._by_name.get(key, ()) if it.device)
        more = [it for device in devices for it in self._devices[device]]
        found = [*self._by_device.get(key, ()), *self._by_name.get(key, ()), *more]
        return list({it.id: it for it in found}.values())

    def of_kind(self, kind: str, place: Place, able: Able = _anything, *, of_class: str = "") -> Sequence[Entity]:
        """The entities of a domain ("everything": all that is switched), or of a device class, in a place."""
        return [
            it
            for it in self.entities
            if not it.members
            and self._is_kind(it, kind)
            and able(it)
            and (not of_class or _is_class(it, of_class))
            and (place.is_anywhere or self._is_in(it, place))
        ]

    def is_here(self, place: Place) -> bool:
        """Whether a place is the room of the speaker, which is meant where none is named."""
        return bool(self._here) and self._key(place.area) == self._here

    def knows_area(self, area: str) -> bool:
        """Whether something is in this area."""
        key = self._key(area)
        return key in self._known_areas or key in self._short_areas

    def knows_floor(self, floor: str) -> bool:
        """Whether an area is on this floor."""
        return self._key(floor) in self._floors.values()

    def _is_kind(self, entity: Entity, kind: str) -> bool:
        match kind:
            case "":
                return True
            case "everything":
                return entity.domain in EVERYTHING
            case "light":
                return entity.domain == "light" or (entity.domain == "switch" and self.is_called_light(entity))
            case "climate":
                return entity.domain in {"climate", "water_heater"}
            case _:
                return entity.domain == kind

    def is_called_light(self, entity: Entity) -> bool:
        """Whether a switch has the name of a light: a lamp behind a relay."""
        return self._language.names.class_of(entity.name) == "light"

    def _is_in(self, entity: Entity, place: Place) -> bool:
        area = self._areas[entity.id]
        if place.floor:
            floor = self._floors.get(area, "")
            return bool(floor) and floor == self._key(place.floor)
        wanted = self._key(place.area)
        return area == self._short_areas.get(wanted, wanted)

    def _forms(self, name: str) -> Iterable[str]:
        return spellings(name, self._language) or (self._key(name),)

    def _key(self, name: str) -> str:
        """The spoken form; for a name without letters or digits, its written form."""
        return self._language.names.bare(name) or " ".join(name.casefold().split())


def _is_class(entity: Entity, device_class: str) -> bool:
    """Whether it is one of these; "door" also means the doors of contacts, locks and garages."""
    if device_class == "door":
        return entity.device_class in {"door", "garage_door", "opening"} or (
            entity.domain == "cover" and entity.device_class in {"door", "garage", "gate"}
        )
    if device_class == "garage":
        return entity.device_class in {"garage", "garage_door"}
    return entity.device_class == device_class


def can(feature: Feature) -> Able:
    """Entities whose feature a command may change."""
    return lambda entity: entity.can(feature)
