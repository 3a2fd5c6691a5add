"""Names that were spelled by ear: the right thing is found, and no other."""

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.route import Understood
from edge.route.hassil_intents import HassilRecognizer
from edge.route.home_names import HomeNames, NamedPlace, NamedThing
from edge.route.normalise import normalise
from edge.route.sounds_like import SoundsLike, frame_words
from edge.settings import Settings
from tests.route.hundred_things import HUNDRED
from tests.route.test_open_questions import QUESTIONS

_SAID = {
    "climate": "set the {} to 20 degrees",
    "cover": "open the {}",
    "lock": "lock the {}",
    "scene": "activate {}",
    "script": "start {}",
    "vacuum": "start {}",
}


@pytest.fixture(scope="module")
def hundred() -> HassilRecognizer:
    return HassilRecognizer(Settings(), HUNDRED)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Turn on Zachitel's lamp.", Intent("HassTurnOn", {"name": "Xochitl's lamp"})),
        ("Set zocitals lamp to 40%.", Intent("HassLightSet", {"name": "Xochitl's lamp", "brightness": 40})),
        ("Turn on Jokun's lamp.", Intent("HassTurnOn", {"name": "Joaquín's lamp"})),
        ("Turn on the mirrors plug.", Intent("HassTurnOn", {"name": "Meross plug"})),
        ("Switch off the delonghai.", Intent("HassTurnOff", {"name": "De'Longhi"})),
        ("Could you turn on the xiomi purifier, please?", Intent("HassTurnOn", {"name": "Xiaomi purifier"})),
        ("Turn on the Jenkin lights.", Intent("HassTurnOn", {"domain": "light", "area": "Genkan"})),
        ("Turn off the lights in the stuberal.", Intent("HassTurnOff", {"domain": "light", "area": "Stüberl"})),
        ("Start the robora.", Intent("HassVacuumStart", {"name": "Roborock"})),
        ("Turn on the espreso machine.", Intent("HassTurnOn", {"name": "Espresso machine"})),
        ("Turn on the kitten light.", Intent("HassTurnOn", {"name": "Kitchen light"})),
        ("Open the kichen blind.", Intent("HassTurnOn", {"name": "Kitchen blind"})),
    ],
)
def test_a_name_spelled_by_ear_is_the_thing_that_it_sounds_like(
    hundred: HassilRecognizer, text: str, intent: Intent
) -> None:
    found = hundred.understand(text)
    assert found is not None
    assert (found.intent.name, found.intent.slots) == (intent.name, {**found.intent.slots, **intent.slots})
    assert found.reason == "sounds-like"
    assert 0.66 <= found.confidence <= 1


def test_a_name_spelled_right_is_a_command_as_ever(hundred: HassilRecognizer) -> None:
    assert hundred.understand("Turn on Xochitl's lamp.") == Understood(
        Intent("HassTurnOn", {"name": "Xochitl's lamp"}), "intent", 1.0
    )


@pytest.mark.parametrize(
    "text",
    [
        "Turn on the kitchen lamp.",  # there is a kitchen light, and a reading lamp
        "Turn on the den light.",
        "Turn on the mudroom light.",
        "Turn on the bed light.",
        "Open the black door.",
        "Lock the bank door.",
        "Turn on Emma's lamp.",
        "Turn on Brian's lamp.",
        "Switch off the toaster.",
        "Turn on the charm.",
        "Robora.",
        "The delonghai.",
        "Zachitel's lamp.",
        "Jenkin.",
        "Who is Zachitel?",
        "What is a Jenkin?",
        "Tell me about the delonghai.",
        "I think that zachitel's lamp is on because somebody forgot it.",
    ],
)
def test_what_is_not_in_the_home_or_no_command_switches_nothing_else(hundred: HassilRecognizer, text: str) -> None:
    found = hundred.understand(text)
    assert found is None or found.reason == "intent"
    assert found is None or str(found.intent.slots.get("name", "")).casefold() in normalise(text)


