"""Home Assistant's sentences are understood as Home Assistant understands them.

Three ways: its own test sentences, where they are at hand (`tests/nlu/frozen_sentences.py` says how they are
compared); sentences drawn from every template of the installed package; and sentences of our own for every intent.
"""

import dataclasses
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from edge.events import Intent
from edge.nlu.delayed import packed
from edge.nlu.grammar_sources import KNOWN_INTENTS
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames
from edge.settings import Settings
from tests.nlu import frozen_sentences
from tests.nlu.conftest import Recognize
from tests.nlu.package_grammar import (
    FURNISHED,
    LIVING_ROOM,
    Answer,
    answer_of,
    drawn,
    fits,
    lists_of,
    package,
    package_says,
    why_ours_differs,
)


@pytest.fixture(scope="session")
def furnished() -> Recognize:
    """Recognises in the living room of a home with an entity of every kind."""
    return HassilRecognizer(Settings(), FURNISHED).intent


def test_their_own_test_sentences_are_understood_as_it_is_frozen() -> None:
    folder = os.environ.get("EDGE_VOICE_DATA")
    if not folder:
        pytest.skip("EDGE_VOICE_DATA does not name the folder that has Home Assistant's test sentences")
    found = list(frozen_sentences.outcomes(Path(folder)))
    assert [(it.sentence.file, it.sentence.text, it.theirs, it.ours) for it in found if not it.is_right] == []
    now, frozen = frozen_sentences.freeze(found), json.loads(frozen_sentences.FROZEN.read_text(encoding="utf-8"))
    assert now["counts"] == frozen["counts"]
    assert now == frozen


def test_what_is_frozen_is_consistent() -> None:
    frozen = json.loads(frozen_sentences.FROZEN.read_text(encoding="utf-8"))
    assert {group: len(hashes) for group, hashes in frozen["hashes"].items()} == frozen["counts"]
    assert frozen["counts"]["contained"] > 700
    assert sum(count for group, count in frozen["counts"].items() if group.startswith("ours: ")) <= 3


@pytest.mark.slow
def test_sentences_drawn_from_every_template_mean_what_the_package_says(furnished: Recognize) -> None:
    lists = lists_of(FURNISHED)
    wrong: list[tuple[str, Answer, Answer | None]] = []
    texts = sorted(set(drawn(FURNISHED, random.Random(3))))
    for text in texts:
        theirs = package_says(text, lists, LIVING_ROOM)
        ours = answer_of(furnished(text))
        if theirs is None or (ours is not None and ours[0] == theirs[0] and fits(ours[1], theirs[1])):
            continue
        if why_ours_differs(text, theirs, ours, FURNISHED) is None:
            wrong.append((text, theirs, ours))
    assert wrong == []
    assert len(texts) > 700


HERE = {"area": LIVING_ROOM}
TOWER_FAN_OFF = packed(Intent("HassTurnOff", {"name": "Tower fan"}))

