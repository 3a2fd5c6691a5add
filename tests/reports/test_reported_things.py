"""Commands to things that users saw switch the wrong one, all of them, or none while something was claimed."""

from pathlib import Path

import pytest

from edge.settings import EntitySettings
from tests.reports.reported import is_no_answer_of_a_model, thing, typed


@pytest.mark.parametrize(
    "text",
    [
        "turn on the bathroom lights",
        "turn off the lights in the bathroom",
        "turn on the lights in the cellar",
        "switch off the garage lights",
        "dim the bathroom lights to 30 percent",
        "close the blinds in the bathroom",
        "lock the bathroom door",
        "turn off everything in the attic",
        "turn on the attic fan",
        "set the bathroom heating to 20 degrees",
        "turn on everything except the floor lamp",
        "turn the lamp on and off",
        "turn off all but the tv",
        "make it 30",
        "set it to 21",
        "unlock everything",
    ],
)
def test_a_room_or_an_exception_that_is_not_known_never_means_the_whole_house(text: str, tmp_path: Path) -> None:
    """Reported in home-assistant/core#155024 and #87166, OHF-Voice/intents#863."""
    said = typed(tmp_path, text)
    assert is_no_answer_of_a_model(said)
    assert said.published == []


def test_a_room_that_is_known_means_the_things_in_it(tmp_path: Path) -> None:
    said = typed(tmp_path, "turn off the living room")
    assert {topic for topic, _ in said.published} == {"living/ceiling/set", "living/floor/set", "tv"}


@pytest.mark.parametrize(
    "text", ["turn off all the lights but the kitchen light", "turn off all lights except in the kitchen"]
)
def test_an_exception_that_is_known_is_left_alone(text: str, tmp_path: Path) -> None:
    """Reported in home-assistant/core#155024."""
    topics = {topic for topic, _ in typed(tmp_path, text).published}
    assert topics == {"living/ceiling/set", "living/floor/set", "bedroom/lamp/set"}


@pytest.mark.parametrize(
    "text",
    [
        "open the garage door a crack",
        "lock the doors and turn off the bathroom lights",
        "turn on lamp 3",
        "turn on lamp to",
        "did you turn off the lights",
        "make the floor lamp blink",
        "is the front door locked",
        "open the fridge",
        "set the ceiling lamp to blue",
        "turn the heating up by two degrees",
        "make the living room cosier",
        "start the dishwasher in ten minutes",
        "who turned off the lights",
        "have you locked the front door",
        "raise the blinds when the sun comes up",
    ],
)
def test_no_model_answers_for_a_thing(text: str, tmp_path: Path) -> None:
    """Reported in NickMonrad/kernel-ai-assistant#331 and #614, home-assistant/core#177156, acon96/home-llm#301."""
    said = typed(tmp_path, text)
    assert is_no_answer_of_a_model(said)
    assert [topic for topic, _ in said.published] in ([], ["door"])


@pytest.mark.parametrize(
    ("text", "published", "due"),
    [
        ("turn on the bedroom lamp and set a timer for ten minutes", [("bedroom/lamp/set", "1")], ("600",)),
        ("set a timer for ten minutes and turn on the bedroom lamp", [("bedroom/lamp/set", "1")], ("600",)),
        ("turn off the tv then lock the front door", [("tv", "OFF"), ("door", "LOCK")], ()),
        (
            "switch the floor lamp on and the ceiling lamp off",
            [("living/floor/set", "ON"), ("living/ceiling/set", "OFF")],
            (),
        ),
        (
            "turn on the floor lamp, the ceiling lamp and the tv",
            [("living/floor/set", "ON"), ("living/ceiling/set", "ON"), ("tv", "ON")],
            (),
        ),
        ("turn on the lights in the kitchen and bedroom", [("kitchen/light/set", "ON"), ("bedroom/lamp/set", "1")], ()),
        ("close the blinds and wake me at 7", [("blinds", "CLOSE")], ("2026-11-28 07:00",)),
        (
            "good night, turn off the floor lamp and set an alarm for 6 am",
            [("living/floor/set", "OFF")],
            ("2026-11-28 06:00",),
        ),
        ("turn on the coffee machine and tell me the time", [("kitchen/coffee/set", "ON")], ()),
        ("set an alarm for tomorrow and turn on the tv", [("tv", "ON")], ()),
    ],
)
def test_both_commands_of_a_sentence_are_carried_out(
    text: str, published: list[tuple[str, str]], due: tuple[str, ...], tmp_path: Path
) -> None:
    """Reported in OHF-Voice/intents#829, AndBobsYourUncle/hassio-addons#31, nuttyartist/jarvis#4."""
    said = typed(tmp_path, text)
    assert said.published == published
    assert said.due == due
    assert said.turn.intent is not None
    assert len(said.turn.intent.then) == len(published) + len(due) - 1 or "time" in text or "tomorrow" in text


