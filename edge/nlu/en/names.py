"""Pronunciation and recognition errors of names in English. See `edge.nlu.Names`."""

from typing import Final, Literal

from edge.nlu.en import pronunciation
from edge.nlu.en.familiar import FAMILIAR
from edge.nlu.en.normalise import normalise
from edge.nlu.en.rooms import class_of, is_kind, short_room, split_room, written_out

__all__ = [
    "articles",
    "bare",
    "carriers",
    "class_of",
    "familiar",
    "is_kind",
    "likeness",
    "other_number",
    "short_room",
    "split_room",
    "written_out",
]

familiar: Final = FAMILIAR
articles: Final = frozenset({"the", "a", "an", "my", "our", "your", "this", "that"})

_PLURAL = {"light", "lamp", "blind", "curtain", "shutter", "shade", "fan", "plug", "window", "door"}
"""Last words of names that people use in the singular and in the plural."""

_MIN_LENGTH = 1.5
"""The minimum length of a name's sounds: shorter ones resemble too many words."""

_AREA = (("Turn off the lights in the ", "."), ("Turn on the ", " lights."), ("", "."))
_SCENE = (("Start ", "."), ("Turn on ", "."), ("", "."))
_WITH_ARTICLE = (("Turn on the ", "."), ("Switch the ", " off."), ("", "."))
_WITHOUT_ARTICLE = (("Turn on ", "."), ("Switch ", " off."), ("", "."))


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


def likeness(written: str, name: str, minimum: float) -> float:
    """See `Names.likeness`. Ignores the "'s" of an owner's name, because a recogniser may write a plural instead."""
    owned = name.endswith("'s")
    one, other = (pronunciation.sounds(_without_s(text) if owned else text) for text in (written, name))
    shorter, longer = sorted((pronunciation.length(one), pronunciation.length(other)))
    if shorter < _MIN_LENGTH or shorter < minimum * longer:
        return 0.0
    alike = pronunciation.likeness(one, other, minimum)
    return alike if alike >= minimum else 0.0


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