OF_EVERY_INTENT: list[tuple[str, str, dict[str, Any]]] = [
    ("Announce that the bus is here!", "HassBroadcast", {"message": "the bus is here"}),
    ("Stop all of my kitchen timers.", "HassCancelAllTimers", {"area": "Kitchen"}),
    ("Cancel all timers", "HassCancelAllTimers", {}),
    ("cancel the office timer", "HassCancelTimer", {"area": "Office"}),
    ("Cancel my rice timer", "HassCancelTimer", {"name": "rice"}),
    ("What's the temperature?", "HassClimateGetTemperature", HERE),
    ("How warm is it in here?", "HassClimateGetTemperature", HERE),
    ("How cold is the radiator?", "HassClimateGetTemperature", {"name": "Radiator"}),
    ("Set the radiator fan mode to low", "HassClimateSetFanMode", {"name": "Radiator", "fan_mode": "low"}),
    (
        "Set the upstairs temperature to 19 degrees",
        "HassClimateSetTemperature",
        {"floor": "Upstairs", "temperature": 19},
    ),
    ("Adjust the bedroom temp to 20.5 degrees", "HassClimateSetTemperature", {"area": "Bedroom", "temperature": 20.5}),
    ("Take three minutes off the kitchen timer", "HassDecreaseTimer", {"minutes": 3, "area": "Kitchen"}),
    ("Set the tower fan to 70 percent", "HassFanSetSpeed", {"name": "Tower fan", "percentage": 70}),
    ("What's today's date?", "HassGetCurrentDate", {}),
    ("What time is it right now?", "HassGetCurrentTime", {}),
    (
        "Are any windows open in the bedroom?",
        "HassGetState",
        {"area": "Bedroom", "domain": "cover", "device_class": "window", "state": "open", "ask": "any"},
    ),
    ("Is Maria at the office?", "HassGetState", {"name": "Maria", "state": "office"}),
    ("Who is in the kitchen?", "HassGetState", {"domain": "person", "state": "kitchen"}),
    ("What is the freezer temperature?", "HassGetState", {"name": "Freezer temperature"}),
    ("Is the cellar window shut?", "HassGetState", {"name": "Cellar window", "state": "off"}),
    ("What's the weather like in Lisbon?", "HassGetWeather", {"name": "Lisbon"}),
    ("What is the weather?", "HassGetWeather", {}),
    ("Add an hour and a half to the timer", "HassIncreaseTimer", {"hours": 1, "minutes": 30}),
    ("Dock the mower", "HassLawnMowerDock", {}),
    ("Start the goat mower", "HassLawnMowerStartMowing", {"name": "Goat"}),
    (
        "Set the bedroom brightness to the lowest",
        "HassLightSet",
        {"area": "Bedroom", "brightness": 1, "domain": "light"},
    ),
    ("Make the lights blue", "HassLightSet", {"color": "blue", "domain": "light", **HERE}),
    (
        "Set the reading lamp color temperature to 2700 Kelvin",
        "HassLightSet",
        {"name": "Reading lamp", "temperature": 2700},
    ),
    ("Put Paint and Brushes on my errands list", "HassListAddItem", {"item": "Paint and Brushes", "name": "Errands"}),
    ("Check stamps off my errands list", "HassListCompleteItem", {"item": "stamps", "name": "Errands"}),
    ("Remove stamps from the errands list", "HassListRemoveItem", {"item": "stamps", "name": "Errands"}),
    ("Skip to the next song on the TV", "HassMediaNext", {"name": "Television"}),
    ("Pause the music in the office", "HassMediaPause", {"area": "Office"}),
    ("Mute the television", "HassMediaPlayerMute", {"name": "Television"}),
    ("Unmute", "HassMediaPlayerUnmute", HERE),
    ("Play the last song again", "HassMediaPrevious", HERE),
    (
        "Play Clair de Lune in the bedroom",
        "HassMediaSearchAndPlay",
        {"search_query": "Clair de Lune", "area": "Bedroom"},
    ),
    (
        "Play the album Kind of Blue on the TV",
        "HassMediaSearchAndPlay",
        {"search_query": "Kind of Blue", "media_class": "album", "name": "Television"},
    ),
    ("Resume the television", "HassMediaUnpause", {"name": "Television"}),
    ("Never mind.", "HassNevermind", {}),
    ("Pause the ten minute timer", "HassPauseTimer", {"start_minutes": 10}),
    ("Where does my data go?", "HassRespond", {}),
    ("Close the left curtain to 40%", "HassSetPosition", {"name": "Left curtain", "position": 40}),
    ("Turn the volume down to fifteen percent", "HassSetVolume", {"volume_level": 15, **HERE}),
    ("Turn up the office volume by 20 percent", "HassSetVolumeRelative", {"volume_step": 20, "area": "Office"}),
    ("volume down", "HassSetVolumeRelative", {"volume_step": "down", **HERE}),
    ("Add Oat Milk to my shopping list, please.", "HassShoppingListAddItem", {"item": "Oat Milk"}),
    ("Check off the bread from the list", "HassShoppingListCompleteItem", {"item": "the bread"}),
    ("Start a timer for 2 hours named roast", "HassStartTimer", {"hours": 2, "name": "roast"}),
    ("How much time is left on the roast timer?", "HassTimerStatus", {"name": "roast"}),
    ("Turn off all the lights in the house", "HassTurnOff", {"domain": "light"}),
    (
        "Close the blinds on the ground floor",
        "HassTurnOff",
        {"domain": "cover", "device_class": "blind", "floor": "Ground floor"},
    ),
    ("Shut the water main", "HassTurnOff", {"name": "Water main"}),
    ("Press the doorbell", "HassTurnOn", {"name": "Doorbell"}),
    ("Change to the movie night scene", "HassTurnOn", {"name": "Movie night"}),
    ("Light up the upstairs floor", "HassTurnOn", {"domain": "light", "floor": "Upstairs"}),
    ("Continue the pizza timer", "HassUnpauseTimer", {"name": "pizza"}),
    ("Vacuum the hall", "HassVacuumCleanArea", {"area": "Hall"}),
    ("Clean the office with Dusty", "HassVacuumCleanArea", {"area": "Office", "name": "Dusty"}),
    ("Return Dusty to base", "HassVacuumReturnToBase", {"name": "Dusty"}),
    ("Start Dusty", "HassVacuumStart", {"name": "Dusty"}),
]


