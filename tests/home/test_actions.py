"""What is said to the speaker and to the things of the home, and what is answered."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from edge.events import ASK_CLOUD, Intent, PendingQuestion, ReplySentence, SlotValue
from edge.exact import INTENTS as EXACT
from edge.home.intents.actions import HomeActions
from edge.nlu.grammar_sources import KNOWN_INTENTS
from edge.nlu.replies import FixedReply
from edge.runtime import virtual_time
from edge.settings import EntitySettings
from tests.fakes.home import FakeSpeaker, home_settings
from tests.fakes.language import ENGLISH
from tests.fakes.resident import Resident

REPLIES = ENGLISH.replies
NOW = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)


@virtual_time.instantly
async def test_every_intent_of_the_grammar_is_carried_out_or_refused_in_words(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert resident.home.intents == KNOWN_INTENTS | EXACT | {ASK_CLOUD}
    for intent in sorted(KNOWN_INTENTS):
        reply = await resident.reply(intent)
        assert reply is None or (reply.text and reply.text != REPLIES.fixed("failed"))
    assert await resident.says("HassNobodyKnows") == "I don't know how to do that yet."


@pytest.mark.parametrize("slots", [{"name": 3, "hours": "x", "hour": "y", "volume_level": "z", "volume_step": "q"}, {}])
@virtual_time.instantly
async def test_nonsense_in_the_slots_never_raises(slots: dict[str, SlotValue], tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    for intent in sorted(KNOWN_INTENTS):
        reply = await resident.reply(intent, **slots)
        assert reply is None or reply.text


@virtual_time.instantly
async def test_the_time_and_the_date(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("HassGetCurrentTime") == "It's 8 AM."
    assert await resident.says("HassGetCurrentDate") == "It's Monday, March 2nd."
    assert await resident.says("HassGetCurrentDate", asked="year") == "It's 2026."
    assert await resident.says("HassGetCurrentDate", asked="tomorrow") == "Tomorrow is Tuesday, March 3rd."
    assert await resident.says("HassGetCurrentDate", asked="yesterday") == "Yesterday was Sunday, March 1st."


@virtual_time.instantly
async def test_the_volume_goes_in_steps_and_to_a_percentage(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeVolume") == "Volume 60 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step="up") == "Volume 70 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step=-25) == "Volume 45 percent."
    assert await resident.says("HassSetVolume", volume_level=95) == "Volume 95 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step="up") == "Volume 100 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step="up") == "That's as loud as I get."
    await resident.says("HassSetVolume", volume_level=15)
    assert await resident.says("HassSetVolumeRelative", volume_step="down") == "Volume 10 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step="down") == "That's as quiet as I get."
    assert resident.speaker.volume == 10
    assert await resident.says("HassSetVolume", volume_level=50, area="Kitchen") == "I can only change my own volume."
    louder = await resident.says("HassSetVolumeRelative", volume_step="up", name="TV")
    assert louder == "I don't know the volume of TV now. Say a number."


@pytest.mark.parametrize("area", ["living room", "here"])
@virtual_time.instantly
async def test_the_volume_of_the_room_it_is_in_is_its_own(area: str, tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("HassSetVolume", volume_level=30, area=area) == "Volume 30 percent."
    assert await resident.says("HassSetVolumeRelative", volume_step=5, area=area) == "Volume 35 percent."
    assert await resident.reply("HassMediaPlayerMute", area=area) is None
    assert await resident.says("HassMediaPlayerUnmute", area=area) == "Volume 35 percent."
    muted = await resident.says("HassMediaPlayerMute", name="TV")
    assert muted == "I can only turn TV on and off, and set its volume."
    assert resident.speaker.volume == 35


@virtual_time.instantly
async def test_muting_is_silent_and_unmuting_brings_the_volume_back(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    for _ in range(2):
        assert await resident.reply("HassMediaPlayerMute") is None
        assert resident.speaker.volume == 0
    assert await resident.says("HassMediaPlayerUnmute") == "Volume 60 percent."
    assert await resident.reply("HassSetVolume", volume_level=0) is None


@virtual_time.instantly
async def test_the_last_reply_is_repeated(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeRepeat") == "I haven't said anything yet."
    resident.speaker.last_reply = "Paris."
    reply = await resident.reply("EdgeRepeat")
    assert reply is not None
    assert (reply.text, reply.fixed) == ("Paris.", False)


@virtual_time.instantly
async def test_stop_and_never_mind_are_silent(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.reply("EdgeStop") is None
    assert await resident.reply("HassNevermind") is None


@pytest.mark.parametrize(
    ("intent", "slots", "published", "reply"),
    [
        ("HassTurnOn", {"name": "Kitchen light"}, [("kitchen/light/set", "ON")], "Kitchen light on."),
        ("HassTurnOff", {"name": "bedroom LAMP"}, [("bedroom/lamp/set", "0")], "Bedroom lamp off."),
        ("HassTurnOn", {"name": "reading light"}, [("living/floor/set", "ON")], "Floor lamp on."),
        (
            "HassTurnOff",
            {"domain": "light", "area": "Living Room"},
            [("living/ceiling/set", "OFF"), ("living/floor/set", "OFF")],
            "Living Room lights off.",
        ),
        ("HassTurnOn", {"domain": "light", "area": "Kitchen"}, [("kitchen/light/set", "ON")], "Kitchen light on."),
        (
            "HassTurnOff",
            {"domain": "light"},
            [
                ("kitchen/light/set", "OFF"),
                ("living/ceiling/set", "OFF"),
                ("living/floor/set", "OFF"),
                ("bedroom/lamp/set", "0"),
            ],
            "All lights off.",
        ),
        (
            "HassTurnOff",
            {"domain": "everything", "area": "Kitchen"},
            [("kitchen/light/set", "OFF"), ("kitchen/coffee/set", "OFF")],
            "Kitchen devices off.",
        ),
        ("HassTurnOn", {"name": "Blinds"}, [("blinds", "OPEN")], "Opening Blinds."),
        ("HassTurnOff", {"domain": "cover", "device_class": "garage"}, [("garage", "CLOSE")], "Closing Garage door."),
        ("HassTurnOff", {"domain": "cover", "device_class": "curtain"}, [("blinds", "CLOSE")], "Closing Blinds."),
        (
            "HassTurnOn",
            {"domain": "cover", "device_class": "gate"},
            [],
            "I couldn't find any blinds or doors like that.",
        ),
        ("HassTurnOn", {"name": "Front door"}, [("door", "LOCK")], "Locking Front door."),
        (
            "HassTurnOff",
            {"name": "Front door"},
            [],
            "Do you really want to unlock the Front door? Say yes or no.",
        ),
        ("HassTurnOn", {"name": "Movie night"}, [("scene/movie", "ON")], "Starting Movie night."),
        (
            "HassLightSet",
            {"name": "Kitchen light", "brightness": 40},
            [("kitchen/light/brightness/set", "40")],
            "Kitchen light set to 40 percent.",
        ),
        ("HassSetPosition", {"name": "Blinds", "position": 30}, [("blinds/pos", "30")], "Blinds set to 30 percent."),
        ("HassSetPosition", {"name": "Blinds"}, [("blinds/pos", "50")], "Blinds set to 50 percent."),
        (
            "HassClimateSetTemperature",
            {"temperature": 21.5, "area": "Living Room"},
            [("heat/temperature", "21.5")],
            "Thermostat set to 21.5 degrees.",
        ),
        (
            "HassFanSetSpeed",
            {"name": "Ceiling fan", "percentage": 40},
            [("bedroom/fan/speed", "40")],
            "Ceiling fan set to 40 percent.",
        ),
        ("HassSetVolume", {"name": "TV", "volume_level": 20}, [("tv/volume", "20")], "TV set to 20 percent."),
        ("HassTurnOn", {"name": "disco ball"}, [], "I don't know anything called disco ball."),
        ("HassTurnOn", {"name": "Kitchen light", "area": "Bedroom"}, [], "I don't know anything called Kitchen light."),
        ("HassTurnOn", {"domain": "light", "area": "Attic"}, [], "I couldn't find any lights in the Attic."),
        (
            "HassTurnOn",
            {"domain": "light", "area": "here"},
            [],
            "Which one: Kitchen light, Ceiling lamp, Floor lamp or Bedroom lamp?",
        ),
        ("HassTurnOn", {"domain": "lock"}, [("door", "LOCK")], "Locking Front door."),
        ("HassTurnOff", {"domain": "cover", "area": "here"}, [], "Which one: Blinds or Garage door?"),
        ("HassLightSet", {"name": "Ceiling lamp", "brightness": 40}, [], "I can't dim the Ceiling lamp."),
        ("HassLightSet", {"name": "Kitchen light"}, [], REPLIES.fixed("ask-brightness")),
        ("HassLightSet", {"name": "Kitchen light", "color": "red"}, [], "I can't set the colour of the Kitchen light."),
        ("HassClimateSetTemperature", {"domain": "climate"}, [], REPLIES.fixed("ask-temperature")),
        ("HassGetState", {"name": "Front door", "state": "locked"}, [], "Front door hasn't reported its state."),
        ("EdgeUnsupported", {"what": "music"}, [], "I can't play music yet."),
        ("HassRespond", {"response": "Swordfish."}, [], "Swordfish."),
        ("HassRespond", {"response": "edge:listening", "sends": "ask"}, [], REPLIES.listening("ask")),
        ("HassRespond", {"response": "edge:listening"}, [], REPLIES.listening(None)),
        (
            "HassShoppingListAddItem",
            {"item": "milk"},
            [],
            REPLIES.unsupported("lists"),
        ),
        ("HassMediaSearchAndPlay", {"search_query": "jazz"}, [], "I can't play music yet."),
        ("HassBroadcast", {"message": "dinner"}, [], "I found no other speaker."),
        ("HassTurnOff", {"domain": "light", "floor": "Attic"}, [], "I don't know what's on the Attic floor."),
        (
            "HassStartTimer",
            {"minutes": 5, "conversation_command": "turn off the TV"},
            [],
            "I can only do that right away, not later.",
        ),
    ],
)
def test_a_home_command_is_published_and_confirmed(
    intent: str, slots: dict[str, SlotValue], published: list[tuple[str, str]], reply: str, tmp_path: Path
) -> None:
    async def scenario() -> None:
        resident = Resident(tmp_path)
        assert await resident.says(intent, **slots) == reply
        assert resident.publisher.published == published

    virtual_time.run(scenario())


@pytest.mark.parametrize(
    ("intent", "slots", "reply"),
    [
        ("HassTurnOn", {"name": "kitchen light", "domain": "light"}, "I don't control any lights yet."),
        ("HassTurnOn", {"name": "back door", "domain": "cover"}, "I don't control any blinds or doors yet."),
        ("HassTurnOff", {"domain": "everything"}, "I don't control any devices yet."),
        ("HassLightSet", {"name": "lamp", "domain": "light", "brightness": 3}, "I don't control any lights yet."),
        ("HassClimateSetTemperature", {"temperature": 20}, "I don't control any heating yet."),
        ("HassGetState", {"name": "back door", "domain": "lock"}, "I don't control any locks yet."),
    ],
)
def test_an_empty_home_says_so(intent: str, slots: dict[str, SlotValue], reply: str, tmp_path: Path) -> None:
    async def scenario() -> None:
        said = await Resident(tmp_path, entities=()).reply(intent, **slots)
        assert said is not None
        assert said.text == f"{reply} You can add them in my settings."
        assert said.fixed

    virtual_time.run(scenario())


@virtual_time.instantly
async def test_a_home_that_is_away_is_not_said_to_have_obeyed(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    resident.publisher.away = True
    assert await resident.says("HassTurnOn", name="TV") == "I can't reach your home right now."
    resident.publisher.away = False
    assert await resident.says("HassTurnOn", name="TV") == "TV on."


@virtual_time.instantly
async def test_of_three_lamps_the_two_that_work_are_named_and_the_one_that_does_not(tmp_path: Path) -> None:
    resident = Resident(tmp_path, area=None)
    resident.publisher.unreachable = {"living/ceiling/set", "bedroom/lamp/set"}
    assert await resident.says("HassTurnOff", domain="light", area="here") == (
        "Kitchen light off. Floor lamp off. I can't reach Ceiling lamp and Bedroom lamp."
    )
    resident.publisher.unreachable = {"living/floor/dim"}
    assert await resident.says("HassLightSet", domain="light", brightness=40) == (
        "Kitchen light set to 40 percent. I can't reach Floor lamp."
    )


@virtual_time.instantly
async def test_of_many_entities_the_reply_says_how_many_obeyed(tmp_path: Path) -> None:
    lamps = tuple(EntitySettings(name=f"Lamp {number}", topic=f"lamp/{number}") for number in range(1, 13))
    resident = Resident(tmp_path, area=None, entities=lamps)
    resident.publisher.unreachable = {f"lamp/{number}" for number in range(1, 7)}
    assert await resident.says("HassTurnOff", domain="light") == (
        "I did that for 6 of 12. I can't reach Lamp 1, Lamp 2, Lamp 3, Lamp 4 and 2 more."
    )


@virtual_time.instantly
async def test_asking_for_the_cloud_is_a_question_that_only_a_yes_answers(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    reply = await resident.reply(ASK_CLOUD, text="who won the match")
    asked = Intent(ASK_CLOUD, {"text": "who won the match"})
    assert reply == ReplySentence(
        "Shall I ask the cloud?", fixed=True, question=PendingQuestion(asked, confirmation=True)
    )


@virtual_time.instantly
async def test_without_a_broker_nothing_is_said_to_have_obeyed(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    lamp = EntitySettings(name="Lamp", topic="lamp")
    home = HomeActions(home_settings(lamp), None, FakeSpeaker(), resident.clock, resident.schedule, REPLIES)
    reply = await home.act(Intent("HassTurnOn", {"name": "Lamp"}))
    assert reply is not None
    assert reply.text == "I can't reach your home right now."


@virtual_time.instantly
async def test_turning_off_lights_without_a_room_means_all_of_them(tmp_path: Path) -> None:
    resident = Resident(tmp_path, area=None)
    assert await resident.says("HassTurnOff", domain="light", area="here") == "All lights off."
    assert len(resident.publisher.published) == 4


def test_every_fixed_reply_has_words_and_is_one_of_those_that_are_warmed() -> None:
    fixed = [REPLIES.fixed(reply) for reply in get_args(FixedReply)]
    assert len(set(fixed)) == len(fixed)
    assert set(fixed) <= REPLIES.all_fixed()


def test_every_fixed_sentence_is_one_that_can_be_said() -> None:
    for text in REPLIES.all_fixed():
        assert text[0].isupper()
        assert text[-1] in ".?"
        assert "{" not in text
