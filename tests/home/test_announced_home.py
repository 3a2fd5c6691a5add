"""A home that announced itself, in use: commands and their confirmation, risky commands, questions, and who is away."""

import asyncio
from pathlib import Path

import pytest

from edge.events import AS_SPELLED, SlotValue
from edge.home.acting.execute import CONFIRM_S
from edge.home.intents.things import CONFIRM_WITHIN_S
from edge.runtime import virtual_time
from tests.fakes.home_broker import HomeBroker, opened
from tests.home.announced_home import announced_home

Slots = dict[str, SlotValue]
NOTHING = "There is nothing to confirm any more. Please say the command again."


@pytest.mark.parametrize(
    ("intent", "slots", "reply", "sent"),
    [
        ("HassTurnOn", {"name": "Lamp"}, "Lamp on.", [("lamp/set", "ON")]),
        (
            "HassLightSet",
            {"name": "Lamp", "brightness": 40},
            "Lamp set to 40 percent.",
            [("lamp/bri", "102"), ("lamp/set", "ON")],
        ),
        ("HassTurnOff", {"domain": "light", "area": "Kitchen"}, "Lamp off.", [("lamp/set", "OFF")]),
        ("HassTurnOn", {"name": "Blind"}, "Opening Blind.", [("blind/set", "OPEN")]),
        ("HassTurnOn", {"name": "Front door", "domain": "lock"}, "Locking Front door.", [("door/set", "LOCK")]),
        ("HassClimateSetTemperature", {"temperature": 22}, "Which one? Say its name or its room.", []),
        (
            "HassClimateSetTemperature",
            {"temperature": 99, "area": "Kitchen"},
            "I can set the temperature from 7 to 35 degrees.",
            [],
        ),
        (
            "EdgeAdjust",
            {"what": "brightness", "direction": "up", "name": "Lamp"},
            "Lamp set to 20 percent.",
            [("lamp/bri", "51"), ("lamp/set", "ON")],
        ),
        ("HassTurnOff", {"domain": "light", "area": "Attic"}, "I couldn't find any lights in the Attic.", []),
        ("HassTurnOn", {"name": "Zzz"}, "I don't know anything called Zzz.", []),
    ],
)
@virtual_time.instantly
async def test_a_command_that_is_confirmed_at_once(
    intent: str, slots: Slots, reply: str, sent: list[tuple[str, str]], tmp_path: Path
) -> None:
    async with opened(await announced_home(), tmp_path) as home:
        began = home.clock.monotonic()
        assert await home.says(intent, **slots) == reply
        assert home.sent == sent
        assert home.clock.monotonic() == began


@virtual_time.instantly
async def test_what_a_thing_does_not_confirm_is_not_claimed(tmp_path: Path) -> None:
    broker = await announced_home()
    broker.devices.clear()
    async with opened(broker, tmp_path) as home:
        began = home.clock.monotonic()
        assert await home.says("HassTurnOn", name="Lamp") == "I sent it, but Lamp didn't confirm."
        assert home.clock.monotonic() - began == pytest.approx(CONFIRM_S)
        assert await home.says("HassLightSet", name="Spot", color="red") == "I sent it, but Spot didn't confirm."
        assert await home.says("HassTurnOn", name="Spot") == "Spot on.", "it was on, and says so"


@virtual_time.instantly
async def test_a_light_that_reports_no_colour_confirms_by_being_on(tmp_path: Path) -> None:
    async with opened(await announced_home(), tmp_path) as home:
        assert await home.says("HassLightSet", name="Spot", color="red") == "Spot has a new colour."


@virtual_time.instantly
async def test_a_late_confirmation_counts_and_that_of_another_thing_does_not(tmp_path: Path) -> None:
    broker = await announced_home()
    broker.devices.clear()
    async with opened(broker, tmp_path) as home:
        saying = asyncio.create_task(home.says("HassTurnOn", name="Lamp"))
        await asyncio.sleep(1)
        await broker.receive("gate/state", b"ON")
        await broker.receive("lamp/state", b"what?")
        await asyncio.sleep(0.5)
        assert not saying.done()
        await broker.receive("lamp/state", b"ON")
        assert await saying == "Lamp on."


@pytest.mark.parametrize(("kind", "reply"), [("shade", "Opening all shades."), ("", "Opening all covers.")])
@virtual_time.instantly
async def test_all_of_a_kind_are_called_by_their_kind(kind: str, reply: str, tmp_path: Path) -> None:
    broker = await announced_home()
    more = {"name": "Shade", "unique_id": "shade", "command_topic": "shade/set", "device_class": "shade"}
    await broker.keep("homeassistant/cover/shade/config", more)
    await broker.keep("homeassistant/cover/shade2/config", {**more, "unique_id": "shade2", "name": "Roller"})
    async with opened(broker, tmp_path) as home:
        class_: Slots = {"device_class": kind} if kind else {}
        assert await home.says("HassTurnOn", domain="cover", **class_) == reply


