"""What Home Assistant knows of a home: the entities that its owner exposes to voice assistants, rooms and floors."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from edge.home.sources.home_assistant.connection import Connection, RequestError
from edge.home.sources.home_assistant.payload import Object, number_of, object_of, objects_of, text_of, texts_of

MAX_ENTITIES: Final = 2000
"""Most exposed entities; those beyond it are left out."""

_ASSISTANT: Final = "conversation"
"""Home Assistant's name for its own voice assistant: what is exposed to it is exposed here."""

_SPEAKERS: Final = "edge-voice"
"""The manufacturer of speakers of our own kind: their entities are no things of the home."""

ENTITY_ID: Final = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")

_EXPOSED_DOMAINS: Final = frozenset(
    [
        "climate",
        "cover",
        "fan",
        "humidifier",
        "light",
        "media_player",
        "scene",
        "switch",
        "todo",
        "vacuum",
        "water_heater",
    ]
)
_EXPOSED_CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "binary_sensor": frozenset(["door", "garage_door", "lock", "motion", "opening", "presence", "window"]),
    "sensor": frozenset(
        [
            "aqi",
            "carbon_dioxide",
            "carbon_monoxide",
            "humidity",
            "pm10",
            "pm25",
            "temperature",
            "volatile_organic_compounds",
        ]
    ),
}
"""What Home Assistant exposes without being told. It decides, and notes it, when its assistant first hears a text."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """An exposed entity: what the registries say of it. `name` is the owner's, or empty.

    `device_ids` are all identifiers and connections of its device, see `plain_id`.
    """

    entity_id: str
    key: str
    """Stays the same while the entity is renamed."""

    platform: str = ""
    unique_id: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    area: str = ""
    device: str = ""
    device_name: str = ""
    device_ids: frozenset[str] = frozenset()
    device_class: str = ""

    @property
    def domain(self) -> str:
        """The first part of its id."""
        return self.entity_id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Room:
    """An area. `floor` is the key of its floor, or empty."""

    name: str
    aliases: tuple[str, ...] = ()
    floor: str = ""


@dataclass(frozen=True, slots=True)
class Storey:
    """A floor. `level` is counted from the ground floor, None: not set."""

    name: str
    aliases: tuple[str, ...] = ()
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The registries of one moment."""

    exposed: tuple[Exposed, ...] = ()
    rooms: Mapping[str, Room] = field(default_factory=dict)
    floors: Mapping[str, Storey] = field(default_factory=dict)


async def read_home(connection: Connection) -> Home:
    """Ask for all registries. Raises what `Connection.request` raises."""
    areas, floors, devices, entries, (listed, by_default) = await asyncio.gather(
        connection.request("config/area_registry/list"),
        _or_nothing(connection, "config/floor_registry/list"),
        connection.request("config/device_registry/list"),
        connection.request("config/entity_registry/list"),
        _exposure(connection),
    )
    found = {text_of(it.get("entity_id")): it for it in objects_of(entries)}
    candidates = _exposed(found, listed, by_default=by_default)
    registered = [entity_id for entity_id in candidates if entity_id in found]
    extended = await connection.request("config/entity_registry/get_entries", {"entity_ids": registered})
    by_device = {text_of(it.get("id")): it for it in objects_of(devices)}
    rooms = {text_of(it.get("area_id")): _room(it) for it in objects_of(areas) if text_of(it.get("name"))}
    details = object_of(extended)
    speakers = {key for key, it in by_device.items() if it.get("manufacturer") == _SPEAKERS}
    exposed = [
        _entity(entity_id, {**found.get(entity_id, {}), **object_of(details.get(entity_id))}, by_device, rooms)
        for entity_id in candidates
        if text_of(found.get(entity_id, {}).get("device_id")) not in speakers
    ]
    return Home(
        tuple(it for it in exposed if candidates[it.entity_id] or _is_usual_class(it.domain, it.device_class)),
        rooms,
        {
            text_of(it.get("floor_id")): Storey(text_of(it.get("name")), _aliases(it), number_of(it.get("level")))
            for it in objects_of(floors)
            if text_of(it.get("name"))
        },
    )


