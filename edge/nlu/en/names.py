"""Pronunciation and recognition errors of names in English. See `edge.nlu.Names`."""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import numpy as np

from edge.nlu.en import pronunciation
from edge.nlu.en.familiar import FAMILIAR
from edge.nlu.en.normalise import normalise
from edge.nlu.en.other_names import bare_kind, other_names
from edge.nlu.en.rooms import class_of, is_kind, is_outdoors, short_room, split_room, written_out

__all__ = [
    "articles",
    "bare",
    "bare_kind",
    "carriers",
    "class_of",
    "content",
    "familiar",
    "floors",
    "is_kind",
    "is_outdoors",
    "kind_words",
    "likeness",
    "list_kind",
    "other_names",
    "other_number",
    "short_room",
    "sound_alike",
    "split_room",
    "tells",
    "written_out",
]

familiar: Final = FAMILIAR
articles: Final = frozenset({"the", "a", "an", "my", "our", "your", "this", "that"})

_EMPTY: Final = articles | frozenset({"at", "by", "for", "in", "number", "of", "on", "to", "with"})
_VAGUE: Final = frozenset(
    {"air", "all", "and", "everything", "gas", "home", "hot", "house", "main", "new", "old", "room", "system", "water"}
)
_KIND_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "climate": ("heating", "radiator", "thermostat"),
    "cover": ("blind", "curtain", "shade", "shutter"),
    "dehumidifier": ("dehumidifier",),
    "humidifier": ("humidifier",),
    "light": ("lamp",),
    "lock": ("door",),
    "vacuum": ("hoover", "robot"),
    "lawn_mower": ("mower", "robot"),
}

_PLURAL = {"light", "lamp", "blind", "curtain", "shutter", "shade", "fan", "plug", "window", "door"}
"""Last words of names that people use in the singular and in the plural."""

_MIN_LENGTH = 1.5
"""The minimum length of a name's sounds: shorter ones resemble too many words."""

_S: Final = 1.0
"""The "s" that `likeness` ignores."""

_AREA = (("Turn off the lights in the ", "."), ("Turn on the ", " lights."), ("", "."))
_SCENE = (("Start ", "."), ("Turn on ", "."), ("", "."))
_WITH_ARTICLE = (("Turn on the ", "."), ("Switch the ", " off."), ("", "."))
_WITHOUT_ARTICLE = (("Turn on ", "."), ("Switch ", " off."), ("", "."))


@functools.lru_cache(maxsize=16_384)  # a home is read again with each of its changes
def bare(name: str) -> str:
    """See `Names.bare`."""
    return normalise(name).removeprefix("the ").removeprefix("my ").strip()


def other_number(name: str) -> tuple[str, str]:
    """See `Names.other_number`: "desk lamps" for "desk lamp", and vice versa."""
    head, space, last = name.rpartition(" ")
    if last in _PLURAL:
        return head, f"{head}{space}{last}s"
    if last.removesuffix("s") in _PLURAL:
        return head, f"{head}{space}{last.removesuffix('s')}"
    return head, ""


def content(said: str) -> Sequence[str]:
    """See `Names.content`."""
    words = [word.removesuffix("'s") for word in said.split() if word not in _EMPTY]
    return tuple(word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word for word in words)  # noqa: PLR2004 - "gas"


def tells(word: str) -> bool:
    """See `Names.tells`."""
    return not is_kind(word) and word not in _VAGUE


def kind_words(domain: str) -> Sequence[str]:
    """See `Names.kind_words`."""
    return _KIND_WORDS.get(domain, ())


def likeness(written: str, name: str, minimum: float) -> float:
    """See `Names.likeness`. Ignores the "'s" of an owner's name, because a recogniser may write a plural instead."""
    owned = name.endswith("'s")
    one, other = (pronunciation.sounds(_without_s(text) if owned else text) for text in (written, name))
    shorter, longer = sorted((pronunciation.length(one), pronunciation.length(other)))
    if shorter < _MIN_LENGTH or shorter < minimum * longer:
        return 0.0
    alike = pronunciation.likeness(one, other, minimum)
    return alike if alike >= minimum else 0.0


_LISTS: Final[Mapping[str, frozenset[str]]] = {
    "shopping": frozenset({"shopping", "grocery", "groceries"}),
    "tasks": frozenset({"todo", "todos", "to-do", "tasks", "task", "chores"}),
    "packing": frozenset({"packing"}),
}


def list_kind(name: str) -> str:
    """See `Names.list_kind`."""
    words = set(name.casefold().replace("to do", "todo").split())
    return next((kind for kind, of_kind in _LISTS.items() if words & of_kind), "")


def floors(levels: Mapping[str, float], here: str) -> Mapping[str, Sequence[str]]:
    """See `Names.floors`: "upstairs" is the one floor above the speaker's, and of two floors the upper one."""
    ordered = sorted(levels, key=lambda floor: levels[floor])
    if len(ordered) == 2:  # noqa: PLR2004 - where "upstairs" is one floor, wherever you are
        lower, upper = ordered
        return {upper: ["upstairs"], lower: ["downstairs"]} if levels[lower] < levels[upper] else {}
    if here not in levels:
        return {}
    above = [floor for floor in ordered if levels[floor] > levels[here]]
    below = [floor for floor in ordered if levels[floor] < levels[here]]
    found = {above[0]: ["upstairs"]} if len(above) == 1 else {}
    return {**found, **({below[0]: ["downstairs"]} if len(below) == 1 else {})}


def sound_alike(names: Sequence[str], minimum: Callable[[str], float]) -> Callable[[str], Sequence[int]]:
    """See `Names.sound_alike`."""
    consonants = pronunciation.Consonants(names)
    least = np.array([minimum(name) for name in names], np.float32)
    slack = np.array([_S * any(word.endswith("'s") for word in name.split()) for name in names], np.float32)
    return lambda text: consonants.alike(text, least, slack)


def carriers(kind: Literal["area", "scene", "entity"], name: str) -> tuple[tuple[str, str], ...]:
    """See `Names.carriers`."""
    match kind:
        case "area":
            return _AREA
        case "scene":
            return _SCENE
        case "entity":
            first = next(iter(normalise(name).split()), "")
            return _WITHOUT_ARTICLE if first.endswith("'s") or first in {"the", "my"} else _WITH_ARTICLE


def _without_s(text: str) -> str:
    return text.removesuffix("s").removesuffix("'")
