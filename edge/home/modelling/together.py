"""One list of the entities that come from MQTT and from Home Assistant: what is in both appears once. Pure."""

import dataclasses
from collections.abc import Sequence

from edge.home.model import Entity
from edge.home.sources.home_assistant.entities import without_doubles
from edge.home.sources.home_assistant.snapshot import Snapshot


def together(announced: Sequence[Entity], assistant: Snapshot) -> Sequence[Entity]:
    """The entities of both. What is on MQTT stays there, and gets its room and its names in Home Assistant as well."""
    left, doubles = without_doubles([exposed for exposed, _ in assistant.entities], announced)
    also = {exposed.entity_id: entity for exposed, entity in assistant.entities}
    found = []
    for entity in announced:
        double = doubles.get(entity.id)
        if double is None:
            found.append(entity)
            continue
        names = tuple(name for name in (double.name, *double.aliases) if name)
        found.append(dataclasses.replace(entity, area=double.area or entity.area, aliases=(*entity.aliases, *names)))
    return [*found, *(also[exposed.entity_id] for exposed in left)]
