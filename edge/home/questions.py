"""Answers to questions about the home: states, measurements, who is at home, when something changed. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from edge.events import SlotValue
from edge.home import Asks
from edge.home.find import Place
from edge.home.model import Entity, Feature, Range, Value
from edge.home.state_tables import DOOR_CLASSES, IS, MAIN, MEASURES, OPEN_CLASSES, SETTINGS
from edge.home.states import EntityState
from edge.home.targets import LISTED, Targets
from edge.nlu import Language
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

    def state(self, slots: Mapping[str, SlotValue], now: datetime) -> str | Asks:
        """HassGetState: `name` alone, or "is `name` `state`", or any, all, which, how many (`ask`) of a kind."""
        if not TARGETS.intersection(slots):
            return self._replies.fixed("state-unknown")
        if slots.get("domain") == "person":
            return self._people(asks_who=slots.get("ask") == "which")
        if "name" in slots:
            return self._of_one(slots, now)
        return self._of_many(slots)

    def measure(self, slots: Mapping[str, SlotValue]) -> str | Asks:
        """EdgeMeasure: the `measure` (a device class) of a `name` or an `area`."""
        measure = str(slots.get("measure", ""))
        if "name" in slots:
            name = str(slots["name"])
            found = [it for it in self._finder.of_device(name) if _measures(it, measure) is not None]
            where = found[0].device_name or found[0].name if found else name
            if not found and self._finder.knows_area(name):
                return self.measure({"measure": measure, "area": name})
        else:
            where = Place.of(slots).area or self._here
            found = list(self._measuring(measure, Place(where)))
        for entity in found:
            value = self._measured(entity, measure)
            if value is not None:
                unit = entity.unit or _unit_of(entity, measure)
                return self._says.measured(measure, where, value, unit)
        silent = [it for it in found if it.domain == "sensor" or not self._state_of(it).current]
        return self._silent(silent) if silent else self._says.not_measured(measure, where)

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
        value = state.values.get(feature)
        if value is None or not state.current or state.available is False:
            return self._silent(found[:1])
        accepted = found[0].accepts.get(feature)
        unit = accepted.unit if isinstance(accepted, Range) else ""
        return self._says.state(found[0].domain, self._targets.name(found[0]), feature, value, "", unit)

    # One thing

    def _of_one(self, slots: Mapping[str, SlotValue], now: datetime) -> str | Asks:
        wanted = str(slots.get("state", ""))
        able = _has_state(wanted) if wanted else _is_no_lock if slots.get("ask") == "since" else _readable
        found = self._targets.find("HassGetState", slots, able)
        if isinstance(found, str | Asks) or found[0].domain in {"number", "select"}:
            found = (self._tells_of_device(str(slots["name"])) if "ask" not in slots else ()) or found
        if isinstance(found, str | Asks):
            return found
        entity = found[0]
        state = self._state_of(entity)
        main = _main(entity, state)
        if main is None or not state.current or state.available is False:
            return self._silent([entity])
        feature, value = main
        sentence = self._sentence(entity, feature, value)
        if slots.get("ask") == "since":
            return self._says.since(sentence, state.changed.get(feature), now)
        if not wanted:
            return sentence
        known = IS.get(wanted, frozenset({wanted}))
        is_told = entity.domain not in {"number", "select", "sensor"} or value in known
        if feature is Feature.MODE:
            return self._says.yes_no(self._does(state, wanted), sentence)
        return self._says.yes_no(value in known if is_told else None, sentence)

    @staticmethod
    def _does(state: EntityState, wanted: str) -> bool | None:
        """Whether a thermostat is on or off by its mode, or heats or cools now; None: it does not tell."""
        if wanted in {"on", "off", "running"}:
            return (state.values.get(Feature.MODE) == "off") == (wanted == "off")
        action = state.values.get(Feature.ACTION)
        return None if action is None else action == wanted

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
            unit = _unit_of(entity, "temperature")
        name = self._targets.name(entity)
        return self._says.state(entity.domain, name, feature, value, entity.device_class, unit)

    def _silent(self, entities: Sequence[Entity]) -> str:
        """Why nothing is known of these now: the broker is away, they are, or they have reported nothing yet."""
        states = [self._state_of(it) for it in entities]
        if not all(state.current for state in states):
            return self._replies.fixed("home-unreachable")
        names = [self._targets.name(it) for it in entities[:LISTED]]
        if all(state.available is False for state in states):
            return self._says.doubt("offline", names, max(0, len(entities) - LISTED))
        return self._says.not_reported(names[0])

    def _known(self, entity: Entity) -> tuple[Feature, Value] | None:
        """What tells the state of an entity, unless it is old."""
        state = self._state_of(entity)
        return _main(entity, state) if state.current and state.available is not False else None

    # Many things

    def _of_many(self, slots: Mapping[str, SlotValue]) -> str | Asks:  # noqa: PLR0911 - one a case
        wanted, ask = str(slots.get("state", "on")), str(slots.get("ask", "is"))
        place = Place.of(slots)
        kind = str(slots.get("device_class") or slots.get("domain") or "light")
        meant = [it for it in self._of_kind(kind, wanted, place) if _readable(it)]
        found = [it for it in meant if self._known(it) is not None]
        if not found:
            none = self._replies.none_of_kind("cover" if kind in OPEN_CLASSES else kind, place.area)
            return self._silent(meant) if meant else none
        values = IS.get(wanted, frozenset({wanted}))
        if wanted == "detected":
            return self._detected(found)
        if len(found) == 1 and ask not in {"which", "how_many"}:
            main = self._known(found[0])
            assert main is not None  # noqa: S101 - those without a state are left out above
            return self._says.yes_no(main[1] in values, self._sentence(found[0], *main))
        are = [it for it in found if (main := self._known(it)) is not None and main[1] in values]
        plural = self._says.kind(kind)
        if ask == "all" and len(are) < len(found):
            others = [it for it in found if it not in are]
            other = _OPPOSITE.get(wanted, f"not {wanted}")
            return self._says.yes_no(False, self._list(others, other, plural, every=False))
        sentence = self._list(are, wanted, plural, every=len(are) == len(found))
        if ask == "any":
            return self._says.yes_no(bool(are), sentence)
        if ask == "all":
            return self._says.yes_no(True, sentence)
        return self._says.count(len(are), sentence) if ask == "how_many" else sentence

    def _detected(self, found: Sequence[Entity]) -> str:
        """Whether one of these detectors has found something."""
        known = [(it, main) for it in found if (main := _main(it, self._state_of(it))) is not None]
        entity, (feature, value) = next(((it, main) for it, main in known if main[1] is True), known[0])
        return self._says.yes_no(value is True, self._sentence(entity, feature, value))

    def _list(self, entities: Sequence[Entity], state: str, plural: str, *, every: bool) -> str:
        names = [self._targets.name(it) for it in entities[:LISTED]]
        return self._says.which_are(names, max(0, len(entities) - LISTED), state, plural, every=every)

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
        return by_domain or by_class

    # People and measurements

    def _people(self, *, asks_who: bool) -> str:
        people = [it for it in self._finder.entities if it.domain in {"device_tracker", "person"}]
        if any(not self._state_of(it).current for it in people):
            return self._replies.fixed("home-unreachable")
        known = [(it, self._state_of(it).values.get(Feature.PRESENCE)) for it in people]
        home = [self._person(it) for it, place in known if place == "home"]
        away = [self._person(it) for it, place in known if place not in {None, "home"}]
        return self._says.at_home(list(dict.fromkeys(home)), list(dict.fromkeys(away)), asks_who=asks_who)

    def _person(self, entity: Entity) -> str:
        return self._says.owner(entity.name)

    def _measuring(self, measure: str, place: Place) -> Sequence[Entity]:
        """The entities that measure something in a room: sensors first, then thermostats."""
        inside = {it.id for it in self._finder.of_kind("", place)}
        all_ = [it for it in self._every if it.id in inside or (place.is_anywhere and it.spoken)]
        sensors = [it for it in all_ if it.domain == "sensor" and it.device_class == measure]
        others = [it for it in all_ if MEASURES.get(measure) is not None and it.domain in {"climate", "water_heater"}]
        return [*sensors, *others]

    def _measured(self, entity: Entity, measure: str) -> float | str | None:
        state, feature = self._state_of(entity), _measures(entity, measure)
        if feature is None or not state.current or state.available is False:
            return None
        value = state.values.get(feature)
        return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _measures(entity: Entity, measure: str) -> Feature | None:
    """The feature of an entity that tells a measurement."""
    if entity.domain == "sensor" and entity.device_class == measure:
        return Feature.VALUE
    return MEASURES.get(measure) if entity.domain in {"climate", "water_heater", "humidifier"} else None


_OPPOSITE: Final[Mapping[str, str]] = {
    "on": "off",
    "off": "on",
    "open": "closed",
    "closed": "open",
    "locked": "unlocked",
    "unlocked": "locked",
}


def _main(entity: Entity, state: EntityState) -> tuple[Feature, Value] | None:
    features = (Feature.POSITION, *MAIN) if entity.domain in {"cover", "valve"} else MAIN
    if entity.domain in {"cover", "valve"} and Feature.MOVEMENT in state.values:
        features = MAIN
    found = next(((feature, state.values[feature]) for feature in features if feature in state.values), None)
    if found is not None and found[0] is Feature.POSITION:
        return Feature.MOVEMENT, "open" if found[1] else "closed"
    return found


def _is_no_lock(entity: Entity) -> bool:
    return bool(entity.readings) and entity.domain != "lock"


def _readable(entity: Entity) -> bool:
    return entity.reports


def _has_state(wanted: str) -> Callable[[Entity], bool]:
    """Entities that can be in the state: a lock and a contact of one name are told apart by "locked" and "open"."""

    def able(entity: Entity) -> bool:
        match wanted:
            case "locked" | "unlocked":
                return entity.domain == "lock" or entity.device_class == "lock"
            case "open" | "closed" | "opening" | "closing":
                return entity.domain in {"cover", "valve"} or entity.device_class in OPEN_CLASSES
            case "armed" | "disarmed":
                return entity.domain == "alarm_control_panel"
            case _:
                return entity.reports and entity.domain not in {"lock", "cover", "sensor"}

    return able


def _unit_of(entity: Entity, measure: str) -> str:
    """The unit of a thermostat's measurements."""
    if measure == "humidity":
        return "%"
    if measure != "temperature":
        return ""
    accepted = entity.accepts.get(Feature.TARGET_TEMPERATURE)
    return accepted.unit if isinstance(accepted, Range) and accepted.unit else "°C"