@pytest.mark.parametrize(("text", "intent", "slots"), OF_EVERY_INTENT)
def test_a_sentence_of_every_intent_is_understood(
    text: str, intent: str, slots: dict[str, Any], furnished: Recognize
) -> None:
    assert answer_of(furnished(text)) == (intent, slots)


def test_no_intent_of_the_package_is_left_out() -> None:
    assert package().intents.keys() <= KNOWN_INTENTS
    assert {intent for _, intent, _ in OF_EVERY_INTENT} == package().intents.keys()


@pytest.mark.parametrize(
    "text",
    [
        "Who is the president of Portugal?",
        "Who is home alone about?",
        "Is Maria a common name?",
        "Where is Lisbon?",
        "What's the weather like in Porto?",
        "How hot is the sun?",
        "How is the moon made?",
        "What is the office about?",
        "Play a game with me.",
        "Play twenty questions.",
        "Play rock paper scissors.",
        "Play along with me.",
        "Where's Wally?",
        "How many people are in China?",
        "Start the game.",
        "Go back to the previous question.",
        "Continue the story.",
        "Tell me a story in five minutes.",
        "Explain gravity in ten seconds.",
        "In two hours, what time is it?",
        "Put yourself on the guest list.",
        "Are any windows open in Rome?",
        "Make it red.",
        "Tell me a bedtime story.",
        "What is the status of the project?",
        "Can you play chess?",
        "How many lights are there in a traffic light?",
        "What happens in ten minutes?",
        "How far can you walk in two hours?",
        "What will the weather be in two hours?",
        "Remind me who wrote Dracula in one sentence.",
        "Add two and two.",
        "Complete the sentence: to be or not to be.",
    ],
)
def test_a_question_stays_one_in_a_home_with_everything(text: str, furnished: Recognize) -> None:
    assert furnished(text) is None


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("What's the weather tomorrow?", {"day": "tomorrow"}),
        ("What's the temperature outside?", {"ask": "temperature"}),
        ("Will it rain on Sunday?", {"day": "sunday", "ask": "rain"}),
        ("Do I need an umbrella?", {"day": "today", "ask": "rain"}),
    ],
)
def test_a_home_with_a_weather_service_is_asked_for_the_weather(
    text: str, slots: dict[str, Any], furnished: Recognize
) -> None:
    assert answer_of(furnished(text)) == ("HassGetWeather", slots)


def test_what_the_home_does_not_have_is_nobodys_business_here() -> None:
    """The weather, and the temperature of a room without a thermometer, are questions for the model."""
    bare = HassilRecognizer(Settings(), HomeNames(areas=FURNISHED.areas, here="Hall")).intent
    for text in (
        "What's the weather?",
        "What's the weather tomorrow?",
        "Will it rain on Sunday?",
        "What's the temperature?",
        "How hot is it?",
    ):
        assert bare(text) is None
    away = HassilRecognizer(Settings(), dataclasses.replace(FURNISHED, here="Hall")).intent
    assert away("What's the temperature?") is None
    assert answer_of(away("What's the temperature in here?")) == ("HassClimateGetTemperature", {"area": "Hall"})


def test_a_command_for_later_is_one_only_if_it_is_a_command(furnished: Recognize) -> None:
    assert answer_of(furnished("turn off the tower fan in 5 minutes")) == (
        "EdgeLater",
        {"minutes": 5, "command": TOWER_FAN_OFF, "said": "turn off the tower fan"},
    )
    for text in ("what time is it in 5 minutes", "stop in 5 minutes", "the show starts in 5 minutes"):
        assert furnished(text) is None


def test_free_text_keeps_its_spelling(furnished: Recognize) -> None:
    for text, slot, value in (
        ("Alexa, play The Best of Miriam Makeba, please.", "search_query", "The Best of Miriam Makeba"),
        ("Add twenty-five Eggs to the list", "item", "twenty-five Eggs"),
        ("Announce: the Smiths are here!", "message", "the Smiths are here"),
    ):
        intent = furnished(text)
        assert intent is not None
        assert intent.slots[slot] == value
