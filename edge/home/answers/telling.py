"""What tells about a thing: which feature is its state, which one a measurement. Pure."""

from collections.abc import Callable

from edge.home.answers.state_tables import MAIN, MEASURES, OPEN_CLASSES
from edge.home.model import Entity, Feature, Range, Value
from edge.home.states import EntityState


def measures(entity: Entity, measure: str) -> Feature | None:
    """The feature of an entity that tells a measurement."""
    if entity.domain == "sensor" and entity.device_class == measure:
        return Feature.VALUE
    return MEASURES.get(measure) if entity.domain in {"climate", "water_heater", "humidifier"} else None


def main_state(entity: Entity, state: EntityState) -> tuple[Feature, Value] | None:
    """The feature that is the state of an entity, with its value; None: it has told none."""
    features = (Feature.POSITION, *MAIN) if entity.domain in {"cover", "valve"} else MAIN
    heard = state.heard
    if entity.domain in {"cover", "valve"} and heard.get(Feature.MOVEMENT, "stopped") != "stopped":
        features = MAIN  # what has stopped is open or closed by its position
    found = next(((feature, heard[feature]) for feature in features if feature in heard), None)
    if found is not None and found[0] is Feature.POSITION:
        return Feature.MOVEMENT, "open" if found[1] else "closed"
    return found


def is_no_lock(entity: Entity) -> bool:
    """What a question for a time is about: the contact of a door and not its lock."""
    return entity.reports and entity.domain != "lock"


def has_state(wanted: str) -> Callable[[Entity], bool]:
    """Whether an entity can be in the state: "locked" and "open" tell a lock and a contact of one name apart."""

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


def unit_of(entity: Entity, measure: str) -> str:
    """The unit of a thermostat's measurements."""
    if measure == "humidity":
        return "%"
    if measure != "temperature":
        return ""
    accepted = entity.accepts.get(Feature.TARGET_TEMPERATURE)
    return accepted.unit if isinstance(accepted, Range) and accepted.unit else "°C"
