"""What a model may choose from, and what is made of what it sends back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import AS_SPELLED, Intent
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.suggestions import Suggestions
from tests.fakes.language import ENGLISH

HOME = HomeNames(
    entities=(
        NamedEntity("Reading Lamp", "light", area="Study"),
        NamedEntity("Kitchen Blind", "cover", area="Kitchen"),
        NamedEntity("Back Door", "lock", area="Hall"),
        NamedEntity("Heating", "climate", area="Hall"),
        NamedEntity("Kettle", "switch", area="Kitchen"),
        NamedEntity("Outside", "sensor"),
    ),
    areas=tuple(NamedArea(name) for name in ("Kitchen", "Hall", "Study")),
    here="Kitchen",
)
SUGGESTIONS = Suggestions(HOME, ENGLISH)
MENU = SUGGESTIONS.menu("make it nicer", 40)
LAMP = "Reading Lamp (light, Study)"


def choice(action: object, thing: object, value: object = None) -> str:
    return json.dumps({"action": action, "thing": thing} | ({} if value is None else {"value": value}))


def test_what_is_in_the_room_of_the_speaker_comes_first_and_what_only_tells_something_never() -> None:
    assert MENU.things == (
        "Kitchen Blind (cover)",
        "Kettle (switch, Kitchen)",
        LAMP,
        "Back Door (lock, Hall)",
        "Heating (climate, Hall)",
    )
    assert SUGGESTIONS.menu("make it nicer", 1).things == ("Kitchen Blind (cover)",)


def test_what_the_text_names_is_on_the_menu() -> None:
    assert LAMP in SUGGESTIONS.menu("something with the reading lamp", 2).things
    assert "every light: Study" in SUGGESTIONS.menu("do something to the lights in the study", 2).things


def test_the_menu_of_a_small_home_begins_alike_for_every_text() -> None:
    assert SUGGESTIONS.menu("something with the reading lamp", 40).things == MENU.things
    assert SUGGESTIONS.menu("do something to the lights in the study", 40).things[:5] == MENU.things


@pytest.mark.parametrize(
    ("chosen", "intent"),
    [
        (choice("turn_on", LAMP), Intent("HassTurnOn", {"name": "Reading Lamp", AS_SPELLED: 1})),
        (choice("open", "Kitchen Blind (cover)"), Intent("HassTurnOn", {"name": "Kitchen Blind", AS_SPELLED: 1})),
        (choice("unlock", "Back Door (lock, Hall)"), Intent("HassTurnOff", {"name": "Back Door", AS_SPELLED: 1})),
        (choice("set", LAMP, 30.0), Intent("HassLightSet", {"name": "Reading Lamp", AS_SPELLED: 1, "brightness": 30})),
        (
            choice("increase", "Heating (climate, Hall)"),
            Intent("EdgeAdjust", {"name": "Heating", AS_SPELLED: 1, "what": "temperature", "direction": "up"}),
        ),
    ],
)
def test_a_choice_is_a_command(chosen: str, intent: Intent) -> None:
    assert MENU.intent(chosen) == intent


def test_a_choice_of_a_kind_in_a_room() -> None:
    menu = SUGGESTIONS.menu("do something to the lights in the study", 2)
    assert menu.intent(choice("turn_off", "every light: Study")) == Intent(
        "HassTurnOff", {"area": "Study", "domain": "light"}
    )


@pytest.mark.parametrize(
    "chosen",
    [
        "",
        "I have turned on the lamp.",
        "null",
        "[" * 900,
        "[" * 100_000,
        '{"action": "turn_on"}',
        choice("nothing", LAMP),
        choice("turn_on", "Reading Lamp"),
        choice("turn_on", "Outside (sensor)"),
        choice("explode", LAMP),
        choice("open", LAMP),
        choice("unlock", "Kettle (switch, Kitchen)"),
        choice("increase", "Kettle (switch, Kitchen)"),
        choice("set", "Kettle (switch, Kitchen)", 5),
        choice("set", LAMP),
        choice("set", LAMP, "five"),
        choice("set", LAMP, 1e300),
        choice("set", LAMP, value=True),
        choice("set", LAMP, float("nan")),
        choice(["turn_on"], [LAMP]),
        choice({"turn_on": 1}, {LAMP: 1}),
        choice("turn_on", LAMP) + " " * 2000,
    ],
)
def test_everything_else_is_nothing(chosen: str) -> None:
    assert MENU.intent(chosen) is None


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.sampled_from(MENU.things),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(action=_ANYTHING, thing=_ANYTHING, value=_ANYTHING)
def test_no_answer_raises(action: object, thing: object, value: object) -> None:
    assert MENU.intent(json.dumps({"action": action, "thing": thing, "value": value})) is None


def test_a_name_that_must_not_be_told_is_not_on_the_menu() -> None:
    assert "Kettle (switch, Kitchen)" not in MENU.only(lambda name: "Kettle" not in name).things
