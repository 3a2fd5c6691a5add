"""What the owner says of things that are known by themselves: names, rooms, hidden, asked about, forbidden; groups."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from edge.home.modelling.owner import Misfit
from edge.runtime import virtual_time
from edge.settings import HomeSettings
from tests.fakes.guarded_home import CODE, GuardedHome


def device(name: str, **config: object) -> dict[str, Any]:
    """An entity that is a device of its own."""
    unique = name.lower().replace(" ", "-")
    topic = f"z/{unique}"
    return {
        "name": None,
        "unique_id": unique,
        "command_topic": f"{topic}/set",
        "state_topic": topic,
        "device": {"identifiers": [unique], "name": name},
        **config,
    }


LIGHT = {"schema": "json", "brightness": True, "supported_color_modes": ["brightness"]}
FAN = {"percentage_command_topic": "z/fan/speed"}
SENSOR = {"device_class": "temperature", "unit_of_measurement": "°C", "name": "Temperature"}

ANNOUNCED: Mapping[str, dict[str, Any]] = {
    "homeassistant/light/a/config": device("Spot 1", **LIGHT),
    "homeassistant/light/b/config": device("Hall Lamp", **LIGHT),
    "homeassistant/light/c/config": device("Attic Lamp", **LIGHT),
    "homeassistant/switch/d/config": device("Heater"),
    "homeassistant/lock/e/config": device("Cellar Door"),
    "homeassistant/cover/f/config": device("Skylight"),
    "homeassistant/vacuum/g/config": device("Robot", supported_features=["start", "stop", "return_home"]),
    "homeassistant/fan/h/config": device("Ventilator", **FAN),
    "homeassistant/sensor/i/config": {**device("Spot 1"), **SENSOR, "unique_id": "spot-temperature"},
}


def home(folder: Path, **settings: Any) -> GuardedHome:
    return GuardedHome(folder, announced=ANNOUNCED, **{"entities": [], **settings})


def misfits(guarded: GuardedHome) -> list[tuple[str, str]]:
    return [(".".join(map(str, it.key)), it.kind) for it in guarded.home.watch.misfits]


@pytest.mark.parametrize("match", ["Spot 1", "spot one", "light.spot-1", "spot-1"])
@virtual_time.instantly
async def test_a_thing_gets_a_name_aliases_and_a_room(match: str, tmp_path: Path) -> None:
    thing = {"match": match, "name": "Reading light", "aliases": ["book lamp"], "area": "Den"}
    guarded = home(tmp_path, things=[thing])
    for said in ("turn on the reading light", "turn on the book lamp", "turn on the lights in the den"):
        await guarded.says(said)
        assert [topic for topic, _ in guarded.published] == ["z/spot-1/set"], said
    assert "don't know" in await guarded.says("turn on spot 1") or guarded.published == []
    assert misfits(guarded) == []


@virtual_time.instantly
async def test_a_room_is_that_of_the_whole_device(tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "light.spot-1", "area": "Den"}])
    rooms = {it.id: it.area for it in guarded.home.watch.model.entities}
    assert rooms["light.spot-1"] == rooms["sensor.spot-temperature"] == "Den"
    assert rooms["switch.heater"] == ""


@virtual_time.instantly
async def test_aliases_alone_leave_the_names_that_are_there(tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "Heater", "aliases": ["stove"]}])
    for said in ("turn on the heater", "turn on the stove"):
        await guarded.says(said)
    assert guarded.published == [("z/heater/set", "ON")] * 2


@virtual_time.instantly
async def test_what_is_hidden_is_not_spoken_of(tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "Hall Lamp", "hide": True}])
    await guarded.says("turn on the hall lamp", "turn on all lights")
    assert {topic for topic, _ in guarded.published} == {"z/spot-1/set", "z/attic-lamp/set"}


@virtual_time.instantly
async def test_what_is_hidden_still_guards_its_messages(tmp_path: Path) -> None:
    twin = device("Porch Lamp", command_topic="z/cellar-door/set", payload_on="UNLOCK")
    announced = {**ANNOUNCED, "homeassistant/light/x/config": twin}
    guarded = GuardedHome(
        tmp_path, announced=announced, unlock="code", things=[{"match": "Cellar Door", "hide": True}], entities=[]
    )
    assert (await guarded.says("turn on the porch lamp")).startswith("Say the code")
    assert guarded.published == []


@pytest.mark.parametrize("said", ["turn on the heater", "turn off the heater"])
@virtual_time.instantly
async def test_the_owner_may_be_asked_before_every_command(said: str, tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "Heater", "ask": True}])
    assert (await guarded.says(said)).startswith("Do you really want to turn o")
    assert guarded.published == []
    await guarded.says("yes")
    assert len(guarded.published) == 1


FORBIDDEN = [
    ("Heater", ["on"], ["turn on the heater"], ["turn off the heater"]),
    ("Heater", True, ["turn on the heater", "turn off the heater"], []),
    ("Cellar Door", ["unlock"], ["unlock the cellar door"], ["lock the cellar door"]),
    ("Cellar Door", ["lock"], ["lock the cellar door"], []),
    (
        "Skylight",
        ["open"],
        ["open the skylight"],
        ["close the skylight"],
    ),
    ("Robot", ["start"], ["start the robot"], ["send the robot home"]),
    (
        "Hall Lamp",
        ["set"],
        ["set the hall lamp to 40 percent"],
        ["turn on the hall lamp", "turn off the hall lamp"],
    ),
    (
        "Hall Lamp",
        ["on"],
        ["turn on the hall lamp", "set the hall lamp to 40 percent"],
        ["turn off the hall lamp"],
    ),
    ("Ventilator", ["on"], ["set the ventilator to 50 percent", "turn on the ventilator"], ["turn off the ventilator"]),
]


@pytest.mark.parametrize(("match", "forbid", "refused", "done"), FORBIDDEN)
@virtual_time.instantly
async def test_what_is_forbidden_is_refused_in_words_and_the_rest_is_done(
    match: str, forbid: object, refused: list[str], done: list[str], tmp_path: Path
) -> None:
    free = home(tmp_path)
    guarded = home(tmp_path, things=[{"match": match, "forbid": forbid}])
    for said in refused:
        await free.says(said, "yes")
        assert free.published, f"{said} does something if it is not forbidden"
        assert (await guarded.says(said)).startswith("I'm not allowed to "), said
        await guarded.says("yes", CODE)
        assert guarded.published == []
    for said in done:
        await guarded.says(said)
        assert guarded.published != [], said


@virtual_time.instantly
async def test_of_many_things_the_forbidden_one_is_left_out_and_named(tmp_path: Path) -> None:
    guarded = home(tmp_path, things=[{"match": "Hall Lamp", "forbid": True}])
    said = await guarded.says("turn on all lights")
    assert {topic for topic, _ in guarded.published} == {"z/spot-1/set", "z/attic-lamp/set"}
    assert said.endswith("I'm not allowed to turn on the Hall Lamp.")


@virtual_time.instantly
async def test_a_match_that_fits_several_things_restricts_them_all_and_names_none(tmp_path: Path) -> None:
    announced = {**ANNOUNCED, "homeassistant/light/x/config": {**device("Hall Lamp"), "unique_id": "hall-2"}}
    thing = {"match": "Hall Lamp", "name": "Corner", "forbid": True}
    guarded = GuardedHome(tmp_path, announced=announced, entities=[], things=[thing])
    assert misfits(guarded) == [("things.0.match", "ambiguous")]
    assert {it.id for it in guarded.home.watch.model.entities if it.forbidden} == {"light.hall-lamp", "light.hall-2"}
    assert not any(it.name == "Corner" for it in guarded.home.watch.model.entities)


@virtual_time.instantly
async def test_what_fits_nothing_is_told(tmp_path: Path) -> None:
    guarded = home(
        tmp_path,
        things=[{"match": "Nothing"}, {"match": "Heater"}],
        groups=[{"name": "Both", "members": ["Heater", "None"]}],
        floors=[{"name": "upstairs", "areas": ["Attic", "Nowhere"]}],
    )
    assert misfits(guarded) == [
        ("things.0.match", "unknown"),
        ("groups.0.members.1", "unknown"),
        ("floors.0.areas.1", "unknown"),
    ]
    assert all(isinstance(it, Misfit) and it.message and it.hint for it in guarded.home.watch.misfits)


# Groups and floors


@virtual_time.instantly
async def test_a_command_to_a_group_is_the_commands_of_its_members(tmp_path: Path) -> None:
    guarded = home(
        tmp_path, groups=[{"name": "cosy lights", "aliases": ["the glow"], "members": ["Spot 1", "hall-lamp"]}]
    )
    said = await guarded.says("turn on the cosy lights")
    assert [topic for topic, _ in guarded.published] == ["z/spot-1/set", "z/hall-lamp/set"]
    assert "didn't confirm" in said, "the states of the members count"
    await guarded.says("set the glow to 40 percent")
    assert [topic for topic, _ in guarded.published] == ["z/spot-1/set", "z/hall-lamp/set"]
    await guarded.says("turn on all lights")
    assert [topic for topic, _ in guarded.published] == ["z/spot-1/set", "z/hall-lamp/set", "z/attic-lamp/set"]


@virtual_time.instantly
async def test_a_group_tells_what_its_members_do(tmp_path: Path) -> None:
    guarded = home(tmp_path, groups=[{"name": "cosy lights", "members": ["Spot 1", "Hall Lamp"]}])
    for state in ("ON", "OFF"):
        await guarded.home.states.feed("z/hall-lamp", f'{{"state": "{state}", "brightness": 255}}'.encode())
        await guarded.home.states.feed("z/spot-1", b'{"state": "OFF"}')
        on = state == "ON"
        assert (await guarded.says("are the cosy lights on")).startswith("Yes" if on else "No")


@virtual_time.instantly
async def test_what_a_member_may_not_the_group_may_not(tmp_path: Path) -> None:
    guarded = home(
        tmp_path,
        groups=[
            {"name": "all doors", "members": ["Cellar Door"]},
            {"name": "cosy lights", "members": ["Spot 1", "Hall Lamp"]},
        ],
        things=[{"match": "Hall Lamp", "forbid": ["on"]}],
        unlock="code",
    )
    assert (await guarded.says("unlock the all doors")).startswith("Say the code to unlock the Cellar Door")
    assert guarded.published == []
    said = await guarded.says("turn on the cosy lights")
    assert [topic for topic, _ in guarded.published] == ["z/spot-1/set"]
    assert said.endswith("I'm not allowed to turn on the Hall Lamp.")


@virtual_time.instantly
async def test_a_lock_or_a_cover_is_in_no_group_with_lamps(tmp_path: Path) -> None:
    guarded = home(
        tmp_path, groups=[{"name": "downstairs", "members": ["Spot 1", "Cellar Door", "Skylight", "Heater"]}]
    )
    await guarded.says("turn off downstairs", "yes")
    assert {topic for topic, _ in guarded.published} <= {"z/spot-1/set", "z/heater/set"}
    assert misfits(guarded) == [("groups.0.members", "unknown")] * 2


@virtual_time.instantly
async def test_a_floor_is_its_rooms(tmp_path: Path) -> None:
    guarded = home(
        tmp_path,
        things=[{"match": "Spot 1", "area": "Bedroom"}],
        floors=[{"name": "upstairs", "areas": ["Attic", "bedroom"]}],
    )
    await guarded.says("turn on the lights upstairs")
    assert {topic for topic, _ in guarded.published} == {"z/spot-1/set", "z/attic-lamp/set"}


@pytest.mark.parametrize(
    "settings",
    [
        {"things": [{"match": "a", "forbid": ["fly"]}]},
        {"things": [{"match": ""}]},
        {"things": [{"match": "a", "name": "x"}, {"match": "b", "name": "X"}]},
        {"things": [{"match": "a", "aliases": ["x"]}], "groups": [{"name": "x", "members": ["b"]}]},
        {"groups": [{"name": "x", "members": []}]},
        {"floors": [{"name": "one", "areas": ["Hall"]}, {"name": "two", "areas": ["hall"]}]},
        {"unlock": "perhaps"},
        {"disarm": True},
    ],
)
def test_settings_that_contradict_themselves_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        HomeSettings.model_validate(settings)
