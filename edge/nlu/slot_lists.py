"""The names of a home as slot lists of the grammar."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from hassil import TextSlotList, TextSlotValue
from hassil.expression import TextChunk

from edge.nlu import Language
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity, spellings

_log = structlog.get_logger("nlu")


def name_lists(names: HomeNames, language: Language) -> dict[str, Any]:
    """The lists `name`, `area`, `floor` and `option`. Each value has the owner's spelling.

    A value of `name` has its entity's domain as the context `domain`; a form that several names share comes out as it
    is said. Names are matched as plain text, never as templates, whatever characters they contain. A name that cannot
    be spoken (an emoji) is skipped with a warning.
    """
    areas = _areas(names.areas, language)
    return {
        "name": _text_list("name", _entities(names.entities, {said for said, _ in areas}, language)),
        "area": _text_list("area", [(said, area, None) for said, area in areas]),
        "floor": _text_list("floor", [(said, floor, None) for said, floor in _areas(names.floors, language)]),
        "option": _text_list("option", _options(names.options, language)),
    }


def _entities(
    entities: Sequence[NamedEntity], areas: set[str], language: Language
) -> list[tuple[str, str, dict[str, str] | None]]:
    found: dict[tuple[str, str], str] = {}
    meant: dict[str, set[str]] = {}
    times = Counter(entity.name for entity in entities)
    # "The bedroom ceiling" is not just any "ceiling" where two things are called so.
    spoken = [
        (name, entity, name if times[entity.name] > 1 and not _alike(name, entity.name, language) else entity.name)
        for entity in entities
        for name in (entity.name, *entity.aliases)
    ]
    learned = [(name, entity, entity.name) for entity in entities for name in entity.learned]
    for name, entity, out in (*spoken, *learned):
        for said in _speakable(name, language):
            found.setdefault((said, entity.domain), out)
            meant.setdefault(said, set()).add(out)
    taken = {said for said, _ in found}
    for (said, domain), name in list(found.items()):
        head, other = language.names.other_number(said)
        # "The kitchen lights" are those of the kitchen, even if one of them is called "kitchen light".
        is_kind_of_room = head in areas and language.names.class_of(said) == "light"
        if head and other and other not in taken and not is_kind_of_room:
            found[other, domain] = name if len(meant.get(said, ())) < 2 else said  # noqa: PLR2004 - two names
    # Two names that are said alike come out as they were said: the home asks which one is meant.
    return [
        (said, name if len(meant.get(said, ())) < 2 else said, {"domain": domain})  # noqa: PLR2004 - two names
        for (said, domain), name in found.items()
    ]


def _alike(one: str, other: str, language: Language) -> bool:
    """Whether two names are said alike."""
    return not set(spellings(one, language)).isdisjoint(spellings(other, language))


def _options(options: Sequence[str], language: Language) -> list[tuple[str, str, dict[str, str] | None]]:
    found: dict[str, str] = {}
    for option in options:
        for said in spellings(option.replace("_", " "), language):
            found.setdefault(said, option)
    return [(said, option, None) for said, option in found.items()]


def _areas(areas: Sequence[NamedArea], language: Language) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    spoken = [(name, area) for area in areas for name in (area.name, *area.aliases)]
    learned = [(name, area) for area in areas for name in area.learned]
    for name, area in (*spoken, *learned):
        for said in _speakable(name, language):
            found.setdefault(said, area.name)
    return list(found.items())


def _speakable(spoken: str, language: Language) -> Iterable[str]:
    found = spellings(spoken, language)
    if not found:
        _log.warning("name-unspeakable", name=spoken)
    return found


def _text_list(list_name: str, values: Sequence[tuple[str, str, dict[str, str] | None]]) -> Any:
    return TextSlotList(
        name=list_name,
        values=[
            TextSlotValue(text_in=TextChunk(said, original_text=said), value_out=out, context=context)
            for said, out, context in values
        ],
    )