@pytest.mark.parametrize(
    "text",
    [
        "don't set a timer for ten minutes",
        "do not open the garage door",
        "turn on the kitchen light never mind",
        "never mind, turn on nothing",
        "don't turn off the lights",
        "do not lock the front door",
        "don't wake me at seven",
        "please don't set an alarm for 7",
        "never open the blinds",
        "set an alarm for 7 no forget it",
        "open the garage door, no wait, don't",
        "turn off the tv, cancel that",
        "don't remind me to call mum at six",
        "do not turn on the coffee machine",
        "don't dim the floor lamp to 20 percent",
    ],
)
def test_what_is_taken_back_or_forbidden_is_not_done(text: str, tmp_path: Path) -> None:
    """Reported in spaceamoeba-t/tapq#18, OHF-Voice/intents#1969, MycroftAI/mycroft-core#1274."""
    said = typed(tmp_path, text)
    assert said.turn.answerer == "home"
    assert said.published == []
    assert said.due == ()


NAMES = tuple(
    map(
        thing,
        [
            "Kid's lamp",
            "O\u2019Brien\u2019s desk",
            "LED-Strip",
            "Küchenlampe",
            "Lampe Élise",
            "A/C",
            "TV/AV",
            "Pump #1",
            "Sonos & TV",
            "Heater (upstairs)",
            "Zone 2.4",
            "Zone 24",
            "Lamp 2",
            "Lamp 12",
        ],
    )
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("kid's lamp", "Kid's lamp"),
        ("kid\u2019s lamp", "Kid's lamp"),
        ("kids lamp", "Kid's lamp"),
        ("kids' lamp", "Kid's lamp"),
        ("o'brien's desk", "O\u2019Brien\u2019s desk"),
        ("obriens desk", "O\u2019Brien\u2019s desk"),
        ("led strip", "LED-Strip"),
        ("led-strip", "LED-Strip"),
        ("l e d strip", "LED-Strip"),
        ("küchenlampe", "Küchenlampe"),
        ("kuchenlampe", "Küchenlampe"),
        ("kuechenlampe", "Küchenlampe"),
        ("lampe élise", "Lampe Élise"),
        ("lampe elise", "Lampe Élise"),
        ("a c", "A/C"),
        ("tv av", "TV/AV"),
        ("pump 1", "Pump #1"),
        ("sonos and tv", "Sonos & TV"),
        ("heater upstairs", "Heater (upstairs)"),
        ("zone 2.4", "Zone 2.4"),
        ("zone two point four", "Zone 2.4"),
        ("zone 24", "Zone 24"),
        ("zone twenty four", "Zone 24"),
        ("lamp 2", "Lamp 2"),
        ("lamp two", "Lamp 2"),
        ("lamp twelve", "Lamp 12"),
    ],
)
def test_a_name_is_found_however_it_is_written_and_is_no_other(said: str, name: str, tmp_path: Path) -> None:
    """Reported in OHF-Voice/intents#1353, #2086 and #2421, home-assistant/core#92566 and #151759,

    stanford-oval/genie-server#196, WebThingsIO/gateway#1258 and axa-group/nlp.js#1318.
    """
    assert typed(tmp_path, f"turn on the {said}", entities=NAMES).published == [(thing(name).topic, "ON")]


@pytest.mark.parametrize(
    "said", ["lamp 3", "zone 2", "zone 4", "zone 2.5", "pump 2", "lamp 22", "zone 240", "lamp one"]
)
def test_a_number_that_no_name_has_switches_nothing(said: str, tmp_path: Path) -> None:
    outcome = typed(tmp_path, f"turn on {said}", entities=NAMES)
    assert is_no_answer_of_a_model(outcome)
    assert outcome.published == []


