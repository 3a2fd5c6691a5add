"""What the installed package of Home Assistant's sentences makes of a text, by plain hassil: the oracle of these tests.

Nothing of `edge.route` takes part, except the names of a home.
"""

import functools
import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hassil import Intents, RangeSlotList, TextSlotList, WildcardSlotList, recognize_best
from hassil.expression import Alternative, ListReference, Permutation, RuleReference, TextChunk
from home_assistant_intents import get_intents

from edge.events import HERE, Intent
from edge.nlu.en.normalise import normalise
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity

Answer = tuple[str, Mapping[str, Any]]
"""An intent and its slots."""

LIVING_ROOM = "Living Room"

FURNISHED = HomeNames(
    entities=(
        NamedEntity("Kitchen counter", "light", area="Kitchen"),
        NamedEntity("Reading lamp", "light", ("lamp by the sofa",), area=LIVING_ROOM),
        NamedEntity("Coffee machine", "switch", area="Kitchen"),
        NamedEntity("Tower fan", "fan", area=LIVING_ROOM),
        NamedEntity("Left curtain", "cover", area=LIVING_ROOM),
        NamedEntity("Water main", "valve"),
        NamedEntity("Front door", "lock", area="Hall"),
        NamedEntity("Radiator", "climate", area=LIVING_ROOM),
        NamedEntity("Television", "media_player", ("TV",), area=LIVING_ROOM),
        NamedEntity("Movie night", "scene"),
        NamedEntity("Bedtime", "script"),
        NamedEntity("Doorbell", "button"),
        NamedEntity("Freezer temperature", "sensor", area="Kitchen"),
        NamedEntity("Cellar window", "binary_sensor"),
        NamedEntity("Maria", "person"),
        NamedEntity("Lisbon", "weather"),
        NamedEntity("Errands", "todo"),
        NamedEntity("Dusty", "vacuum"),
        NamedEntity("Goat", "lawn_mower"),
    ),
    areas=tuple(NamedArea(area) for area in (LIVING_ROOM, "Kitchen", "Bedroom", "Hall", "Office")),
    floors=(NamedArea("Ground floor"), NamedArea("Upstairs")),
    here=LIVING_ROOM,
)
"""A home with an entity of every kind that the package has sentences for."""

_FREE_TEXT = {
    "message": ("dinner is ready", "we leave in Five minutes"),
    "search_query": ("Yesterday", "the best of Miriam Makeba", "something slow"),
    "zone": ("home", "office"),
    "timer_name": ("pizza", "soft boiled egg"),
    "timer_command": ("turn off the reading lamp", "open the left curtain"),
    "shopping_list_item": ("Oat Milk", "twenty eggs"),
    "todo_list_item": ("water the plants", "call Aunt May"),
}
"""What is said where a template takes any text."""


@functools.cache
def package() -> Any:
    """The whole grammar, as it is installed."""
    grammar = get_intents("en")
    assert grammar is not None
    return Intents.from_dict(grammar)


def lists_of(names: HomeNames) -> dict[str, Any]:
    """The names as Home Assistant gives them to hassil: as spelled, entities with their kind as context."""
    return {
        "name": TextSlotList.from_tuples(
            (
                (spoken, entity.name, {"domain": entity.domain})
                for entity in names.entities
                for spoken in (entity.name, *entity.aliases)
            ),
            allow_template=False,
            name="name",
        ),
        "area": _places("area", names.areas),
        "floor": _places("floor", names.floors),
    }


def package_says(text: str, lists: dict[str, Any], area: str) -> Answer | None:
    """The package's answer where the speaker is in `area` (empty: nobody knows); None where it has no such sentence."""
    context = {"area": area} if area else {}
    result = recognize_best(text, package(), slot_lists=lists, intent_context=context, best_slot_name="name")
    return (result.intent.name, {entity.name: entity.value for entity in result.entities_list}) if result else None


def answer_of(intent: Intent | None) -> Answer | None:
    """Our answer in Home Assistant's terms: what HassRespond says is no slot there, nor is a room that nobody knows."""
    if intent is None:
        return None
    return intent.name, {
        slot: value
        for slot, value in intent.slots.items()
        if (slot, value) != ("area", HERE) and (intent.name, slot) != ("HassRespond", "response")
    }


