"""The English words for rooms and for kinds of things, as they appear in the names of devices."""

import re
from collections.abc import Collection, Sequence
from typing import Final

from edge.nlu.en.rooms_abroad import ROOMS_ABROAD


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ROOMS: Final = ROOMS_ABROAD | _words(
    """
    attic balcony barn basement bath bathroom bedroom boardroom boiler-room boot-room breakfast-room canteen carport
    cellar cinema-room classroom cloakroom closet conference-room conservatory copy-room corridor courtyard den
    dining-room drawing-room dressing-room driveway ensuite entrance entry family-room foyer front-room game-room
    games-room garage garden great-room greenhouse guest-room gym hall hallway hobby-room home-office kids-room
    kitchen kitchenette landing larder laundry laundry-room library living-room lobby loft lounge media-room
    meeting-room mezzanine mud-room mudroom music-room nursery office pantry parlor parlour patio play-room playroom
    pool-house porch reading-room reception rooftop sauna scullery server-room shed sitting-room snug spare-room
    stable staircase stairs stairway storage-room store-room studio study summer-house sun-room sunroom terrace
    toilet tv-room utility utility-room veranda vestibule waiting-room washroom wc wine-cellar winter-garden
    workshop yard
    """
)
_QUALIFIERS: Final = _words(
    """
    back big childrens downstairs east family first front girls boys ground-floor guest guests kids little lower
    main master north parents primary second small south spare third upper upstairs west
    """
)
_KINDS: Final = _words(
    """
    alarm battery blind blinds bottom bulb button camera ceiling centre contact cover curtain curtains dimmer door
    energy fan front heater heating humidity inner inside lamp lamps left light lights lock lower middle motion mower
    node outer outlet outside plug power radiator rear relay right robot sensor shade shades shutter shutters siren
    socket source status switch temperature thermostat top upper vacuum valve voltage volume window
    """
)
"""Words that alone say what a thing is, or where on a device, and not which one."""

_CLASSES: Final = {
    word: kind
    for kind, words in {
        "awning": "awning awnings",
        "blind": "blind blinds",
        "curtain": "curtain curtains drape drapes",
        "door": "door doors",
        "garage": "garage garages",
        "gate": "gate gates",
        "light": "lamp lamps lantern light lighting lights bulb bulbs spotlight spotlights chandelier sconce",
        "lock": "lock locks",
        "shade": "shade shades",
        "shutter": "shutter shutters",
        "siren": "siren sirens",
        "window": "window windows",
    }.items()
    for word in words.split()
}

_OUTDOORS: Final = _words("exterior external outdoor outdoors outside weather")
_MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")  # noqa: RUF001 - the typographic apostrophe


def is_kind(name: str) -> bool:
    """See `Names.is_kind`."""
    return all(_plain(word) in _KINDS for word in _WORD.findall(name))


def class_of(name: str) -> str:
    """See `Names.class_of`."""
    words = [_plain(word) for word in _WORD.findall(name)]
    kind = next((_CLASSES[word] for word in reversed(words) if word in _CLASSES), "")
    return "garage" if kind == "door" and "garage" in words else kind


def is_outdoors(name: str) -> bool:
    """See `Names.is_outdoors`."""
    return not _OUTDOORS.isdisjoint(map(_plain, _WORD.findall(name)))


def split_room(name: str, areas: Collection[str]) -> tuple[str, str]:
    """See `Names.split_room`."""
    words = [(match[0], match.end()) for match in _WORD.finditer(name)]
    known = {_key(area): area for area in areas}
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        head = [word for word, _ in words[:count]]
        area = known.get(_key(" ".join(head)), "")
        numbered = count > 1 and head[-1].isdigit() and _is_room(head[:-1])  # "Office 2 Lamp"
        if area or numbered or _is_room(head):
            rest = name[words[count - 1][1] :].strip(" _-/:,")
            return area or " ".join(head), rest
    return "", name


def short_room(area: str) -> str:
    """See `Names.short_room`."""
    words = _WORD.findall(area)
    plain = [_plain(word) for word in words]
    first = next((at for at, word in enumerate(plain) if word not in _QUALIFIERS), 0)
    return " ".join(words[first:]) if first and "-".join(plain[first:]) in _ROOMS else ""


def written_out(name: str) -> str:
    """See `Names.written_out`."""
    return re.sub(r"#\s*(?=\d)|\b[Nn]o\.\s*(?=\d)", "number ", name)


def _is_room(words: Sequence[str]) -> bool:
    plain = [_plain(word) for word in words]
    return any(
        "-".join(plain[first:]) in _ROOMS and all(word in _QUALIFIERS for word in plain[:first])
        for first in range(len(plain))
    )


def _plain(word: str) -> str:
    return re.sub(r"['’]", "", word.casefold())  # noqa: RUF001 - the typographic apostrophe


def _key(area: str) -> str:
    return "".join(_plain(word) for word in _WORD.findall(area))