@pytest.mark.parametrize(
    "names",
    [("light", "Light +"), ("Light", "Light +"), ("light +", "Light"), ("desk lamp", "Desk-Lamp!"), ("tv", "TV.")],
)
def test_of_two_names_that_are_said_alike_none_is_switched_without_a_question(
    names: tuple[str, str], tmp_path: Path
) -> None:
    one, other = (
        EntitySettings(name=name, topic=f"topic/{number}", area=area)
        for number, (name, area) in enumerate(zip(names, ("Hall", "Attic"), strict=True), 1)
    )
    said = names[0].strip(" +")
    asked = typed(tmp_path, f"turn on the {said}", entities=(one, other))
    assert asked.published == []
    assert asked.reply.startswith("Which one:")
    attic = typed(tmp_path / "a", f"turn on the {said}", "the one in the attic", entities=(one, other))
    assert attic.published == [("topic/2", "ON")]
    back = typed(tmp_path / "b", f"turn on the {said}", "the first one", "turn it off again", entities=(one, other))
    assert back.published == [("topic/1", "OFF")]


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("dim the floor lamp to 150 percent", "I can set the brightness from 0 to 100 percent."),
        ("dim the floor lamp to 101 percent", "I can set the brightness from 0 to 100 percent."),
        ("set the floor lamp to 1000 percent", "I can set the brightness from 0 to 100 percent."),
        ("set the brightness of the floor lamp to 300", "I can set the brightness from 0 to 100 percent."),
        ("set the floor lamp brightness to 101 percent", "I can set the brightness from 0 to 100 percent."),
        ("set the thermostat to 95 degrees", "I can set the temperature from 5 to 35 degrees."),
        ("set the thermostat to 36 degrees", "I can set the temperature from 5 to 35 degrees."),
        ("set the thermostat to 2 degrees", "I can set the temperature from 5 to 35 degrees."),
        ("set the temperature to 95", "I can set the temperature from 5 to 35 degrees."),
        ("set the thermostat to minus 5 degrees", "I can set the temperature from 5 to 35 degrees."),
        ("set the blinds to 120 percent", "I can set the position from 0 to 100 percent."),
        ("set the ceiling fan to 130 percent", "I can set the speed from 0 to 100 percent."),
        ("set the tv volume to 200 percent", "I can set the volume from 0 to 100 percent."),
        ("volume 150", "I can set the volume from 0 to 100 percent."),
        ("set the volume to 101 percent", "I can set the volume from 0 to 100 percent."),
        ("turn the floor lamp on to 120 percent", None),
        ("open the blinds to 101 percent", "I can set the position from 0 to 100 percent."),
        ("dim all the lights to 110 percent", None),
        ("dim the lights to minus 10 percent", None),
        ("heat the bedroom to 50 degrees", None),
    ],
)
def test_a_number_out_of_range_is_refused_and_never_sent(text: str, reply: str | None, tmp_path: Path) -> None:
    """Reported in home-assistant/core#134592 and sinricpro/esp8266-esp32-sdk#58."""
    said = typed(tmp_path, text)
    assert is_no_answer_of_a_model(said)
    assert reply is None or said.reply == reply
    assert said.published == []
    assert said.volume == 60


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("dim the floor lamp to 100 percent", "100"),
        ("set the floor lamp to 30 percent", "30"),
    ],
)
def test_a_number_is_sent_as_it_was_said_in_percent(text: str, payload: str, tmp_path: Path) -> None:
    """Lights that want JSON or 0 to 254 (Koenkk/zigbee2mqtt#3929, #902, #6874) need a topic that takes percent."""
    assert typed(tmp_path, text).published == [("living/floor/dim", payload)]


def test_a_light_at_nothing_is_off(tmp_path: Path) -> None:
    assert typed(tmp_path, "dim the floor lamp to 0 percent").published == [("living/floor/set", "OFF")]


@pytest.mark.parametrize("text", ["turn off the front door", "open the front door", "turn on the front door"])
def test_only_lock_and_unlock_move_a_lock(text: str, tmp_path: Path) -> None:
    assert typed(tmp_path, text).published == []
