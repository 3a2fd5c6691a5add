"""Which things a command is for: never another one, never more than was said, never a number that is out of range."""

from pathlib import Path

import pytest

from edge.events import Intent, SlotValue
from edge.runtime import virtual_time
from edge.settings import EntitySettings
from tests.fakes.resident import Resident


def thing(name: str, area: str | None = None, domain: str = "light", **more: object) -> EntitySettings:
    return EntitySettings.model_validate(
        {"name": name, "area": area, "domain": domain, "topic": name.strip(" +"), **more}
    )


@virtual_time.instantly
async def test_of_names_that_are_said_alike_it_is_asked_which_is_meant(tmp_path: Path) -> None:
    resident = Resident(tmp_path, entities=(thing("Light +", "Hall"), thing("Light", "Attic"), thing("Lamp Two")))
    assert await resident.says("HassTurnOn", name="light") == "Which one: Light + in the Hall or Light in the Attic?"
    assert resident.publisher.published == []
    assert await resident.says("HassTurnOn", name="light", area="Attic") == "Light on."
    assert await resident.says("HassTurnOff", name="Light +") == "Light + off."
    assert await resident.says("HassTurnOn", name="lamp 2") == "Lamp Two on."


@virtual_time.instantly
async def test_rooms_that_are_spelled_differently_are_one_room(tmp_path: Path) -> None:
    resident = Resident(
        tmp_path, entities=(thing("A", "Living-Room"), thing("B", "living room"), thing("C", "Zone 2.4"))
    )
    await resident.says("HassTurnOn", domain="light", area="Living Room")
    assert resident.publisher.published == [("A", "ON"), ("B", "ON")]


@pytest.mark.parametrize(
    ("intent", "slots", "reply"),
    [
        ("HassTurnOn", {}, "Which one? Say its name or its room."),
        ("HassTurnOff", {}, "Which one? Say its name or its room."),
        ("HassTurnOn", {"naem": "TV"}, "Which one? Say its name or its room."),
        ("HassLightSet", {"brightness": 40}, "Which one? Say its name or its room."),
        ("HassFanSetSpeed", {"percentage": 40}, "Which one? Say its name or its room."),
        ("HassClimateSetTemperature", {"temperature": 20}, "Which one? Say its name or its room."),
        ("HassSetPosition", {"position": 40}, "Which one? Say its name or its room."),
        ("HassTurnOn", {"domain": "cover", "nam": "Blinds"}, "I don't know how to do that yet."),
        ("HassTurnOff", {"domain": "light", "room": "Kitchen"}, "I don't know how to do that yet."),
        ("HassTurnOff", {"domain": "lihgt"}, "I don't know how to do that yet."),
    ],
)
@virtual_time.instantly
async def test_a_missing_or_misspelt_slot_switches_nothing(
    intent: str, slots: dict[str, SlotValue], reply: str, tmp_path: Path
) -> None:
    resident = Resident(tmp_path)
    assert await resident.says(intent, **slots) == reply
    assert resident.publisher.published == []


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("HassTurnOn", {"name": "front door", "domain": "cover"}),
        ("HassTurnOff", {"name": "front door", "domain": "cover"}),
        ("HassTurnOn", {"name": "garage door", "domain": "lock"}),
        ("HassTurnOff", {"name": "garage door", "domain": "lock"}),
        ("HassTurnOn", {"name": "blinds", "domain": "light"}),
    ],
)
@virtual_time.instantly
async def test_a_verb_for_another_kind_of_thing_moves_no_door_and_no_lock(
    intent: str, slots: dict[str, SlotValue], tmp_path: Path
) -> None:
    resident = Resident(tmp_path)
    said = await resident.says(intent, **slots)
    assert said in {
        "I can only lock and unlock Front door.",
        "I can only open and close Garage door.",
        "I can only open and close Blinds, and set its position.",
    }
    assert resident.publisher.published == []


