"""The grammar of a home says what typed text says: random sentences of one are given to the other, and back."""

import functools
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.events import Intent
from edge.nlu.en.strip_phrases import strip_filler
from edge.nlu.en.surface import canonical
from edge.nlu.hassil_intents import HassilRecognizer
from edge.nlu.home_names import HomeNames, names_of
from edge.nlu.spoken_grammar import SpokenGrammar, open_grammar
from edge.settings import Settings
from tests.fakes.home import A_HOME, home_settings
from tests.grammar.walks import Walks, with_points
from tests.nlu.package_grammar import FURNISHED, drawn
from tests.nlu.test_home_assistant_sentences import OF_EVERY_INTENT

_SEEDS = st.integers(0, 2**32 - 1)
_FREE_TEXT = {
    "timer_name": ("pizza", "soft boiled egg"),
    "alarm_name": ("gym", "early bus"),
    "reminder": ("to call mum", "in 10 minutes to check the oven", "at 6 pm to call mum"),
    "moved_reminder": ("to 8 pm", "to tomorrow", "to in 10 minutes", "to call mum to 7"),
    "reminder_words": ("call mum",),
    "message": ("dinner is ready", "we leave at noon"),
    "search_query": ("yesterday", "the best of miriam makeba"),
}
_NUMBER = (
    r"(?:\d|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a?\s?hundred)"
)
_TWO_WAYS = {
    "'a second' before a duration may be a second of it, or another timer": r"\b(?:an?|1|one) second\b(?! timer)",
    "'one' before a number may be an article, or part of it": rf"\b(?:1|one) (?:an? |{_NUMBER})",
    "'and a half' is a number where degrees or 'to' say so": r"\band a half\b(?! degrees?\b)",
    "'a third an hour' may be a part of an hour, or the third timer": r"\bthird (?:of |an? )*(?:hour|minute)",
    "'make my second timer ten minutes' may be about the second one, or set another": r"\bsecond timer\b",
    "'our 9am alarm' may be one to set, or one that is set": r"^(?:my|our|the|an?) (?:new )?\d.* alarm\b",
    "'alarms on friday' may be set, or ring, on that day": r"\balarms? on\b",
}
"""Sentences for which two readings are equally good, and typed text may be given the other one."""


@functools.cache
def furnished() -> tuple[SpokenGrammar, HassilRecognizer]:
    """A home with an entity of every kind."""
    return open_grammar(Settings(), FURNISHED), HassilRecognizer(Settings(), FURNISHED)


@functools.cache
def at_home() -> tuple[SpokenGrammar, HassilRecognizer]:
    """A flat as the settings list it, whose speaker knows its room."""
    listed = home_settings(*A_HOME)
    return open_grammar(listed), HassilRecognizer(listed)


@functools.cache
def walks(grammar: SpokenGrammar) -> Walks:
    return Walks(grammar.network, _FREE_TEXT)


def understood(typed: HassilRecognizer, text: str) -> Intent | None:
    """What a typed text means; the answer that it was not understood is none of the grammar's sentences."""
    found = typed.recognize(text)
    return None if found is None or found.reason == "not-understood" else found.intent


def as_heard(typed: Intent | None) -> Intent | None:
    """What the grammar gives for a text: the words of a command for later, which the router reads."""
    if typed is None or typed.name != "EdgeLater":
        return typed
    when = {slot: value for slot, value in typed.slots.items() if slot not in {"command", "said"}}
    return Intent("HassStartTimer", {**when, "conversation_command": typed.slots["said"]})


def in_two_ways(text: str) -> bool:
    return any(re.search(pattern, text) for pattern in _TWO_WAYS.values())