@virtual_time.instantly
async def test_what_has_stopped_is_open_or_closed_by_its_position(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:
        await broker.receive("blind/state", b"stopped")
        assert await home.says("HassGetState", name="Blind") == "Blind is stopped."
        await broker.receive("blind/pos", b"40")
        assert await home.says("HassGetState", name="Blind", state="open") == "Yes. Blind is open."
        await broker.receive("blind/pos", b"0")
        assert await home.says("HassGetState", name="Blind", state="open") == "No. Blind is closed."


@virtual_time.instantly
async def test_a_thing_that_neither_reports_nor_was_heard_of_is_not_claimed_to_have_done_it(tmp_path: Path) -> None:
    broker = HomeBroker()
    bell = {"name": "Bell", "unique_id": "bell", "command_topic": "bell/do", "availability_topic": "bell/up"}
    await broker.keep("homeassistant/button/bell/config", bell)
    async with opened(broker, tmp_path) as home:
        assert await home.says("HassTurnOn", name="Bell") == "I sent it, but Bell didn't confirm."
        await broker.keep("bell/up", "online")
        assert await home.says("HassTurnOn", name="Bell") == "Pressed Bell."
        assert home.sent == [("bell/do", "PRESS")] * 2
        await broker.keep("bell/up", "offline")
        assert await home.says("HassTurnOn", name="Bell") == "Bell is offline."


@virtual_time.instantly
async def test_of_several_things_each_is_reported_as_it_is(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:
        await broker.keep("spot/up", "offline")
        assert await home.says("HassTurnOff", domain="light", area="Hall") == "Spot is offline."
        await home.says("HassTurnOn", name="Lamp")
        all_but_the_gate: Slots = {"domain": "light", "except": "Gate"}
        assert await home.says("HassTurnOff", **all_but_the_gate) == "Lamp off. Spot is offline."
        broker.refused.add("lamp/set")
        await broker.keep("spot/up", "online")
        reply = await home.says("HassTurnOff", **all_but_the_gate)
        assert "Lamp" in reply
        assert "off." not in reply, "the lamp was not reached, and the spot did not confirm"
        assert await home.says("HassTurnOn", name="Lamp") == "I can't reach your home right now."


@pytest.mark.parametrize(
    ("intent", "slots", "question", "done", "message"),
    [
        (
            "HassTurnOff",
            {"name": "Front door", "domain": "lock"},
            "Do you really want to unlock the Front door? Say yes or no.",
            "Unlocking Front door.",
            ("door/set", "UNLOCK"),
        ),
        (
            "HassTurnOn",
            {"name": "Garage door", "domain": "cover"},
            "Do you really want to open the Garage door? Say yes or no.",
            "Opening Garage door.",
            ("garage/set", "OPEN"),
        ),
        (
            "HassTurnOn",
            {"name": "Gate"},
            "Do you really want to turn on the Gate? Say yes or no.",
            "Gate on.",
            ("gate/set", "ON"),
        ),
        (
            "HassTurnOn",
            {"name": "Siren"},
            "Do you really want to turn on the Siren? Say yes or no.",
            "Siren on.",
            ("siren/set", '{"state": "ON"}'),
        ),
    ],
)
@virtual_time.instantly
async def test_a_risky_command_asks_first_and_is_carried_out_once(
    intent: str, slots: Slots, question: str, done: str, message: tuple[str, str], tmp_path: Path
) -> None:
    async with opened(await announced_home(), tmp_path) as home:
        assert await home.says(intent, **slots) == question
        assert home.sent == []
        assert await home.says("EdgeConfirm") == done
        assert home.sent == [message]
        assert await home.says("EdgeConfirm") == NOTHING
        assert await home.says(intent, **slots) == question
        await home.says("HassGetState", name="Lamp")
        assert await home.says("EdgeConfirm") == NOTHING, "something else was said in between"
        assert await home.says(intent, **slots) == question
        await asyncio.sleep(CONFIRM_WITHIN_S + 1)
        assert await home.says("EdgeConfirm") == NOTHING
        assert home.sent == [message]


@virtual_time.instantly
async def test_a_harmless_name_does_not_hide_a_risky_message(tmp_path: Path) -> None:
    broker = await announced_home()
    twin = {"name": "Party", "unique_id": "party", "command_topic": "door/set", "payload_on": "UNLOCK"}
    await broker.keep("homeassistant/switch/party/config", twin)
    async with opened(broker, tmp_path) as home:
        assert await home.says("HassTurnOn", name="Party") == "Do you really want to turn on the Party? Say yes or no."
        assert home.sent == []


@virtual_time.instantly
async def test_a_risky_thing_that_is_removed_before_the_yes_is_commanded_no_more_than_once(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:
        await home.says("HassTurnOff", name="Front door", domain="lock")
        await broker.keep("homeassistant/lock/door/config")
        await asyncio.sleep(2)
        assert await home.says("EdgeConfirm") == "I sent it, but Front door didn't confirm."
        assert await home.says("EdgeConfirm") == NOTHING
        assert home.sent == [("door/set", "UNLOCK")]


@virtual_time.instantly
async def test_a_measurement_is_told_only_while_it_is_one(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:

        async def warm() -> str:
            return await home.says("EdgeMeasure", measure="temperature", area="Kitchen")

        assert await warm() == "Warm hasn't reported its state."
        await broker.keep("warm/state", "21.5")
        assert await warm() == "It's 21.5 degrees in the Kitchen."
        await broker.keep("warm/up", "offline")
        assert await warm() == "Warm is offline."
        humid = await home.says("EdgeMeasure", measure="humidity", area="Kitchen")
        assert humid == "I don't know the humidity of the Kitchen: nothing there reports it."


@virtual_time.instantly
async def test_questions_about_many_things_leave_out_what_is_offline(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:

        async def lights(ask: str) -> str:
            return await home.says("HassGetState", domain="light", state="on", ask=ask)

        assert await lights("any") == "Yes. Spot is on."
        assert await lights("how_many") == "1. Spot is on."
        await broker.keep("spot/up", "offline")
        assert await lights("any") == "Lamp is off. Spot is offline."
        await broker.keep("lamp/up", "offline")
        assert await lights("any") == "Lamp and Spot are offline."
        windows: Slots = {"device_class": "window", "state": "open", "ask": "any"}
        assert await home.says("HassGetState", **windows) == "Window hasn't reported its state."
        await broker.keep("win/state", "ON")
        assert await home.says("HassGetState", **windows) == "Yes. Window is open."


@virtual_time.instantly
async def test_people_and_settings_are_told_as_they_are_reported(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:
        assert await home.says("HassGetState", domain="person") == "I don't know who is at home."
        await broker.keep("alex/state", "home")
        assert await home.says("HassGetState", domain="person") == "Yes, Alex is at home."
        kim = {"name": "Kim phone", "unique_id": "kim", "state_topic": "kim/state", "device": {"ids": "kim"}}
        await broker.keep("homeassistant/device_tracker/kim/config", kim)
        await broker.keep("alex/state", "not_home")
        await asyncio.sleep(3)
        away = "Alex is away. Kim phone hasn't reported its state."
        assert await home.says("HassGetState", domain="person") == away
        assert await home.says("EdgeSetting", what="target-temperature") == "Heating hasn't reported its state."
        await broker.keep("heat/state", "20")
        assert await home.says("EdgeSetting", what="target-temperature") == "Heating is at 20 degrees."
        up: Slots = {"what": "temperature", "direction": "up", "area": "Kitchen"}
        assert "21" in await home.says("EdgeAdjust", **up)
        assert home.sent == [("heat/set", "21")]


@virtual_time.instantly
async def test_one_of_two_namesakes_is_meant_by_its_room(tmp_path: Path) -> None:
    broker = await announced_home()
    twin = {"name": "Lamp", "unique_id": "x", "command_topic": "x/set", "device": {"ids": "x", "sa": "Attic"}}
    await broker.keep("homeassistant/light/x/config", twin)
    async with opened(broker, tmp_path, area="Hall") as home:
        asked = await home.says("HassTurnOn", name="Lamp")
        assert asked == "Which one: Lamp in the Kitchen or Lamp in the Attic?"
        which: Slots = {"name": "Lamp", "area": "Attic", AS_SPELLED: 1}
        await home.says("HassTurnOn", **which)
        assert home.sent == [("x/set", "ON")]


@virtual_time.instantly
async def test_the_names_are_told_once_for_each_change_of_them(tmp_path: Path) -> None:
    broker = await announced_home()
    async with opened(broker, tmp_path) as home:
        count = len(home.names)
        await broker.keep("lamp/state", "ON")
        lock = {"name": "Front door", "unique_id": "door", "command_topic": "door/other", "state_topic": "door/state"}
        await broker.keep("homeassistant/lock/door/config", {**lock, "device": {"ids": "door", "sa": "Hall"}})
        await asyncio.sleep(3)
        assert len(home.names) == count, "the same names"
        assert await home.says("HassTurnOn", name="Front door") != ""
        assert home.sent[-1] == ("door/other", "LOCK")
        assert home.names[-1] is home.home.names
        assert home.names[-1].here == "Kitchen"
        assert {area.name for area in home.names[-1].areas} == {"Kitchen", "Hall", "Garage", "Garden"}
