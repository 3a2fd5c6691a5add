"""The names of this home as slot lists of the grammar."""

from collections.abc import Iterable
from typing import Any

import structlog
from hassil import TextSlotList, TextSlotValue
from hassil.expression import TextChunk

from edge.route.normalise import normalise
from edge.settings import Settings

_log = structlog.get_logger("route")

_PLURAL = {"light", "lamp", "blind", "curtain", "shutter", "shade", "fan", "plug", "window", "door"}
"""Last words of a name that people say in the singular and in the plural."""


def name_lists(settings: Settings) -> dict[str, Any]:
    """The lists `name`, `area` and `floor`; each value comes out as the settings spell it.

    A name is matched as plain text, never as a template, whatever signs its owner put into it. A name that holds
    nothing that can be said (an emoji) is left out, with a warning.
    """
    entities = settings.home.entities
    names: dict[str, tuple[str, str]] = {}
    for entity in entities:
        for spoken in (entity.name, *entity.aliases):
            _put(names, spoken, entity.name, entity.domain)
    for spoken, (name, domain) in list(names.items()):
        names.setdefault(_other_number(spoken), (name, domain))
    areas: dict[str, tuple[str, str]] = {}
    for area in _areas(settings):
        _put(areas, area, area, "")
    return {
        "name": _text_list(
            "name", ((said, name, {"domain": domain}) for said, (name, domain) in names.items() if said)
        ),
        "area": _text_list("area", ((said, area, None) for said, (area, _) in areas.items() if said)),
        "floor": _text_list("floor", ()),
    }


def _areas(settings: Settings) -> Iterable[str]:
    if settings.device.area:
        yield settings.device.area
    for entity in settings.home.entities:
        if entity.area:
            yield entity.area


def _put(names: dict[str, tuple[str, str]], spoken: str, name: str, domain: str) -> None:
    said = normalise(spoken).removeprefix("the ").removeprefix("my ").strip()
    if said:
        names.setdefault(said, (name, domain))
    else:
        _log.warning("name-unspeakable", name=spoken)


def _other_number(spoken: str) -> str:
    """The plural of a singular ("kitchen lights" for "kitchen light"), and the other way round; else empty."""
    head, space, last = spoken.rpartition(" ")
    if last in _PLURAL:
        return f"{head}{space}{last}s"
    if last.removesuffix("s") in _PLURAL:
        return f"{head}{space}{last.removesuffix('s')}"
    return ""


def _text_list(list_name: str, values: Iterable[tuple[str, str, dict[str, str] | None]]) -> Any:
    return TextSlotList(
        name=list_name,
        values=[
            TextSlotValue(text_in=TextChunk(said, original_text=said), value_out=out, context=context)
            for said, out, context in values
        ],
    )