async def _or_nothing(connection: Connection, kind: str, content: Mapping[str, Any] | None = None) -> Any:
    """The result of a request; None if Home Assistant does not know it or does not allow it."""
    try:
        return await connection.request(kind, content)
    except RequestError:
        return None


async def _exposure(connection: Connection) -> tuple[frozenset[str], bool]:
    """The exposed entities, and whether those that were never decided about are exposed by default.

    Only an administrator may ask. For another user the registry tells which entities with a unique id are exposed.
    """
    listed = await _or_nothing(connection, "homeassistant/expose_entity/list")
    new = await _or_nothing(connection, "homeassistant/expose_new_entities/get", {"assistant": _ASSISTANT})
    found = object_of(object_of(listed).get("exposed_entities"))
    return (
        frozenset(entity_id for entity_id, to in found.items() if object_of(to).get(_ASSISTANT) is True),
        object_of(new).get("expose_new") is True,
    )


def _exposed(entries: Mapping[str, Object], listed: frozenset[str], *, by_default: bool) -> Mapping[str, bool]:
    """The ids of the entities that are exposed (True), or that are if their device class is a usual one (False)."""
    wanted: dict[str, bool] = {}
    for entity_id, entry in entries.items():
        if entry.get("disabled_by") is not None:
            continue
        decided = object_of(object_of(entry.get("options")).get(_ASSISTANT)).get("should_expose")
        if entity_id in listed or decided is True:
            wanted[entity_id] = True
        elif decided is None and by_default and _is_usual(entity_id, entry):
            wanted[entity_id] = False
    wanted |= dict.fromkeys(sorted(listed - entries.keys()), True)
    return dict(islice(((it, known) for it, known in wanted.items() if ENTITY_ID.fullmatch(it)), MAX_ENTITIES))


def _is_usual(entity_id: str, entry: Object) -> bool:
    """Whether Home Assistant exposes it without being told. Its device class is not known yet."""
    if entry.get("entity_category") is not None or entry.get("hidden_by") is not None:
        return False
    domain = entity_id.partition(".")[0]
    return domain in _EXPOSED_DOMAINS or domain in _EXPOSED_CLASSES


def _is_usual_class(domain: str, device_class: str) -> bool:
    return domain not in _EXPOSED_CLASSES or device_class in _EXPOSED_CLASSES[domain]


def _entity(entity_id: str, entry: Object, devices: Mapping[str, Object], rooms: Mapping[str, Room]) -> Exposed:
    device_id = text_of(entry.get("device_id"))
    device = devices.get(device_id, {})
    room = rooms.get(text_of(entry.get("area_id")) or text_of(device.get("area_id")))
    return Exposed(
        entity_id=entity_id,
        key=text_of(entry.get("id")) or entity_id,
        platform=text_of(entry.get("platform")),
        unique_id=text_of(entry.get("unique_id")),
        name=text_of(entry.get("name")),
        aliases=_aliases(entry),
        area="" if room is None else room.name,
        device=device_id,
        device_name=text_of(device.get("name_by_user")) or text_of(device.get("name")),
        device_ids=frozenset(_device_ids(device)),
        device_class=text_of(entry.get("device_class")) or text_of(entry.get("original_device_class")),
    )


def _device_ids(device: Object) -> Sequence[str]:
    """The second parts of its identifiers and connections: ["mqtt", "0x00158d0001"], ["mac", "aa:bb:..."]."""
    pairs = [it for key in ("identifiers", "connections") for it in (device.get(key) or ()) if isinstance(it, list)]
    return [plain_id(text_of(pair[-1])) for pair in pairs[:64] if pair and text_of(pair[-1])]


def plain_id(device_id: str) -> str:
    """An identifier without case and separators: an address is written in many ways."""
    return re.sub(r"[^a-z0-9]", "", device_id.casefold())


def _room(area: Object) -> Room:
    return Room(text_of(area.get("name")), _aliases(area), text_of(area.get("floor_id")))


def _aliases(entry: Object) -> tuple[str, ...]:
    """In one order: Home Assistant keeps them in a set."""
    return tuple(sorted(texts_of(entry.get("aliases"))))