def everything_said() -> Iterator[tuple[HomeNames, str]]:
    """Every command for one thing, with the home that has all things but this."""
    for thing in HUNDRED.things:
        without = dataclasses.replace(HUNDRED, things=tuple(it for it in HUNDRED.things if it is not thing))
        yield without, _SAID.get(thing.domain, "turn on the {}").format(thing.name)
    for area in HUNDRED.areas:
        without = dataclasses.replace(HUNDRED, areas=tuple(it for it in HUNDRED.areas if it is not area))
        yield without, f"turn off the lights in the {area.name}"


def test_a_command_for_a_thing_that_is_gone_never_reaches_another() -> None:
    picked = {}
    for home, text in everything_said():
        found = HassilRecognizer(Settings(), home).understand(text)
        if found is not None and found.reason == "sounds-like":
            picked[text] = found.intent
    assert picked == {}


@pytest.mark.parametrize("text", [line for line in QUESTIONS.splitlines() if line])
def test_an_open_question_stays_one_in_a_home_of_a_hundred_things(hundred: HassilRecognizer, text: str) -> None:
    found = hundred.understand(text)
    assert found is None or found.reason == "intent"


def test_two_names_that_are_alike_are_not_guessed_between() -> None:
    names = HomeNames((NamedThing("Zsofia's lamp", "light"), NamedThing("Zsofi's lamp", "light")))
    found = HassilRecognizer(Settings(), names).understand("turn on zofyi's lamp")
    assert found is not None
    assert (found.reason, found.intent.slots["name"]) == ("intent", "zofyi's lamp")  # nobody knows such a thing


def test_two_things_of_one_name_are_one_answer() -> None:
    names = HomeNames((NamedThing("Nanoleaf", "light"), NamedThing("Nanoleaf", "switch")))
    found = HassilRecognizer(Settings(), names).understand("turn on the nanolief")
    assert found == Understood(
        Intent("HassTurnOn", {"name": "Nanoleaf"}), "sounds-like", found.confidence if found else 0
    )


def test_an_alias_is_a_name_too() -> None:
    names = HomeNames((NamedThing("Lamp 3", "light", ("the Zbigniew",)),), (NamedPlace("Den", ("Kombüse",)),))
    recognizer = HassilRecognizer(Settings(), names)
    assert recognizer.recognize("turn on the z big new") == Intent("HassTurnOn", {"name": "Lamp 3"})
    assert recognizer.recognize("turn off the lights in the combus") == Intent(
        "HassTurnOff", {"domain": "light", "area": "Den"}
    )


def test_words_of_templates_are_known_in_all_their_forms() -> None:
    words = frame_words(HassilRecognizer(Settings())._sources.grammars)
    assert {"turn", "light", "lights", "timer", "timers", "temperature"} <= words


def test_a_text_of_known_words_has_no_other_reading() -> None:
    names = HomeNames((NamedThing("Akara", "light"),))
    sounds_like = SoundsLike(names, frozenset({"turn", "on", "the"}))
    assert sounds_like.readings("turn on the akara") == []
    assert [reading.text for reading in sounds_like.readings("turn on the aqara")][:1] == ["turn on the akara"]
    assert sounds_like.readings("turn on the aqara " + "the " * 20) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "turn",
                "on",
                "off",
                "the",
                "set",
                "lights",
                "akara",
                "zachitel",
                "40",
                "percent",
                "in",
                "is",
                "kitchen",
                "lamp",
                "who",
            ]
        ),
        max_size=9,
    )
)
@settings(deadline=None)
def test_whatever_is_found_is_a_name_of_the_home(words: list[str]) -> None:
    found = _RECOGNIZER.understand(" ".join(words))
    if found is not None and found.reason == "sounds-like":
        assert _NAMES & {found.intent.slots.get(slot) for slot in ("name", "area")}


_RECOGNIZER = HassilRecognizer(Settings(), HUNDRED)
_NAMES = {thing.name for thing in HUNDRED.things} | {area.name for area in HUNDRED.areas}