@pytest.mark.slow
@pytest.mark.parametrize("home", [furnished, at_home])
@given(seed=_SEEDS, polite=st.booleans())
@settings(max_examples=250)
def test_a_random_sentence_means_what_it_means_typed(
    home: Callable[[], tuple[SpokenGrammar, HassilRecognizer]], seed: int, polite: bool
) -> None:
    grammar, typed = home()
    start = grammar.network.start if polite else grammar.network.bare
    text = walks(grammar).walk(random.Random(seed).randrange, start)
    spoken = grammar.match(text)
    assert grammar.automaton.complete(grammar.automaton.walk(text))
    if spoken is None and strip_filler(text) == text:  # "i need my timer" is a command with a part around it left out
        assert understood(typed, with_points(text)) is None  # contradicts itself: "march the 7th for tonight"
    if not in_two_ways(text):
        assert spoken == as_heard(understood(typed, with_points(text)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_typed_can_be_said(seed: int) -> None:
    """Sentences drawn from every template of Home Assistant's, but those that begin with free text."""
    grammar, typed = furnished()
    texts = sorted({*drawn(FURNISHED, random.Random(seed)), *(text for text, _, _ in OF_EVERY_INTENT)})
    texts = [text for text in texts if not canonical(text).startswith(("pizza ", "soft boiled egg "))]
    differ = [text for text in texts if grammar.match(text) != as_heard(typed.intent(text))]
    assert differ == []


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("set a timer for an hour and a quarter", "HassStartTimer", {"hours": 1, "minutes": 15}),
        ("set me a half hour timer", "HassStartTimer", {"minutes": 30}),
        ("timer, 90 seconds", "HassStartTimer", {"seconds": 90}),
        ("a timer for 2.5 hours", "HassStartTimer", {"hours": 2, "minutes": 30}),
        ("a timer for two and a half minutes", "HassStartTimer", {"minutes": 2, "seconds": 30}),
        ("a timer for 3,600 seconds", "HassStartTimer", {"seconds": 3600}),
        ("a pizza timer for a couple of minutes", "HassStartTimer", {"minutes": 2, "name": "pizza"}),
        ("how long is left on my half hour timer", "HassTimerStatus", {"start_minutes": 30}),
        (
            "Wake me at seven thirty in the morning.",
            "EdgeSetAlarm",
            {"hour": 7, "minute": 30, "meridiem": "am", "wake": 1},
        ),
        ("set an alarm for quarter past six", "EdgeSetAlarm", {"hour": 6, "minute": 15}),
        ("set an alarm for 7:05 a.m.", "EdgeSetAlarm", {"hour": 7, "minute": 5, "meridiem": "am"}),
        ("set an alarm for seven oh five", "EdgeSetAlarm", {"hour": 7, "minute": 5}),
        ("alarm at 730", "EdgeSetAlarm", {"hour": 7, "minute": 30}),
        (
            "set an alarm tomorrow at noon",
            "EdgeSetAlarm",
            {"hour": 12, "minute": 0, "meridiem": "pm", "day": "tomorrow"},
        ),
        (
            "cancel my 7am alarm for monday",
            "EdgeCancelAlarm",
            {"hour": 7, "minute": 0, "meridiem": "am", "day": "monday"},
        ),
        (
            "could you wake me up tomorrow morning at half past six please",
            "EdgeSetAlarm",
            {"hour": 6, "minute": 30, "meridiem": "am", "day": "tomorrow", "wake": 1},
        ),
        ("wake us every weekday at 6", "EdgeSetAlarm", {"hour": 6, "minute": 0, "day": "weekdays", "wake": 1}),
        ("dim the reading lamp to forty three per cent", "HassLightSet", {"name": "Reading lamp", "brightness": 43}),
        ("set the reading lamp to 43%", "HassLightSet", {"name": "Reading lamp", "brightness": 43}),
        (
            "set the radiator to twenty and a half degrees celsius",
            "HassClimateSetTemperature",
            {"name": "Radiator", "temperature": 20.5, "unit": "°C"},
        ),
        ("set the radiator to 20.5 degrees", "HassClimateSetTemperature", {"name": "Radiator", "temperature": 20.5}),
        ("turn on the T.V.", "HassTurnOn", {"name": "Television"}),
        (
            "in half an hour turn off the tower fan",
            "HassStartTimer",
            {"minutes": 30, "conversation_command": "turn off the tower fan"},
        ),
        (
            "play The Office on the TV please",
            "HassMediaSearchAndPlay",
            {"search_query": "The Office", "name": "Television"},
        ),
        ("okay can you please stop now", "EdgeStop", {}),
        ("is Maria at the office", "HassGetState", {"name": "Maria", "state": "office"}),
    ],
)
def test_people_say_it_as_they_like(text: str, intent: str, slots: dict[str, object]) -> None:
    grammar, typed = furnished()
    assert grammar.match(text) == Intent(intent, slots)  # type: ignore[arg-type]
    assert grammar.match(text) == as_heard(typed.intent(text))
    assert grammar.automaton.complete(grammar.automaton.walk(canonical(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I want to talk about kitchens",
        "reading lamp",
        "turn on the garden lights",
        "turn on the",
        "turn onthe reading lamp",
        "turn on the reading lampshade",
        "what is the capital of France",
        "set the reading lamp to 143 percent",
        "is Maria at the president's",
        "dim the front door to 20 percent",
        "wake me in the morning at",
        "x" * 300,
    ],
)
def test_what_is_no_command_is_none(text: str) -> None:
    grammar, _ = furnished()
    assert grammar.match(text) is None
    assert not grammar.automaton.complete(grammar.automaton.walk(canonical(text)))


@pytest.mark.parametrize("text", ["play a game with me", "announce", "play dead", "can you help me"])
def test_free_words_that_make_no_sense_are_no_command(text: str) -> None:
    grammar, typed = furnished()
    assert grammar.match(text) is None
    assert typed.intent(text) is None


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("", "could-go-on"),
        ("tur", "could-go-on"),
        ("Turn on the", "could-go-on"),
        ("turn on the reading lamp", "complete"),
        ("Turn on the reading lamp.", "complete"),
        ("turn on the reading lamp in", "could-go-on"),
        ("turn on the reading lamp in five minutes", "complete"),
        ("turn on the reading lamp please", "complete"),
        ("set a timer for", "could-go-on"),
        ("set a timer for five", "could-go-on"),
        ("set a timer for five minutes", "complete"),
        ("add milk", "could-go-on"),
        ("add milk to the list", "complete"),
        ("announce that dinner", "could-go-on"),
        ("play something", "could-go-on"),
        ("can you help me", "no-command"),
        ("what is the capital of", "no-command"),
        ("who wrote hamlet", "no-command"),
    ],
)
def test_the_endpoint_learns_how_far_a_command_is(text: str, progress: str) -> None:
    assert furnished()[0].progress(text) == progress


def test_the_room_of_the_speaker_is_a_slot() -> None:
    grammar, _ = at_home()
    assert grammar.match("turn it up") == Intent("HassSetVolumeRelative", {"volume_step": "up", "area": "Living Room"})


def test_a_home_without_names_has_a_grammar() -> None:
    grammar, typed = open_grammar(Settings(), HomeNames()), HassilRecognizer(Settings(), HomeNames())
    for text in ("stop", "set a timer for ten minutes", "turn off all the lights", "what time is it"):
        assert grammar.match(text) == typed.intent(text) is not None
    assert grammar.match("turn on the kitchen light") is None


def test_the_names_of_the_settings_are_the_default() -> None:
    listed = home_settings(*A_HOME)
    assert names_of(listed).here == "Living Room"
    assert open_grammar(listed).match("turn on the coffee machine") == Intent("HassTurnOn", {"name": "Coffee machine"})
