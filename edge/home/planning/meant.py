"""Which of the things of a room are meant by a command that names none of them. Pure."""

from collections.abc import Callable, Mapping, Sequence

from edge.events import SlotValue
from edge.home.model import Entity, Feature
from edge.home.planning import changes
from edge.home.planning.find import Able, Place
from edge.home.planning.targets import Targets
from edge.home.states import EntityState


def is_off(state: EntityState) -> bool:
    """Whether it is known to be off."""
    return state.values.get(Feature.POWER) is False or state.values.get(Feature.MODE) == "off"


def running(
    targets: Targets,
    state_of: Callable[[Entity], EntityState],
    found: Sequence[Entity],
    slots: Mapping[str, SlotValue],
    able: Able,
) -> Sequence[Entity]:
    """Of the things of a room those that are on: "darker" switches no lamp on, "warmer" is for the heating.

    If the room has no heating that is on, the one of the home that is.
    """
    if "name" in slots:
        return found
    on = [entity for entity in found if not is_off(state_of(entity))]
    if on or slots.get("domain") != "climate":
        return on or found
    of_home = targets.finder.of_kind("climate", Place(), able)
    elsewhere = [entity for entity in of_home if entity.domain == "climate" and not is_off(state_of(entity))]
    return elsewhere if len(elsewhere) == 1 else found


def heating(targets: Targets, found: Sequence[Entity]) -> Sequence[Entity]:
    """Of the thermostats of a room those of its heating; if it has none, the only one of the home."""
    heats = [it for it in found if changes.heats(it)]
    if heats:
        return [it for it in heats if not changes.cools(it)] or heats
    of_home = targets.finder.of_kind("climate", Place(), changes.heats)
    of_rooms = [it for it in of_home if it.domain == "climate" and changes.cools(it)] or of_home
    return of_rooms if len(of_rooms) == 1 else found
