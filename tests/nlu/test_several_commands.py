"""Several commands in one sentence: which ones, in order, and what is no list of commands."""

import pytest

from edge.events import Intent
from edge.nlu.hassil_intents import HassilRecognizer
from edge.settings import EntitySettings
from tests.fakes.home import A_HOME, home_settings
from tests.nlu.conftest import Recognize

LIGHT = Intent("HassTurnOn", {"name": "Kitchen light"})
LAMP = Intent("HassTurnOn", {"name": "Floor lamp"})
FAN_OFF = Intent("HassTurnOff", {"name": "Ceiling fan"})
TIMER = Intent("HassStartTimer", {"minutes": 10})
LOCK = Intent("HassTurnOn", {"name": "Front door"})


def unknown(said: str) -> Intent:
    return Intent("EdgeNotUnderstood", {"said": said})


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("Turn on the kitchen light and set a timer for ten minutes.", [LIGHT, TIMER]),
        ("Set a timer for ten minutes and turn on the kitchen light, please.", [TIMER, LIGHT]),
        ("Turn on the kitchen light, then turn off the ceiling fan, and set a timer for ten minutes.",
         [LIGHT, FAN_OFF, TIMER]),
        ("Lock the front door and then turn on the kitchen light.", [LOCK, LIGHT]),
        ("Turn on the kitchen light. Turn off the ceiling fan.", [LIGHT, FAN_OFF]),
        ("Could you turn on the kitchen light and also the floor lamp?", [LIGHT, LAMP]),
        ("Turn on the kitchen light and the floor lamp.", [LIGHT, LAMP]),
        ("Turn on the kitchen light, the floor lamp and the coffee machine.",
         [LIGHT, LAMP, Intent("HassTurnOn", {"name": "Coffee machine"})]),
        ("Turn the kitchen light and the ceiling lamp off.",
         [Intent("HassTurnOff", {"name": name}) for name in ("Kitchen light", "Ceiling lamp")]),
        ("Turn the kitchen light on and the ceiling fan off.", [LIGHT, FAN_OFF]),
        ("Set the kitchen light and the floor lamp to 30 percent.",
         [Intent("HassLightSet", {"name": name, "brightness": 30}) for name in ("Kitchen light", "Floor lamp")]),
        ("Turn on the ceiling and the floor lamp.",
         [Intent("HassTurnOn", {"name": name}) for name in ("Ceiling lamp", "Floor lamp")]),
        ("Turn off the kitchen and bedroom lights.",
         [Intent("HassTurnOff", {"area": area, "domain": "light"}) for area in ("Kitchen", "Bedroom")]),
        ("Dim the kitchen light and the floor lamp to 150 percent.",
         [Intent("HassLightSet", {"domain": "light", "name": name, "brightness": 150})
          for name in ("kitchen light", "floor lamp")]),
        ("Turn on the kitchen light and then dim it to 20 percent.",
         [LIGHT, Intent("HassLightSet", {"name": "Kitchen light", "brightness": 20})]),
        ("Make the kitchen light blue and dim it to 20 percent.",
         [Intent("HassLightSet", {"name": "Kitchen light", "color": "blue"}),
          Intent("HassLightSet", {"name": "Kitchen light", "brightness": 20})]),
        ("Turn on the kitchen light and leave the ceiling fan off.",
         [LIGHT, Intent("EdgeNotUnderstood", {"name": "Ceiling fan"})]),
        ("What time is it and what day is it?", [Intent("HassGetCurrentTime"), Intent("HassGetCurrentDate")]),
        ("Turn on the attic fan and set a timer for ten minutes.",
         [Intent("HassTurnOn", {"domain": "fan", "name": "attic fan"}), TIMER]),
        ("Turn on the kitchen light and tell me a story.", [LIGHT, unknown("tell me a story")]),
        ("Play jazz and turn on the kitchen light.",
         [Intent("HassMediaSearchAndPlay", {"search_query": "jazz", "area": "Living Room"}), LIGHT]),
        ("Set a timer for ten minutes and another one for twenty minutes.",
         [TIMER, Intent("HassStartTimer", {"minutes": 20})]),
    ],
)  # fmt: skip
def test_each_command_of_a_sentence_is_found_in_order(text: str, commands: list[Intent], at_home: Recognize) -> None:
    first, *then = commands
    assert at_home(text) == Intent(first.name, first.slots, tuple(then))


@pytest.mark.parametrize(
    "text",
    [
        "Turn on the kitchen light and never mind.",
        "Turn on the kitchen light, never mind.",
        "Turn on the kitchen light, no, the floor lamp.",
        "Turn on the kitchen light and don't turn off the ceiling fan.",
        "Turn on the kitchen light or the floor lamp.",
        "Turn on the kitchen light but not the floor lamp.",
        "Turn on the kitchen light, actually the floor lamp.",
        "Turn on the kitchen light and if it is dark, the floor lamp.",
        "Turn on the kitchen light if it is dark.",
        "Turn off the lights everywhere except the kitchen.",
    ],
)
def test_a_correction_a_condition_or_a_choice_is_no_list(text: str, at_home: Recognize) -> None:
    found = at_home(text)
    assert found is None or (found.name in {"HassNevermind", "EdgeNotUnderstood"} and not found.then)


@pytest.mark.parametrize(
    "text",
    [
        "What's the difference between a lamp and a light?",
        "Salt and pepper are what kind of spices?",
        "Who wrote War and Peace, and when?",
        "Tell me a story about a boy and turn it into a poem.",
        "Why do people turn on the lights and lock the doors at night?",
    ],
)
def test_a_question_with_and_is_for_the_model(text: str, at_home: Recognize) -> None:
    assert at_home(text) is None


def test_names_and_lists_with_and_stay_whole() -> None:
    more = (
        EntitySettings(name="Salt and pepper", domain="switch", topic="s"),
        EntitySettings(name="Sonos & TV", domain="media_player", topic="v"),
    )
    at_home = HassilRecognizer(home_settings(*A_HOME, *more)).intent
    both = Intent("HassTurnOn", {"name": "Salt and pepper"})
    assert at_home("Turn on salt and pepper.") == both
    assert at_home("Turn on the Sonos and TV and the kitchen light.") == Intent(
        "HassTurnOn", {"name": "Sonos & TV"}, (LIGHT,)
    )
    assert at_home("Turn on the kitchen light and salt and pepper.") == Intent(LIGHT.name, LIGHT.slots, (both,))
    milk = at_home("Add milk and eggs to the shopping list and turn on the kitchen light.")
    assert milk == Intent("HassShoppingListAddItem", {"item": "milk and eggs"}, (LIGHT,))
    assert at_home("Set a timer for one hour and thirty minutes.") == Intent(
        "HassStartTimer", {"hours": 1, "minutes": 30}
    )


def test_a_greeting_or_thanks_around_a_command_is_no_command(at_home: Recognize) -> None:
    for text in ("Good morning, turn on the kitchen light.", "Turn on the kitchen light, please, and thank you."):
        assert at_home(text) == LIGHT


def test_numbers_of_things_share_their_name() -> None:
    lamps = tuple(EntitySettings(name=f"Lamp {number}", topic="l") for number in (2, 12))
    both = Intent("HassTurnOn", {"name": "Lamp 2"}, (Intent("HassTurnOn", {"name": "Lamp 12"}),))
    at_home = HassilRecognizer(home_settings(*lamps)).intent
    assert at_home("Turn on lamp two and twelve.") == both
    assert at_home("Turn on lamps 2 and 12.") == both
