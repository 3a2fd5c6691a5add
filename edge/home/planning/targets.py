"""The things that a command or a question is for, or the question which one is meant. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from edge.events import AS_SPELLED, HERE, Intent, PendingQuestion, SlotValue
from edge.home import Asks
from edge.home.model import Entity, HomeModel
from edge.home.planning.find import Able, Finder, Place
from edge.nlu import Language
from edge.nlu.intent_slots import DOMAINS, TARGETS, unknown_slots

LISTED: Final = 4
"""Most names in one reply."""

_COVERINGS: Final = frozenset({"awning", "blind", "curtain", "shade", "shutter"})
_OPENINGS: Final = frozenset({"door", "garage", "gate", "window"})


def _anything(_: Entity) -> bool:
    return True


class Targets:
    """Finds targets in one model by the slots of an intent."""

    def __init__(self, model: HomeModel, language: Language, here: str) -> None:
        """`here` is the area of the speaker, or empty."""
        self.finder = Finder(model, language, here)
        self._language = language
        self._replies = language.replies
        self._says = language.home_replies

    def name(self, entity: Entity) -> str:
        """The name of an entity in a sentence, with its room where another thing has the same name."""
        return self._says.named(entity.name, entity.area, alike=self.finder.has_a_namesake(entity))

    def of_command(
        self,
        intent: str,
        slots: Mapping[str, SlotValue],
        domain: str = "",
        able: Able = _anything,
    ) -> Sequence[Entity] | str | Asks:
        """The entities that a command is for, or why there are none, or the question which one is meant.

        What is missing or misspelt in a sentence never means the whole home.
        """
        wanted = {"domain": domain, **slots} if domain else slots
        if not len(self.finder):
            return self._replies.none_configured(str(wanted.get("domain", "")))
        if not TARGETS.intersection(slots):
            return self._replies.fixed("ask-which")
        if "name" not in slots and (unknown_slots(intent, slots) or wanted.get("domain", "light") not in DOMAINS):
            return self._replies.fixed("not-known")
        return self.find(intent, wanted, able)

    def find(
        self, intent: str, slots: Mapping[str, SlotValue], able: Able = _anything
    ) -> Sequence[Entity] | str | Asks:
        """The entities that the slots mean, at least one, or a reply why there are none, or the question which one."""
        if not len(self.finder):
            return self._replies.none_configured(str(slots.get("domain", "")))
        place = Place.of(slots)
        if "name" in slots:
            return self._named(intent, slots, place, able)
        found = self._of_kind(slots, place, able)
        if isinstance(found, str) and (elsewhere := self._elsewhere(slots, place, able)):
            return self.which(intent, slots, elsewhere) if len(elsewhere) > 1 else elsewhere
        if isinstance(found, str) or "except" not in slots:
            return found
        spared: set[str] = set()
        for slot in ("except", "also_except"):
            if slot in slots:
                more = self._spared(str(slots[slot]))
                if not more:
                    return self._replies.unknown_name(str(slots[slot]))
                spared |= more
        left = [entity for entity in found if entity.id not in spared]
        return left or self._replies.none_of_kind(str(slots.get("domain", "light")), place_of(slots))

    def of_domain(self, intent: str, domain: str, slots: Mapping[str, SlotValue]) -> Sequence[Entity] | str | Asks:
        """The entities of a domain whose rooms do not matter, or the one of `name`; empty if the home has none."""
        found = [it for it in self.finder.entities if it.domain == domain]
        if found and "name" in slots:
            return self.find(intent, {"domain": domain, **slots}, lambda it: it.domain == domain)
        return found

    def _of_kind(self, slots: Mapping[str, SlotValue], place: Place, able: Able) -> Sequence[Entity] | str:
        domain = str(slots.get("domain", "light"))
        found = self.finder.of_kind(domain, place, able)
        if not found and domain == "climate" and len(whole := self.finder.of_kind(domain, Place(), able)) == 1:
            found = whole  # one thermostat heats every room
        found = found or self.finder.of_kind(domain, place)
        if "device_class" in slots:
            found = of_class(found, str(slots["device_class"]))
        elif domain == "cover" and slots.get("area") != HERE:
            found = [it for it in found if it.device_class not in _OPENINGS] or found  # the blinds, not the garage
        if found:
            return found
        if place.floor and not self.finder.knows_floor(place.floor):
            return self._replies.unknown_floor(place.floor)
        if not self.finder.of_kind(domain, Place()):
            return self._replies.none_configured(domain)
        return self._replies.none_of_kind(domain, place_of(slots))

    def _named(
        self, intent: str, slots: Mapping[str, SlotValue], place: Place, able: Able
    ) -> Sequence[Entity] | str | Asks:
        """The things with the name in the slots."""
        name = str(slots["name"])
        named = self.finder.named(name, place, able, as_spelled=AS_SPELLED in slots)
        if len(named) > 1:
            same = [it for it in named if it.domain == slots.get("domain")]
            named = same if len(same) == 1 else named
        if not named:
            named = self._openings(name, able) if place.is_anywhere else self._called_by_kind(name, place, able)
        if len(named) > 1 and "every" in slots:
            return named
        return self.which(intent, slots, named) if len(named) > 1 else named or self._replies.unknown_name(name)

    def _called_by_kind(self, name: str, place: Place, able: Able) -> Sequence[Entity]:
        """The things that a word for their kind means in a place: "the lamp in the hall"."""
        names = self._language.names
        kind = names.class_of(name) if names.is_kind(name) else ""
        return self.finder.of_kind(kind, place, able) if kind else []

    def _openings(self, name: str, able: Able) -> Sequence[Entity]:
        """The garage doors or gates, of which a home has few: "the garage door" has a name of its own."""
        names = self._language.names
        kind = names.class_of(name)
        if any(names.class_of(word) != kind and not names.is_kind(word) for word in name.split()):
            return []
        return self.finder.of_kind("cover", Place(), able, of_class=kind) if kind in {"garage", "gate"} else []

    def _elsewhere(self, slots: Mapping[str, SlotValue], place: Place, able: Able) -> Sequence[Entity]:
        """What is meant where this room, which was not named, has none: the thermostat of the home, or its blinds."""
        if slots.get("domain") != "climate" or not self.finder.is_here(place):
            return self._coverings_elsewhere(slots, able)
        of_home = [it for it in self.finder.of_kind("climate", Place(), able) if it.domain == "climate"]
        words = self._language.names.kind_words("climate")
        called = {it.id for word in words for it in self.finder.named(word, Place(), able)}
        named = [it for it in of_home if it.id in called]
        return named if len(named) == 1 else of_home

    def _coverings_elsewhere(self, slots: Mapping[str, SlotValue], able: Able) -> Sequence[Entity]:
        """The blinds of the home where this room, which was not named, has none."""
        if slots.get("domain") != "cover" or "device_class" not in slots or not self.finder.is_here(Place.of(slots)):
            return []
        found = self._of_kind({**slots, "area": HERE}, Place(), able)
        return [] if isinstance(found, str) else found

    def _spared(self, name: str) -> set[str]:
        """The ids of what "all lights but NAME" leaves alone: a thing or a room."""
        place = Place(area=name)
        found = self.finder.named(name, Place()) or self.finder.of_kind("", place)
        return {entity.id for entity in found}

    def which(self, intent: str, slots: Mapping[str, SlotValue], found: Sequence[Entity]) -> Asks:
        """Asks which one is meant, by name, or by area where names are said alike."""
        if len(found) > LISTED:
            return Asks(self._replies.fixed("ask-which"), PendingQuestion(Intent(intent, slots)))
        more = {slot: value for slot, value in slots.items() if slot not in TARGETS}
        choices = tuple(
            (f"{entity.name} {entity.area}".strip(), Intent(intent, {**more, **_exactly(entity, found)}))
            for entity in found
        )
        asked = self._replies.which([(entity.name, entity.area) for entity in found])
        return Asks(asked, PendingQuestion(Intent(intent, slots), choices))


def _exactly(entity: Entity, found: Sequence[Entity]) -> dict[str, SlotValue]:
    """The slots that mean this one of several."""
    slots: dict[str, SlotValue] = {"name": entity.name, AS_SPELLED: 1}
    if entity.area and sum(other.name == entity.name for other in found) > 1:
        slots["area"] = entity.area
    return slots


def of_class(covers: Sequence[Entity], kind: str) -> Sequence[Entity]:
    """The covers of a kind. If there are none: for a window covering, all that cover windows."""
    classes = {"door", "garage", "gate"} if kind == "door" else {kind}  # "the garage door" is that of the garage
    named = [entity for entity in covers if entity.device_class in classes]
    if named or kind not in _COVERINGS:
        return named
    return [entity for entity in covers if entity.device_class not in _OPENINGS | {"awning"}]  # no blind over a window


def place_of(slots: Mapping[str, SlotValue]) -> str:
    """The named area or floor; empty for the whole home."""
    place = Place.of(slots)
    return place.area or place.floor
