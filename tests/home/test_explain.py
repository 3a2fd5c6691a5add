"""What is known of the home, and what a name or a sentence means: the thing, its origins, and what would be sent."""

from dataclasses import asdict
from pathlib import Path

import pytest

from edge.home.reports.explain import Explanation
from edge.runtime import virtual_time
from tests.fakes.guarded_home import GuardedHome
from tests.home.test_owner import ANNOUNCED, device

TWO_PARTS = {**device("Bath Node", schema="json"), "name": "Mirror Light", "unique_id": "mirror"}


def home(folder: Path, **settings: object) -> GuardedHome:
    announced = {**ANNOUNCED, "homeassistant/light/m/config": TWO_PARTS}
    announced["homeassistant/light/bad/config"] = {"command_topic": "a/+"}
    return GuardedHome(folder, announced=announced, **{"entities": [], "unlock": "code", **settings})  # type: ignore[arg-type]  # settings


@virtual_time.instantly
async def test_the_report_has_every_thing_and_what_was_refused(tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "Nothing"}], floors=[{"name": "upstairs", "areas": ["Attic"]}])
    await guarded.home.states.feed("z/attic-lamp", b'{"state": "ON", "brightness": 255}')
    report = guarded.known.report()
    things = {it.id: it for it in report.things}
    lamp = things["light.attic-lamp"]
    assert (lamp.name, lamp.room, lamp.floor, lamp.kind) == ("Attic Lamp", "Attic", "upstairs", "light")
    assert lamp.state == {"power": True, "brightness": 100.0}
    assert (lamp.source, lamp.topic) == ("discovery", "homeassistant/light/c/config")
    assert [(it.topic, it.code) for it in report.refused] == [("homeassistant/light/bad/config", "discovery-refused")]
    assert [it.kind for it in report.misfits] == ["unknown"]


@pytest.mark.parametrize("text", ["Attic Lamp", "attic lamp", "light.attic-lamp", "attic-lamp", "the attic lamp"])
@virtual_time.instantly
async def test_a_name_is_explained(text: str, tmp_path: Path) -> None:
    explained = await home(tmp_path).known.explain(text)
    (thing,) = explained.things
    assert thing.thing.id == "light.attic-lamp"
    assert thing.names["Attic Lamp"] == "the device's name, 'Attic Lamp'"
    assert (thing.thing.room, thing.room_from) == ("Attic", "its name begins with the room")
    assert thing.accepts["brightness"] == "0 to 100 %"
    assert thing.state_topics == ("z/attic-lamp",)
    assert {str(it.change): [(m.topic, m.payload) for m in it.messages] for it in explained.sends} == {
        "{'power': True}": [("z/attic-lamp/set", '{"state": "ON"}')],
        "{'power': False}": [("z/attic-lamp/set", '{"state": "OFF"}')],
        "{'brightness': 50}": [("z/attic-lamp/set", '{"state": "ON", "brightness": 128}')],
    }


@virtual_time.instantly
async def test_the_origin_of_each_name_is_told(tmp_path: Path) -> None:
    thing = {"match": "mirror", "aliases": ["shaving light"], "area": "Bath"}
    (explained,) = (await home(tmp_path, things=[thing]).known.explain("shaving light")).things
    assert explained.names["shaving light"] == "your settings: [[home.things]]"
    assert explained.names["Mirror Light"] == "the entity's name, 'Mirror Light'"
    assert explained.names["Bath Node Mirror Light"].startswith("the device's name and the entity's")
    assert explained.room_from


@pytest.mark.parametrize(
    ("text", "tiers", "sent"),
    [
        ("turn off the attic lamp", ["free"], ["z/attic-lamp/set"]),
        (
            "turn on all lights",
            ["free"] * 4,
            ["z/spot-1/set", "z/hall-lamp/set", "z/attic-lamp/set", "z/bath-node/set"],
        ),
        ("unlock the cellar door", ["code"], ["z/cellar-door/set"]),
        ("turn on the heater and unlock the cellar door", ["free", "code"], ["z/heater/set", "z/cellar-door/set"]),
        ("turn on the cosy lights", ["free", "ask"], ["z/spot-1/set", "z/hall-lamp/set"]),
    ],
)
@virtual_time.instantly
async def test_a_sentence_is_explained_with_what_it_sends_and_whether_it_asks(
    text: str, tiers: list[str], sent: list[str], tmp_path: Path
) -> None:
    guarded = home(
        tmp_path,
        groups=[{"name": "cosy lights", "members": ["Spot 1", "Hall Lamp"]}],
        things=[{"match": "Hall Lamp", "ask": True}] if "cosy" in text else [],
    )
    explained = await guarded.known.explain(text)
    sends = [sent for command in explained.commands for sent in command.sends]
    assert [it.tier for it in sends] == tiers
    assert [message.topic for it in sends for message in it.messages] == sent
    assert all(bool(it.why) == (it.tier != "free") for it in sends)
    assert all(command.says for command in explained.commands)


@virtual_time.instantly
async def test_what_explaining_says_of_a_sentence_is_what_is_sent(tmp_path: Path) -> None:
    guarded = home(tmp_path)
    for text in ("turn off the attic lamp", "turn on all lights", "set the hall lamp to 40 percent", "start the robot"):
        explained = await guarded.known.explain(text)
        assert guarded.published == []
        await guarded.says(text)
        told = [(m.topic, m.payload) for it in explained.commands for sent in it.sends for m in sent.messages]
        assert guarded.published == told != []


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("what is the capital of france", "a question that is looked up"),
        ("why is the sea deep", "a question for the language model"),
        ("what time is it", "not about a thing"),
        ("unlock the door 4711", ""),
        ("frobnicate the lamp", ""),
        ("\N{SNOWMAN}", ""),
    ],
)
@virtual_time.instantly
async def test_what_is_no_command_is_explained_as_such(text: str, understood: str, tmp_path: Path) -> None:
    guarded = home(tmp_path)
    explained = await guarded.known.explain(text)
    assert isinstance(explained, Explanation)
    assert understood in explained.understood
    assert not any(command.sends for command in explained.commands)
    assert guarded.published == []
    assert asdict(explained)


@virtual_time.instantly
async def test_explaining_leaves_no_question_open(tmp_path: Path) -> None:
    guarded = home(tmp_path, unlock="ask")
    await guarded.known.explain("unlock the cellar door")
    await guarded.says("yes")
    await guarded.says("unlock the cellar door")
    await guarded.known.explain("turn on the heater")
    await guarded.says("yes")
    assert guarded.published == [("z/cellar-door/set", "UNLOCK")]


@virtual_time.instantly
async def test_a_guess_is_explained_as_one_with_what_a_yes_sends(tmp_path: Path) -> None:
    guarded = GuardedHome(tmp_path)
    explained = await guarded.known.explain("could you make us some coffee")
    assert explained.understood == "not understood; guessed from its words, and asked about"
    (command,) = explained.commands
    assert command.says == "Do you want me to turn on the Coffee machine?"
    assert [(it.topic, it.payload) for sends in command.sends for it in sends.messages] == [
        ("kitchen/coffee/set", "ON")
    ]
    await guarded.says("yes")
    assert guarded.published == []
