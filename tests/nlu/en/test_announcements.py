"""Announcements for everyone and for a room, and what only begins like one."""

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.settings import Settings

SETTINGS = Settings.model_validate(
    {
        "mqtt": {"host": "broker"},
        "device": {"area": "Living Room"},
        "home": {"entities": [{"name": "ceiling lamp", "area": "Library", "topic": "lamp"}]},
    }
)


@pytest.fixture(scope="module")
def recognizer() -> HassilRecognizer:
    return HassilRecognizer(SETTINGS)


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("tell everyone dinner is ready", {"message": "dinner is ready"}),
        ("Tell everybody that Anna's bus is here!", {"message": "Anna's bus is here"}),
        ("tell the kids it's bedtime", {"message": "it's bedtime"}),
        ("let everyone know the pizza is here", {"message": "the pizza is here"}),
        ("announce that the bus is here", {"message": "the bus is here"}),
        ("broadcast dinner is ready", {"message": "dinner is ready"}),
        ("announce to everyone that we leave at eight", {"message": "we leave at eight"}),
        ("tell everyone to come down", {"message": "to come down"}),
        ("tell the library that lunch is ready", {"area": "Library", "message": "lunch is ready"}),
        ("tell library lunch is ready", {"area": "Library", "message": "lunch is ready"}),
        ("let the library know that I'm home", {"area": "Library", "message": "I'm home"}),
        ("announce in the library that the bus is here", {"area": "Library", "message": "the bus is here"}),
        ("tell everyone in the library dinner is ready", {"area": "Library", "message": "dinner is ready"}),
        ("tell the kitchen lunch is ready", {"room": "kitchen", "message": "lunch is ready"}),
        ("tell the cellar that the washing is done", {"room": "cellar", "message": "the washing is done"}),
        ("tell the observatory that the stars are out", {"room": "observatory", "message": "the stars are out"}),
    ],
)
def test_an_announcement(said: str, slots: dict[str, str], recognizer: HassilRecognizer) -> None:
    assert recognizer.intent(said) == Intent("HassBroadcast", slots)


def test_it_can_be_the_second_of_two_commands(recognizer: HassilRecognizer) -> None:
    found = recognizer.intent("turn on the ceiling lamp and tell everyone dinner is ready")
    assert found is not None
    assert found.then == (Intent("HassBroadcast", {"message": "dinner is ready"}),)


@pytest.mark.parametrize(
    "said",
    [
        "tell me a joke",
        "tell me the time",
        "tell the time",
        "tell the truth",
        "tell us about the kitchen",
        "tell the difference between a cat and a dog",
        "say that again",
        "tell my wife I'm late",
        "tell everyone",
        "announce",
        "make an announcement",
        "let me know when dinner is ready",
    ],
)
def test_what_only_begins_like_one(said: str, recognizer: HassilRecognizer) -> None:
    found = recognizer.intent(said)
    assert found is None or found.name != "HassBroadcast"
