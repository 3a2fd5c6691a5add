"""The names by which people call the things of a home, and the rooms of things that name none.

A publisher names devices and the entities in them ("Bathroom Node", "Spot Light"), often in the manner of a program
("kitchen_counter", "LYWSD03MMC-tempc"). People say "the spot light", "the counter", "the left hall switch".
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from edge.home.model import Entity
from edge.nlu import Language

_CODE: Final = re.compile(r"(?i)\b(?:0x[0-9a-f]{4,}|(?=\w*\d\w*\d)(?=\w*[a-z]\w*[a-z]\w*[a-z])[a-z0-9]{6,})\b")
"""A model number or an address: "LYWSD03MMC", "0x00158d0001a2b3c4"."""

_PROGRAM: Final = re.compile(r"(?i)^(?:ble|ebusd|ems[- ]esp|esphome|tasmota|valetudo|wled|zigbee2mqtt)(?: +|$)")
"""A publisher that puts its own name before that of the thing."""

_APART: Final = re.compile(
    r"_+|(?<=\w)/(?=\w)|(?<=[^\W\d])\.(?=[^\W\d])|(?<=[a-z][a-z])(?=[A-Z][a-z])|[^\w\s!-/:-@\[-`{-~\u2019]|\s+"
)
"""What stands between words: "kitchen_counter", "living_room/lamp", "kitchen.lamp", "FlowTemp"; symbols."""

_IN_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_SCENES: Final = frozenset({"scene", "button", "script"})
_OPENINGS: Final = frozenset({"door", "garage_door", "opening", "window"})

_MACHINES: Final = frozenset({"humidifier"})
"""Domains of which a home often has one thing, with the name of its maker."""

_READ_ONLY: Final = frozenset({"sensor", "binary_sensor", "device_tracker", "event", "update"})
_TELLS_NOTHING: Final = frozenset({"duration", "enum", "timestamp"})
"""Device classes that are no name for what is measured."""
_MAX_WORDS: Final = 8
"""A longer name is none that people say."""


def with_names(entities: Sequence[Entity], areas: Sequence[str], language: Language) -> tuple[Entity, ...]:
    """Discovered entities with the names, aliases and rooms that people use. Aliases of the owner are kept.

    `areas` are the rooms known from elsewhere, in the owner's spelling. An entity without a room gets the one that
    its name begins with. Rooms that differ only in case and punctuation become one.
    """
    entities = _with_rooms_of_devices(entities)
    rooms = _rooms([*areas, *(entity.area for entity in entities)], language)
    alone = Counter(entity.device for entity in entities if _is_main_kind(entity))
    named = [_named(entity, rooms, alone[entity.device], language) for entity in entities]
    bare = language.names.bare
    taken = {bare(entity.name) for entity in named}
    commanded = {bare(entity.name) for entity in named if entity.domain not in _READ_ONLY}
    kinds = _only_ones(named, language)
    # "Lock the front door", "is the front door open": a contact does not take the name from the lock of its door.
    return tuple(
        dataclasses.replace(
            entity,
            aliases=tuple(
                alias
                for alias in (*entity.aliases, *kinds.get(entity.id, ()))
                if bare(alias) not in (commanded if entity.domain == "lock" else taken)
            ),
        )
        for entity in named
    )


def _only_ones(named: Sequence[Entity], language: Language) -> dict[str, Sequence[str]]:
    """The words for their kind, by id, of machines of which the home has one: "the humidifier" is the "Levoit"."""
    words = {it.id: language.names.kind_words(it.device_class or it.domain) for it in named if it.domain in _MACHINES}
    of_kind = Counter(word for found in words.values() for word in found)
    return {id_: [word for word in found if of_kind[word] == 1] for id_, found in words.items()}


def _with_rooms_of_devices(entities: Sequence[Entity]) -> Sequence[Entity]:
    """A room that one component tells is that of its whole device."""
    rooms: dict[str, str] = {}
    for entity in entities:
        if entity.device and entity.area:
            rooms.setdefault(entity.device, entity.area)
    return [
        dataclasses.replace(entity, area=rooms[entity.device]) if not entity.area and entity.device in rooms else entity
        for entity in entities
    ]


def _is_main_kind(entity: Entity) -> bool:
    return entity.spoken and entity.domain not in _READ_ONLY and entity.domain not in {"button", "number", "select"}


def _rooms(areas: Sequence[str], language: Language) -> dict[str, str]:
    """The spelling of each room by its key: the first one, with capitals if any spelling has them."""
    found: dict[str, str] = {}
    for area in areas:
        tidy = _tidy(area)
        if not tidy:
            continue
        key = _key(tidy, language)
        if key not in found or (found[key].islower() and not tidy.islower()):
            found[key] = tidy
    return found


def _named(entity: Entity, rooms: dict[str, str], alone: int, language: Language) -> Entity:
    names = language.names
    device, own = _plain(entity.device_name), _own_name(entity, language)
    device = _PROGRAM.sub("", device, count=1) or ("" if own else device)
    repeats = bool(device) and own.casefold().startswith(f"{device.casefold()} ")
    if repeats:
        own = own[len(device) :].strip()
    main = alone == 1 and _is_main_kind(entity)
    ends = f" {device.casefold()}".endswith(f" {own.casefold()}")
    within = own
    is_room = bool(own) and names.split_room(f"{device} {own}", rooms.values())[1] == own  # "Bedroom", with "Blinds"
    measures = bool(entity.device_class) and entity.domain in _READ_ONLY
    said_before = measures and own.istitle() and own.casefold() in device.casefold().split()  # "Leak Sensor", "Leak"
    if own.casefold() == device.casefold() or (device and names.is_kind(own) and (main or ends) and not is_room):
        own = ""
    elif said_before:
        own = within = ""
    full = f"{device} {own}".strip()
    area, rest = _area_of(entity, full, rooms, language)
    in_room = ""
    if device and own and not area and names.class_of(own) != "garage":  # "Lounge Shutter" of a hub
        area, in_room = _area_of(entity, own, rooms, language)
    if area and in_room:
        forms = [own, in_room, full, f"{own} {device}", *([device] if main else [])]
    elif not own or not device:
        forms = [full, rest]
        if rest != full and (short := names.short_room(area)):
            forms.append(f"{short} {rest}")
    else:
        forms = _forms_of_part(entity, device, own, language, measures=measures)
        if main and not is_room:  # "Desk Blind position" is a program's name for the one part of the "Desk Blind"
            programs = repeats and names.class_of(full) == names.class_of(device)
            forms = [device, full] if programs else [*forms, device]
    if " " in within:
        forms.append(within)
    forms = _with_other_forms(forms, entity, language)
    said = [form for form in dict.fromkeys(form.strip() for form in forms) if _is_said(form)]
    return dataclasses.replace(
        entity,
        name=said[0] if said else entity.id,
        aliases=(
            *filter(_is_said, entity.aliases),
            *(
                form
                for form in said[1:]
                if entity.domain == "lock" or not names.is_kind(form) or _is_opening(entity, said[0], form)
            ),
            *names.bare_kind(said[0] if said else "", entity.domain),
        ),
        area=area,
        device_name=device,
        spoken=entity.spoken and bool(said),
    )


def _forms_of_part(entity: Entity, device: str, own: str, language: Language, *, measures: bool) -> list[str]:
    """The names of a thing that has one of its own within its device."""
    full = f"{device} {own}"
    if language.names.is_kind(own) and entity.domain not in _SCENES:
        return [full, f"{own} {device}"]
    if entity.domain in _SCENES or not measures:
        return [own, full, f"{own} {device}"]
    return [full, f"{own} {device}", *([own] if own.istitle() else [])]


def _with_other_forms(forms: Sequence[str], entity: Entity, language: Language) -> list[str]:
    """The forms, without what is in brackets, and with the other words that people use for them."""
    found = [*forms, *(_IN_BRACKETS.sub("", form) for form in forms)]
    if entity.domain == "lock":
        found += [form[: -len(" lock")] for form in found if form.casefold().endswith(" lock")]
    if entity.domain == "device_tracker":
        found += [language.home_replies.owner(form) for form in found]
    if entity.domain not in _SCENES:
        names = language.names
        found += [
            other
            for form in [*found]
            for other in names.other_names(form)
            if not names.is_kind(other) or _is_opening(entity, form, other)
        ]
    return found


def _is_opening(entity: Entity, name: str, other: str) -> bool:
    """Whether the other name is that of its door: "Front Door" of "Front Door Deadbolt" and "Front Door Sensor"."""
    tells = entity.domain == "binary_sensor" and entity.device_class in _OPENINGS
    return (tells or entity.domain == "lock") and name.startswith(f"{other} ")


def _own_name(entity: Entity, language: Language) -> str:
    """The name within the device; of a sensor that is one word of a program ("tempc"), what it measures."""
    own = _plain(entity.name)
    own = _PROGRAM.sub("", own, count=1) or own
    measures, word = entity.device_class.replace("_", " "), own.casefold()
    if not measures or measures in _TELLS_NOTHING or entity.domain not in _READ_ONLY or entity.service_id:
        return own
    # "Washer" is a name, in place of "running"; "Contact" and "Temp" are none.
    by_a_person = own.istitle() and not measures.startswith(word) and not language.names.is_kind(own)
    return own if not own or " " in own or by_a_person else measures


def _area_of(entity: Entity, full: str, rooms: dict[str, str], language: Language) -> tuple[str, str]:
    """The room, and the name without it ("Bedroom Radiator": "Radiator")."""
    begins, rest = language.names.split_room(full, rooms.values())
    if entity.area:
        area = rooms.get(_key(_tidy(entity.area), language), _tidy(entity.area))
        return area, rest if _key(begins, language) == _key(area, language) else full
    if entity.domain in _SCENES or not begins:
        return "", rest if begins else full
    return rooms.setdefault(_key(begins, language), begins), rest


def _is_said(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _MAX_WORDS and any(character.isalpha() for character in name)


def _plain(name: str) -> str:
    """The name without model numbers and addresses; "kitchen-lamp" is "kitchen lamp"."""
    return _tidy(_CODE.sub("", _tidy(name if " " in name else name.replace("-", " "))))


def _tidy(name: str) -> str:
    return " ".join(_APART.sub(" ", name).split()).strip(" -:,")


def _key(area: str, language: Language) -> str:
    return language.names.bare(area).replace(" ", "")