@virtual_time.instantly
async def test_all_blinds_are_not_the_garage_door(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("HassTurnOn", domain="cover") == "Opening Blinds."
    assert resident.publisher.published == [("blinds", "OPEN")]


@pytest.mark.parametrize(
    ("intent", "slots", "reply"),
    [
        ("HassLightSet", {"name": "Floor lamp", "brightness": 150}, "I can set the brightness from 0 to 100 percent."),
        ("HassLightSet", {"name": "Floor lamp", "brightness": 101}, "I can set the brightness from 0 to 100 percent."),
        ("HassLightSet", {"name": "Floor lamp", "brightness": -1}, "I can set the brightness from 0 to 100 percent."),
        ("HassSetPosition", {"name": "Blinds", "position": 130}, "I can set the position from 0 to 100 percent."),
        ("HassFanSetSpeed", {"name": "Ceiling fan", "percentage": 300}, "I can set the speed from 0 to 100 percent."),
        ("HassSetVolume", {"name": "TV", "volume_level": 120}, "I can set the volume from 0 to 100 percent."),
        ("HassSetVolume", {"volume_level": 120}, "I can set the volume from 0 to 100 percent."),
        ("HassSetVolume", {"volume_level": -5}, "I can set the volume from 0 to 100 percent."),
        (
            "HassClimateSetTemperature",
            {"name": "Thermostat", "temperature": 95},
            "I can set the temperature from 5 to 35 degrees.",
        ),
        (
            "HassClimateSetTemperature",
            {"domain": "climate", "temperature": -5},
            "I can set the temperature from 5 to 35 degrees.",
        ),
    ],
)
@virtual_time.instantly
async def test_a_number_out_of_range_is_refused_with_the_range(
    intent: str, slots: dict[str, SlotValue], reply: str, tmp_path: Path
) -> None:
    resident = Resident(tmp_path)
    assert await resident.says(intent, **slots) == reply
    assert resident.publisher.published == []
    assert resident.speaker.volume == 60


@virtual_time.instantly
async def test_the_range_of_a_thing_is_that_of_its_settings(tmp_path: Path) -> None:
    heating = thing("Heating", domain="climate", set_topic="heat", minimum=41, maximum=95)
    lamp = thing("Lamp", set_topic="lamp", minimum=10)
    resident = Resident(tmp_path, entities=(heating, lamp))
    assert (
        await resident.says("HassClimateSetTemperature", name="Heating", temperature=72) == "Heating set to 72 degrees."
    )
    assert await resident.says("HassClimateSetTemperature", name="Heating", temperature=20) == (
        "I can set the temperature from 41 to 95 degrees."
    )
    assert await resident.says("HassLightSet", name="Lamp", brightness=5) == (
        "I can set the brightness from 10 to 100 percent."
    )
    with pytest.raises(ValueError, match="minimum must be less than maximum"):
        thing("Lamp", minimum=100)


@virtual_time.instantly
async def test_several_commands_are_carried_out_in_order_each_with_its_result(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    both = Intent("HassTurnOn", {"name": "Kitchen light"}, then=(Intent("HassStartTimer", {"minutes": 10}),))
    rehearsed = await resident.home.rehearse(both)
    assert resident.publisher.published == []
    said = await resident.home.act(both)
    assert said is not None
    assert said.text == "Kitchen light on. Timer set for 10 minutes."
    assert said == rehearsed
    assert resident.publisher.published == [("kitchen/light/set", "ON")]


@virtual_time.instantly
async def test_of_several_commands_those_that_fail_are_said_and_the_others_are_done(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    resident.publisher.unreachable = {"bedroom/lamp/set"}
    said = await resident.home.act(
        Intent(
            "HassTurnOn",
            {"name": "attic fan"},
            then=(
                Intent("HassTurnOff", {"name": "Bedroom lamp"}),
                Intent("EdgeNotUnderstood", {"said": "sing"}),
                Intent("EdgeStop"),
                Intent("HassTurnOn", {"name": "Kitchen light"}),
            ),
        )
    )
    assert said is not None
    assert said.text == (
        "I don't know anything called attic fan. I can't reach your home right now. I didn't understand: sing."
        " Kitchen light on."
    )
    assert resident.publisher.published == [("kitchen/light/set", "ON")]


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("Kitchen light", "I can only turn Kitchen light on and off, and set its brightness."),
        ("ceiling lamp", "I can only turn Ceiling lamp on and off."),
        ("Garage door", "I can only open and close Garage door."),
        ("Front door", "I can only lock and unlock Front door."),
        ("Movie night", "I can only start Movie night."),
        ("Thermostat", "I can only turn Thermostat on and off, and set its temperature."),
        ("disco ball", "I don't know anything called disco ball."),
    ],
)
@virtual_time.instantly
async def test_what_cannot_be_done_with_a_thing_is_answered_with_what_can(
    name: str, reply: str, tmp_path: Path
) -> None:
    resident = Resident(tmp_path)
    assert await resident.says("EdgeNotUnderstood", name=name) == reply


@virtual_time.instantly
async def test_a_thing_is_found_however_its_name_is_said(tmp_path: Path) -> None:
    names = ("Kid's lamp", "TV/AV", "Zone 2.4", "Zone 24", "2nd floor lamp")
    resident = Resident(tmp_path, entities=tuple(thing(name) for name in names))
    for said, name in (
        ("kids lamp", "Kid's lamp"),
        ("kid's lamp", "Kid's lamp"),
        ("tv av", "TV/AV"),
        ("zone 2.4", "Zone 2.4"),
        ("zone 24", "Zone 24"),
        ("second floor lamp", "2nd floor lamp"),
    ):
        assert await resident.says("HassTurnOn", name=said) == f"{name} on."