def fits(slots: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Home Assistant's own comparison: the same slots, each with the value, or one of the values, that is wanted.

    `ask` ("which", "any", "all") is ours: Home Assistant tells these questions apart by their responses.
    """
    slots = {slot: value for slot, value in slots.items() if slot != "ask"}
    return slots.keys() == wanted.keys() and all(
        slots[slot] in value if isinstance(value, list) else slots[slot] == value for slot, value in wanted.items()
    )


def why_ours_differs(  # noqa: PLR0911 - one return a reason
    text: str, theirs: Answer, ours: Answer | None, names: HomeNames
) -> str | None:
    """The reason for which this speaker means to understand `text` in another way; None where it must not.

    These are all that there are.
    """
    spoken = normalise(text)
    called = {normalise(name) for entity in names.entities for name in (entity.name, *entity.aliases)}
    bare = spoken.removeprefix("the ").removeprefix("my ").removeprefix("our ")
    if ours is None and theirs[0] == "HassTurnOn" and bare in called:
        return "a bare name switches nothing: it is what a clipped order to switch it off sounds like"
    if ours is None and theirs[0] == "HassRespond" and spoken in {"hello", "hi"}:
        return "a greeting is answered by the model"
    if ours is not None and ours[0] == "EdgeStop" and spoken == "stop":
        return "stop silences the speaker, whatever plays elsewhere"
    if (
        ours is not None
        and theirs[0] == "HassGetState"
        and spoken.startswith("all ")
        and ours[1] == {"domain": "light"}
    ):
        return "all lights on is an order, not a question"
    if ours is not None and ours[0] == "EdgeLater" and "conversation_command" in theirs[1]:
        return "a command for later is read, and does not only keep its words"
    if ours is not None and ours[0] == "HassBroadcast" and theirs[0] == "HassStartTimer":
        return "announce that we leave in five minutes is an announcement for now"
    if ours is not None and ours[0] == theirs[0] == "HassSetVolume" and "percent" not in spoken:
        level = theirs[1]["volume_level"]
        if level <= 10 and fits(ours[1], {**theirs[1], "volume_level": level * 10}):
            return "volume 2 means two of ten"
    return None


def drawn(names: HomeNames, rng: random.Random) -> Iterator[str]:
    """A random sentence from every template of the package that can name something in this home."""
    lists = {**package().slot_lists, **lists_of(names)}
    for intent in package().intents.values():
        for block in intent.data:
            kinds = block.requires_context.get("domain")
            entities = [value for value in lists["name"].values if not kinds or value.context["domain"] in kinds]
            if entities:
                usable = {**lists, "name": TextSlotList(name="name", values=entities)}
                for sentence in block.sentences:
                    yield " ".join(_draw(sentence.expression, usable, rng).split())


def _draw(expression: Any, lists: Mapping[str, Any], rng: random.Random) -> str:  # noqa: PLR0911 - one return a kind
    if isinstance(expression, TextChunk):
        return str(expression.original_text)
    if isinstance(expression, RuleReference):
        return _draw(package().expansion_rules[expression.rule_name].expression, lists, rng)
    if isinstance(expression, ListReference):
        values = lists[expression.list_name]
        if isinstance(values, WildcardSlotList):
            return rng.choice(_FREE_TEXT[expression.list_name])
        if isinstance(values, RangeSlotList):
            return str(rng.randrange(values.start, values.stop + 1, values.step))
        return _draw(rng.choice(values.values).text_in, lists, rng)
    if isinstance(expression, Alternative):
        return _draw(rng.choice(expression.items), lists, rng)
    if isinstance(expression, Permutation):
        return " ".join(_draw(item, lists, rng) for item in rng.sample(expression.items, len(expression.items)))
    return "".join(_draw(item, lists, rng) for item in expression.items)


def _places(name: str, places: Iterable[NamedArea]) -> Any:
    return TextSlotList.from_tuples(
        ((spoken, place.name) for place in places for spoken in (place.name, *place.aliases)),
        allow_template=False,
        name=name,
    )
