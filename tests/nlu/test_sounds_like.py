"""Names that were spelled by ear: the right entity is found, and no other."""

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import Intent
from edge.nlu import IntentMatch
from edge.nlu.en.normalise import normalise
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, NamedArea, NamedEntity
from edge.nlu.sounds_like import SoundsLike, frame_words
from edge.settings import Settings
from tests.fakes.language import ENGLISH
from tests.nlu.hundred_entities import HUNDRED
from tests.nlu.test_open_questions import QUESTIONS

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
def test_a_name_spelled_by_ear_is_the_entity_that_it_sounds_like(
    hundred: HassilRecognizer, text: str, intent: Intent
) -> None:
    found = hundred.recognize(text)
    assert found is not None
    assert (found.intent.name, found.intent.slots) == (intent.name, {**found.intent.slots, **intent.slots})
    assert found.reason == "sounds-like"
    assert 0.66 <= found.confidence <= 1


def test_a_name_spelled_right_is_a_command_as_ever(hundred: HassilRecognizer) -> None:
    assert hundred.recognize("Turn on Xochitl's lamp.") == IntentMatch(
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
    found = hundred.recognize(text)
    assert found is None or found.reason in {"intent", "unknown-name"}
    assert found is None or str(found.intent.slots.get("name", "")).casefold() in normalise(text)


def everything_said() -> Iterator[tuple[HomeNames, str]]:
    """Every command for one entity, with the home that has all entities but this."""
    for entity in HUNDRED.entities:
        without = dataclasses.replace(HUNDRED, entities=tuple(it for it in HUNDRED.entities if it is not entity))
        yield without, _SAID.get(entity.domain, "turn on the {}").format(entity.name)
    for area in HUNDRED.areas:
        without = dataclasses.replace(HUNDRED, areas=tuple(it for it in HUNDRED.areas if it is not area))
        yield without, f"turn off the lights in the {area.name}"


def test_a_command_for_an_entity_that_is_gone_never_reaches_another() -> None:
    picked = {}
    for home, text in everything_said():
        found = HassilRecognizer(Settings(), home).recognize(text)
        if found is not None and found.reason == "sounds-like":
            picked[text] = found.intent
    assert picked == {}


@pytest.mark.parametrize("text", [line for line in QUESTIONS.splitlines() if line])
def test_an_open_question_stays_one_in_a_home_of_a_hundred_entities(hundred: HassilRecognizer, text: str) -> None:
    found = hundred.recognize(text)
    assert found is None or found.reason in {"intent", "unknown-name"}


def test_two_names_that_are_alike_are_not_guessed_between() -> None:
    names = HomeNames((NamedEntity("Zsofia's lamp", "light"), NamedEntity("Zsofi's lamp", "light")))
    found = HassilRecognizer(Settings(), names).recognize("turn on zofyi's lamp")
    assert found is not None
    assert (found.reason, found.intent.slots["name"]) == ("unknown-name", "zofyi's lamp")  # there is no such entity


def test_two_entities_of_one_name_are_one_answer() -> None:
    names = HomeNames((NamedEntity("Nanoleaf", "light"), NamedEntity("Nanoleaf", "switch")))
    found = HassilRecognizer(Settings(), names).recognize("turn on the nanolief")
    assert found == IntentMatch(
        Intent("HassTurnOn", {"name": "Nanoleaf"}), "sounds-like", found.confidence if found else 0
    )


def test_an_alias_is_a_name_too() -> None:
    names = HomeNames((NamedEntity("Lamp 3", "light", ("the Zbigniew",)),), (NamedArea("Den", ("Kombüse",)),))
    recognizer = HassilRecognizer(Settings(), names)
    assert recognizer.intent("turn on the z big new") == Intent("HassTurnOn", {"name": "Lamp 3"})
    assert recognizer.intent("turn off the lights in the combus") == Intent(
        "HassTurnOff", {"domain": "light", "area": "Den"}
    )


def test_words_of_templates_are_known_in_all_their_forms() -> None:
    words = frame_words(HassilRecognizer(Settings())._sources.grammars)
    assert {"turn", "light", "lights", "timer", "timers", "temperature"} <= words


def test_a_text_of_known_words_has_no_respelling() -> None:
    names = HomeNames((NamedEntity("Akara", "light"),))
    sounds_like = SoundsLike(names, frozenset({"turn", "on", "the"}), ENGLISH.names)
    assert sounds_like.respellings("turn on the akara") == []
    assert [it.text for it in sounds_like.respellings("turn on the aqara")][:1] == ["turn on the akara"]
    assert sounds_like.respellings("turn on the aqara " + "the " * 20) == []


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
def test_whatever_is_found_is_a_name_of_the_home(words: list[str]) -> None:
    found = _RECOGNIZER.recognize(" ".join(words))
    if found is not None and found.reason == "sounds-like":
        assert _NAMES & {found.intent.slots.get(slot) for slot in ("name", "area")}


_RECOGNIZER = HassilRecognizer(Settings(), HUNDRED)
_NAMES = {entity.name for entity in HUNDRED.entities} | {area.name for area in HUNDRED.areas}


NAME = st.lists(st.sampled_from(["kitchen", "aqara", "hub", "xochitl's", "yeelight", "wiz", "light", "vu"]), min_size=1)


@given(
    st.lists(
        (NAME.map(" ".join) | st.text("abcdefghijklmnopqrstuvwxyz' 0123456789", max_size=20)), min_size=1, max_size=8
    ),
    NAME.map(" ".join) | st.text("abcdefghijklmnopqrstuvwxyz' 0123456789", max_size=20),
    st.floats(0.3, 0.9),
)
def test_the_search_among_many_names_misses_none_that_sounds_alike(names: list[str], text: str, minimum: float) -> None:
    found = ENGLISH.names.sound_alike(names, lambda _: minimum)(text)
    alike = [at for at, name in enumerate(names) if ENGLISH.names.likeness(text, name, minimum) > 0]
    assert set(alike) <= set(found)


def test_the_search_leaves_out_nearly_all_of_a_large_home() -> None:
    names = [entity.name.lower() for entity in HUNDRED.entities]
    search = ENGLISH.names.sound_alike(names, lambda _: 0.66)
    assert search("frobnicator in the garage") == []
    assert len(search(names[0])) < len(names) / 5
    assert names.index(names[0]) in search(names[0])
    assert list(ENGLISH.names.sound_alike([], lambda _: 0.66)("lamp")) == []
