"""The names of a model, for the grammars of typed text and of speech."""

from edge.home.model import HomeModel
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity

_NOT_SAID: frozenset[str] = frozenset({"event", "update"})


def home_names(model: HomeModel, here: str) -> HomeNames:
    """What people can say in this home. `here` is the area of the speaker, or empty.

    The device of a measurement is a name too, of the domain "device": "the battery of the bedroom window".
    """
    entities = [
        NamedEntity(entity.name, entity.domain, entity.aliases, entity.area)
        for entity in model.entities
        if entity.spoken and entity.domain not in _NOT_SAID
    ]
    said = {name.casefold() for entity in entities for name in (entity.name, *entity.aliases)}
    devices = dict.fromkeys(
        (entity.device_name, entity.area)
        for entity in model.entities
        if entity.domain in {"number", "select", "sensor"}
        and entity.device_name
        and entity.device_name.casefold() not in said
        and (entity.spoken or entity.device_class)
    )
    short = {area.name: area.aliases for area in model.areas}
    areas = dict.fromkeys(area for area in (here, *short) if area)
    return HomeNames(
        entities=(*entities, *(NamedEntity(name, "device", (), area) for name, area in devices)),
        areas=tuple(NamedArea(area, short.get(area, ())) for area in areas),
        floors=tuple(NamedArea(floor.name, floor.aliases) for floor in model.floors),
        here=here,
        options=tuple(dict.fromkeys(option for entity in model.spoken() for option in entity.named_options())),
    )
