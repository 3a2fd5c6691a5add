"""Answers to questions about the home: states, measurements, who is at home, when something changed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Final

from edge.events import SlotValue
from edge.home import Asks
from edge.home.answers.state_tables import DOOR_CLASSES, IS, OPEN_CLASSES, SETTINGS
from edge.home.answers.telling import has_state, is_no_lock, main_state, measures, unit_of
from edge.home.model import Entity, Feature, Range, Value
from edge.home.planning.find import Place
from edge.home.planning.targets import LISTED, Targets, of_class
from edge.home.states import EntityState
from edge.nlu import Language
from edge.nlu.home_replies import Doubt
from edge.nlu.intent_slots import TARGETS


class Questions:
    """Answers from one model and its states."""

    def __init__(
        self,
        targets: Targets,
        state_of: Callable[[Entity], EntityState],
        language: Language,
        here: str,
        every: Sequence[Entity],
    ) -> None:
        """`every`: all entities, also those that are not spoken: a battery is asked for by its device."""
        self._targets = targets
        self._finder = targets.finder
        self._state_of = state_of
        self._replies = language.replies
        self._says = language.home_replies
        self._here = here
        self._every = every
        self._is_outdoors = language.names.is_outdoors

    def state(self, slots: Mapping[str, SlotValue], now: datetime) -> str | Asks:
        """HassGetState: `name` alone, or "is `name` `state`", or any, all, which, how many (`ask`) of a kind."""
        if not TARGETS.intersection(slots):
            return self._replies.fixed("state-unknown")
        if slots.get("domain") == "person":
            return self._people(asks_who=slots.get("ask") == "which")
        if "name" in slots and "device_class" in slots:
            return self._found_at(str(slots["name"]), slots)
        if "name" in slots:
            return self._of_one(slots, now)
        if slots.get("device_class") == "battery":
            return self._batteries(asks_which=slots.get("ask") == "which")
        return self._of_many(slots)

    def measure(self, slots: Mapping[str, SlotValue]) -> str | Asks:
        """EdgeMeasure: the `measure` (a device class) of a `name` or an `area`."""
        measure = str(slots.get("measure", ""))
        if "name" in slots:
            name = str(slots["name"])
            found = [it for it in self._finder.of_device(name) if measures(it, measure) is not None]
            where = found[0].device_name or found[0].name if found else name
            if not found and self._finder.knows_area(name):
                return self.measure({"measure": measure, "area": name})
        else:
            where = Place.of(slots).area or self._here
            found = list(self._measuring(measure, Place(where)))
        for entity in found:
            value = self._measured(entity, measure)
            if value is not None:
                unit = entity.unit or unit_of(entity, measure)
                return self._says.measured(measure, where, value, unit)
        silent = [it for it in found if it.domain == "sensor" or not self._state_of(it).current]
        return self._silent(silent) if silent else self._says.not_measured(measure, where)

    def outside(self, measure: str) -> str | None:
        """What a sensor outside says of a `measure`, with its name; None: no sensor tells."""
        for entity in self._measuring(measure, Place()):
            if entity.domain == "sensor" and any(map(self._is_outdoors, (entity.name, entity.device_name))):
                value = self._measured(entity, measure)
                return self._silent([entity]) if value is None else self._sentence(entity, Feature.VALUE, value)
        return None

    def setting(self, slots: Mapping[str, SlotValue]) -> str | Asks:
        """EdgeSetting: what a thing is set to: `what` is brightness, position, speed, target-temperature, mode."""
        feature = SETTINGS.get(str(slots.get("what")))
        if feature is None:
            return self._replies.fixed("not-known")
        found = self._targets.find("EdgeSetting", {"domain": "climate", **slots}, lambda it: feature in it.accepts)
        if isinstance(found, str | Asks):
            return found
        found = sorted(found, key=lambda it: self._state_of(it).values.get(Feature.MODE) == "off")  # what heats now
        state = self._state_of(found[0])
        value = state.heard.get(feature)
        if value is None or not state.current or state.available is False:
            return self._silent(found[:1])
        accepted = found[0].accepts.get(feature)
        unit = accepted.unit if isinstance(accepted, Range) else ""
        return self._says.state(found[0].domain, self._targets.name(found[0]), feature, value, "", unit)

    # One thing

    def _of_one(self, slots: Mapping[str, SlotValue], now: datetime) -> str | Asks:
        wanted = str(slots.get("state", ""))
        able = has_state(wanted) if wanted else is_no_lock if slots.get("ask") == "since" else attrgetter("reports")
        found = self._targets.find("HassGetState", slots, able)
        if isinstance(found, str | Asks) or self._is_meant_by_device(found[0], str(slots["name"])):
            found = (self._tells_of_device(str(slots["name"])) if "ask" not in slots else ()) or found
        if isinstance(found, str | Asks):
            return found
        entity = found[0]
        state = self._state_of(entity)
        main = main_state(entity, state)
        if main is None or not state.current or state.available is False:
            return self._silent([entity])
        feature, value = main
        sentence = self._sentence(entity, feature, value)
        if slots.get("ask") == "since":
            return self._says.since(sentence, state.changed.get(feature), state.known_since.get(feature), now)
        if not wanted:
            return sentence
        known = IS.get(wanted, frozenset({wanted}))
        is_told = entity.domain not in {"number", "select", "sensor"} or value in known
        if feature is Feature.MODE:
            return self._says.yes_no(self._does(state, wanted), sentence)
        return self._says.yes_no(value in known if is_told else None, sentence)

    def _found_at(self, name: str, slots: Mapping[str, SlotValue]) -> str | Asks:
        """Whether a detector (`device_class`) of a device, or of a room with that name, has found something."""
        kind = str(slots["device_class"])
        of_device = [it for it in self._finder.of_device(name) if it.device_class == kind]
        found = [it for it in of_device if self._known(it) is not None]
        if found:
            return self._detected(found, [it for it in of_device if it not in found])
        return self._of_many({**{slot: value for slot, value in slots.items() if slot != "name"}, "area": name})

    @staticmethod
    def _does(state: EntityState, wanted: str) -> bool | None:
        """Whether a thermostat is on or off by its mode, or heats or cools now; None: it does not tell."""
        if wanted in {"on", "off", "running"}:
            return (state.values.get(Feature.MODE) == "off") == (wanted == "off")
        action = state.values.get(Feature.ACTION)
        return None if action is None else action == wanted

    def _is_meant_by_device(self, entity: Entity, name: str) -> bool:
        """Whether a setting was found only because its device was named."""
        return entity.domain in {"number", "select"} and not self._finder.is_called(entity, name)

    def _tells_of_device(self, name: str) -> Sequence[Entity]:
        """What tells whether a device runs: a detector or a switch, otherwise its status in words."""
        found = self._finder.of_device(name)
        runs = [it for it in found if it.device_class == "running" or it.domain == "switch"]
        in_words = [it for it in found if it.domain == "sensor" and not it.unit and not it.device_class]
        return [*runs, *in_words][:1]

    def _sentence(self, entity: Entity, feature: Feature, value: Value) -> str:
        unit = entity.unit
        accepted = entity.accepts.get(feature)
        if not unit and isinstance(accepted, Range):
            unit = accepted.unit
        if feature is Feature.TEMPERATURE:
            unit = unit_of(entity, "temperature")
        name = self._targets.name(entity)
        return self._says.state(entity.domain, name, feature, value, entity.device_class, unit)

    def _silent(self, entities: Sequence[Entity]) -> str:
        """Why nothing is known of these now: the broker is away, they are, or they have reported nothing."""
        states = [self._state_of(it) for it in entities]
        if not all(state.current for state in states):
            return self._replies.fixed("home-unreachable")
        names = [self._targets.name(it) for it in entities[:LISTED]]
        doubt: Doubt = "unreported"
        if all(state.available is False for state in states):
            doubt = "offline"
        elif all(state.unheard for state in states):
            doubt = "unheard"
        return self._says.doubt(doubt, names, max(0, len(entities) - LISTED))

    def _known(self, entity: Entity) -> tuple[Feature, Value] | None:
        """What tells the state of an entity, unless it is old."""
        state = self._state_of(entity)
        return main_state(entity, state) if state.current and state.available is not False else None

    # Many things

    def _of_many(self, slots: Mapping[str, SlotValue]) -> str | Asks:  # noqa: PLR0911 - one a case
        wanted, ask = str(slots.get("state", "on")), str(slots.get("ask", "is"))
        place = Place.of(slots)
        kind = str(slots.get("device_class") or slots.get("domain") or "light")
        meant = [it for it in self._of_kind(kind, wanted, place) if it.reports]
        found = [it for it in meant if self._known(it) is not None]
        if not found:
            none = self._replies.none_of_kind("cover" if kind in OPEN_CLASSES else kind, place.area)
            return self._silent(meant) if meant else none
        unknown = [it for it in meant if it not in found]
        if wanted == "detected":
            return self._detected(found, unknown)
        values = IS.get(wanted, frozenset({wanted}))
        are = [it for it in found if (main := self._known(it)) is not None and main[1] in values]
        if len(found) == 1 and ask not in {"which", "how_many"}:
            main = self._known(found[0])
            assert main is not None  # noqa: S101 - those without a state are left out above
            return self._perhaps(ask, bool(are), self._sentence(found[0], *main), unknown)
        plural = self._says.kind(kind)
        if ask == "all" and len(are) < len(found):
            others = [it for it in found if it not in are]
            other = _OPPOSITE.get(wanted, f"not {wanted}")
            return self._says.yes_no(False, self._list(others, other, plural, every=False))
        if unknown and not are:
            return f"{self._silent(unknown)} {self._list([], wanted, self._says.kind('other'), every=False)}"
        most = _MOST_NAMED if ask in {"which", "how_many"} else LISTED
        sentence = self._list(are, wanted, plural, every=len(are) == len(meant), most=most)
        if ask in {"any", "all"}:
            return self._perhaps(ask, bool(are), sentence, unknown)
        sentence = self._says.count(len(are), sentence) if ask == "how_many" else sentence
        return f"{sentence} {self._silent(unknown)}" if unknown else sentence

    def _perhaps(self, ask: str, answer: bool, sentence: str, unknown: Sequence[Entity]) -> str:
        """Yes or no for what is known, without the word where the unknown things might make it the other one."""
        decided = not unknown or (answer if ask == "any" else not answer)
        return self._says.yes_no(answer, sentence) if decided else f"{sentence} {self._silent(unknown)}"

    def _detected(self, found: Sequence[Entity], unknown: Sequence[Entity]) -> str:
        """Whether one of these detectors has found something."""
        known = [(it, main) for it in found if (main := main_state(it, self._state_of(it))) is not None]
        entity, (feature, value) = next(((it, main) for it, main in known if main[1] is True), known[0])
        return self._perhaps("any", value is True, self._sentence(entity, feature, value), unknown)

    def _list(self, entities: Sequence[Entity], state: str, plural: str, *, every: bool, most: int = LISTED) -> str:
        names = [self._targets.name(it) for it in entities[:most]]
        return self._says.which_are(names, max(0, len(entities) - most), state, plural, every=every)

    def _of_kind(self, kind: str, wanted: str, place: Place) -> Sequence[Entity]:
        """The things that a question is about: a window is a contact or a cover, a door also a lock."""
        if kind == "door" and wanted in {"locked", "unlocked"}:
            kind = "lock"
        if kind == "opening":
            return [
                it
                for it in self._finder.of_kind("", place)
                if it.domain == "cover" or (it.domain == "binary_sensor" and it.device_class in OPEN_CLASSES)
            ]
        if kind in OPEN_CLASSES or kind in DOOR_CLASSES:
            classes = DOOR_CLASSES if kind == "door" else {"garage", "garage_door"} if kind == "garage" else {kind}
            return [
                it
                for it in self._finder.of_kind("", place)
                if it.domain in {"binary_sensor", "cover"} and it.device_class in classes
            ]
        by_domain = self._finder.of_kind(kind, place)
        by_class = [it for it in self._finder.of_kind("", place) if it.device_class == kind]
        return by_domain or by_class or of_class(self._finder.of_kind("cover", place), kind)

    def _batteries(self, *, asks_which: bool) -> str:
        """The devices whose battery is low, also those whose battery is a diagnostic entity."""
        batteries = [it for it in self._every if it.device_class == "battery" and not it.accepts]
        levels = [(it, known[1]) for it in batteries if (known := self._known(it)) is not None]
        if not levels:
            return self._silent(batteries) if batteries else self._says.not_measured("battery", "")
        low = list(dict.fromkeys(it.device_name or it.name for it, level in levels if _is_low(level)))
        sentence = self._says.low_batteries(low[:_MOST_NAMED], max(0, len(low) - _MOST_NAMED))
        told = {it.device or it.id for it, _ in levels}
        unknown = [it for it in batteries if (it.device or it.id) not in told]
        if asks_which or (unknown and not low):
            return f"{sentence} {self._silent(unknown)}" if unknown else sentence
        return self._says.yes_no(bool(low), sentence)

    # People and measurements

    def _people(self, *, asks_who: bool) -> str:
        people = [it for it in self._finder.entities if it.domain in {"device_tracker", "person"}]
        if any(not self._state_of(it).current for it in people):
            return self._replies.fixed("home-unreachable")
        known = [(it, self._state_of(it).heard.get(Feature.PRESENCE)) for it in people]
        home = [self._person(it) for it, place in known if place == "home"]
        away = [self._person(it) for it, place in known if place not in {None, "home"}]
        unknown = [it for it, place in known if place is None]
        if away and unknown and not home:  # these may be there
            told = [self._says.where(name, "not_home") for name in dict.fromkeys(away)]
            return " ".join([*told, self._silent(unknown)])
        return self._says.at_home(list(dict.fromkeys(home)), list(dict.fromkeys(away)), asks_who=asks_who)

    def _person(self, entity: Entity) -> str:
        return self._says.owner(entity.name)

    def _measuring(self, measure: str, place: Place) -> Sequence[Entity]:
        """The entities that measure something in a room: sensors first, then thermostats."""
        inside = {it.id for it in self._finder.of_kind("", place)}
        all_ = [it for it in self._every if it.id in inside or (place.is_anywhere and it.spoken)]
        sensors = [it for it in all_ if it.domain == "sensor" and it.device_class == measure]
        others = [it for it in all_ if it.domain in _THERMOSTATS and measures(it, measure) is not None]
        return [*sensors, *others]

    def _measured(self, entity: Entity, measure: str) -> float | str | None:
        state, feature = self._state_of(entity), measures(entity, measure)
        if feature is None or not state.current or state.available is False:
            return None
        value = state.heard.get(feature)
        return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _is_low(battery: Value) -> bool:
    """Whether a battery is low: its detector says so, or it has this many percent at most."""
    return battery if isinstance(battery, bool) else isinstance(battery, int | float) and battery <= _LOW_PERCENT


_LOW_PERCENT: Final = 20
_MOST_NAMED: Final = 10
"""Who asks which lights are on wants to hear all; only of a very large home are some counted."""

_THERMOSTATS: Final = frozenset({"climate", "humidifier", "water_heater"})
"""Domains that tell what they measure, besides what they do."""

_OPPOSITE: Final[Mapping[str, str]] = {
    "on": "off",
    "off": "on",
    "open": "closed",
    "closed": "open",
    "locked": "unlocked",
    "unlocked": "locked",
}
