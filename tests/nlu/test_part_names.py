"""Things by some of the words of their names; what has a name of its own, or means no thing, is left alone."""

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.part_names import NameWords
from edge.settings import Settings
from tests.fakes.language import ENGLISH

HOME = HomeNames(
    entities=(
        NamedEntity("Sunroom Wicker Lamp", "light", ("Wicker Lamp",), "Sunroom"),
        NamedEntity("Studio 4 Light", "light", (), ""),
        NamedEntity("Studio 5 Light", "light", (), ""),
        NamedEntity("Studio 5 Blind", "cover", (), ""),
        NamedEntity("Cider Press", "switch", (), "Barn"),
        NamedEntity("Apple Crusher Left", "switch", (), "Barn"),
        NamedEntity("Apple Crusher Right", "switch", (), "Barn"),
        NamedEntity("Moon Garden Temperature", "sensor", (), ""),
        NamedEntity("Hot Water", "water_heater", (), ""),
        NamedEntity("Barn Light", "light", (), "Barn"),
        NamedEntity("Late Supper", "scene", (), ""),
    ),
    areas=(NamedArea("Sunroom"), NamedArea("Barn")),
)
RECOGNIZER = HassilRecognizer(Settings(), HOME)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("turn on the wicker", Intent("HassTurnOn", {"name": "Sunroom Wicker Lamp"})),
        ("turn off the light in studio four", Intent("HassTurnOff", {"name": "Studio 4 Light"})),
        ("close the blinds in studio 5", Intent("HassTurnOff", {"name": "Studio 5 Blind"})),
        ("switch the cider on", Intent("HassTurnOn", {"name": "Cider Press"})),
        ("turn off the apple crusher", Intent("HassTurnOff", {"name": "apple crusher"})),
        ("what is the temperature of the moon garden", Intent("HassGetState", {"name": "Moon Garden Temperature"})),
    ],
)
def test_words_of_a_name_mean_the_thing(text: str, intent: Intent) -> None:
    found = RECOGNIZER.recognize(text)
    assert found is not None
    assert (found.intent, found.reason) == (intent, "part-of-name")


@pytest.mark.parametrize(
    "text",
    [
        "what is the temperature of the moon",  # a question needs the whole name
        "shut off the water",  # "hot" and "water" tell too little
        "turn on studio 6",
        "late",  # a name alone is no command
        "turn on the copper lamp",
    ],
)
def test_what_may_mean_something_else_is_no_thing(text: str) -> None:
    found = RECOGNIZER.recognize(text)
    assert found is None or found.reason != "part-of-name"


def test_a_room_stays_a_room() -> None:
    found = RECOGNIZER.recognize("turn off everything in the barn")
    assert found is not None
    assert found.intent == Intent("HassTurnOff", {"area": "Barn", "domain": "everything"})


def test_the_words_of_a_thing() -> None:
    words = NameWords.of(("Left Desk Lamp",), "Study", "light", ENGLISH.names)
    assert words.fit(("desk", "lamp", "study"))
    assert not words.fit(("study", "lamp"))
    assert not words.fit(("desk", "fan"))
    assert not words.fit(())
    assert words.are_all_said(("desk", "lamp"))
