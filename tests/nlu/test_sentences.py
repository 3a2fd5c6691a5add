"""What people say, in the spellings that speech recognisers give it, and the command that it is."""

from typing import Any

import pytest

from edge.events import HERE, Intent
from edge.nlu.delayed import packed
from tests.nlu.conftest import Recognize

Command = tuple[str, dict[str, Any]]

TIME: Command = ("HassGetCurrentTime", {})
DATE: Command = ("HassGetCurrentDate", {})
STOP: Command = ("EdgeStop", {})
NEVERMIND: Command = ("HassNevermind", {})
REPEAT: Command = ("EdgeRepeat", {})
LOUDER: Command = ("HassSetVolumeRelative", {"volume_step": "up", "area": HERE})
QUIETER: Command = ("HassSetVolumeRelative", {"volume_step": "down", "area": HERE})


def volume(percent: int) -> Command:
    return "HassSetVolume", {"volume_level": percent, "area": HERE}


HERE_LIGHTS = {"domain": "light", "area": HERE}
HERE_HEATING = {"domain": "climate", "area": HERE}


def later(intent: str, slots: dict[str, Any], said: str, **when: Any) -> Command:
    return "EdgeLater", {**when, "command": packed(Intent(intent, slots)), "said": said}


def timer(**slots: Any) -> Command:
    return "HassStartTimer", slots


def alarm(hour: int, minute: int = 0, **slots: Any) -> Command:
    return "EdgeSetAlarm", {"hour": hour, "minute": minute, **slots}


def on(**slots: Any) -> Command:
    return "HassTurnOn", slots


def off(**slots: Any) -> Command:
    return "HassTurnOff", slots


SPEAKER: dict[str, Command] = {
    "What time is it?": TIME,
    "what time is it now": TIME,
    "What's the time?": TIME,
    "Tell me the time, please.": TIME,
    "Alexa, what time is it?": TIME,
    "Do you know what time it is?": TIME,
    "What day is it?": DATE,
    "What day is it today?": DATE,
    "What's today's date?": DATE,
    "what is the date": DATE,
    "What day of the week is it?": DATE,
    "What year is it?": ("HassGetCurrentDate", {"asked": "year"}),
    "Stop.": STOP,
    "Stop it!": STOP,
    "Okay, stop.": STOP,
    "stop talking": STOP,
    "Be quiet.": STOP,
    "Shut up!": STOP,
    "That's enough.": STOP,
    "Never mind.": NEVERMIND,
    "Nevermind": NEVERMIND,
    "Forget it.": NEVERMIND,
    "Cancel.": NEVERMIND,
    "Cancel that, please.": NEVERMIND,
    "No, thank you.": NEVERMIND,
    "Repeat that.": REPEAT,
    "Can you repeat that, please?": REPEAT,
    "Say that again.": REPEAT,
    "What did you say?": REPEAT,
    "I didn't hear you.": REPEAT,
    "One more time.": REPEAT,
    "Thank you.": ("EdgeThanks", {}),
    "Thanks a lot!": ("EdgeThanks", {}),
    "What can you do?": ("HassRespond", {"response": "edge:abilities"}),
    "What can I say?": ("HassRespond", {"response": "edge:abilities"}),
    "Are you always listening?": ("HassRespond", {"response": "edge:listening"}),
    "Volume up.": LOUDER,
    "Turn the volume up.": LOUDER,
    "Turn up the volume a little.": LOUDER,
    "Louder, please.": LOUDER,
    "Turn it up": LOUDER,
    "I can't hear you.": LOUDER,
    "volume down": QUIETER,
    "Turn it down a bit.": QUIETER,
    "You're too loud.": QUIETER,
    "Lower the volume.": QUIETER,
    "Increase the volume by twenty percent": ("HassSetVolumeRelative", {"volume_step": 20, "area": HERE}),
    "volume down by 15": ("HassSetVolumeRelative", {"volume_step": -15, "area": HERE}),
    "Set the volume to 30 percent.": volume(30),
    "volume to thirty percent": volume(30),
    "Volume 30%": volume(30),
    "Turn the volume down to twenty-five.": volume(25),
    "Volume five.": volume(50),
    "Max volume.": volume(100),
    "Set the volume to maximum": volume(100),
    "Set volume to one hundred percent": volume(100),
    "Mute.": ("HassMediaPlayerMute", {"area": HERE}),
    "unmute yourself": ("HassMediaPlayerUnmute", {"area": HERE}),
}

TIMERS: dict[str, Command] = {
    "Set a timer for ten minutes.": timer(minutes=10),
    "Set a timer for 10 minutes.": timer(minutes=10),
    "set timer ten minutes": timer(minutes=10),
    "Ten minute timer.": timer(minutes=10),
    "start a 10-minute timer": timer(minutes=10),
    "Could you set a timer for twenty-five minutes, please?": timer(minutes=25),
    "Set a timer for an hour and a quarter.": timer(hours=1, minutes=15),
    "Set a timer for half an hour.": timer(minutes=30),
    "set a half hour timer": timer(minutes=30),
    "A timer for an hour and a half.": timer(hours=1, minutes=30),
    "Set a timer for one and a half hours": timer(hours=1, minutes=30),
    "Set a timer for 1.5 hours": timer(hours=1, minutes=30),
    "timer for three quarters of an hour": timer(minutes=45),
    "Set a timer for two hours and twenty minutes": timer(hours=2, minutes=20),
    "set a timer for 90 seconds": timer(seconds=90),
    "set a timer for a minute and a half": timer(minutes=1, seconds=30),
    "Set a timer for one minute.": timer(minutes=1),
    "Set a timer for an hour.": timer(hours=1),
    "Count down from thirty seconds": timer(seconds=30),
    "Wake me in twenty minutes.": timer(minutes=20),
    "set an alarm in two hours": timer(hours=2),
    "Set a pasta timer for 10 minutes.": timer(name="pasta", minutes=10),
    "set a timer for ten minutes for the pasta": timer(name="pasta", minutes=10),
    "Set a timer called laundry for forty-five minutes.": timer(name="laundry", minutes=45),
    "set a five minute egg timer": timer(name="egg", minutes=5),
    "start a soft boiled egg timer for 6 minutes": timer(name="soft boiled egg", minutes=6),
    "Set another timer for five minutes.": timer(minutes=5),
    "Set a second timer for five minutes.": timer(minutes=5),
    "Set a timer.": timer(),
    "How much time is left on the pasta timer?": ("HassTimerStatus", {"name": "pasta"}),
    "How long is left on my timer?": ("HassTimerStatus", {}),
    "How much time is left?": ("HassTimerStatus", {}),
    "How much longer on the ten minute timer?": ("HassTimerStatus", {"start_minutes": 10}),
    "How long's my rice timer got left?": ("HassTimerStatus", {"name": "rice"}),
    "How much time's left on the timer?": ("HassTimerStatus", {}),
    "When's the rice timer going off?": ("HassTimerStatus", {"name": "rice"}),
    "Is the timer done yet?": ("HassTimerStatus", {}),
    "Good morning, darling.": ("HassRespond", {"response": "edge:good-morning"}),
    "Good night then.": ("HassRespond", {"response": "edge:good-night"}),
    "Evening, everybody.": ("HassRespond", {"response": "edge:good-evening"}),
    "Bye for now.": ("HassRespond", {"response": "edge:goodbye"}),
    "Any timers running?": ("HassTimerStatus", {}),
    "What reminders have I got?": ("EdgeReminderStatus", {}),
    "When does my timer go off?": ("HassTimerStatus", {}),
    "What timers do I have?": ("HassTimerStatus", {}),
    "Are there any timers running?": ("HassTimerStatus", {}),
    "Check the timer.": ("HassTimerStatus", {}),
    "Cancel the timer.": ("HassCancelTimer", {}),
    "Stop the timer!": ("HassCancelTimer", {}),
    "Cancel the pasta timer.": ("HassCancelTimer", {"name": "pasta"}),
    "Cancel the ten minute timer.": ("HassCancelTimer", {"start_minutes": 10}),
    "cancel my one hour fifteen minute timer": ("HassCancelTimer", {"start_hours": 1, "start_minutes": 15}),
    "Delete the timer for half an hour": ("HassCancelTimer", {"start_minutes": 30}),
    "Turn off the timer.": ("HassCancelTimer", {}),
    "Cancel all timers.": ("HassCancelAllTimers", {}),
    "cancel my timers": ("HassCancelAllTimers", {}),
    "Stop all of the timers": ("HassCancelAllTimers", {}),
    "Add five minutes to the pasta timer.": ("HassIncreaseTimer", {"minutes": 5, "name": "pasta"}),
    "add another 5 minutes to my timer": ("HassIncreaseTimer", {"minutes": 5}),
    "Extend the timer by half an hour": ("HassIncreaseTimer", {"minutes": 30}),
    "Take two minutes off the timer.": ("HassDecreaseTimer", {"minutes": 2}),
    "Pause the timer.": ("HassPauseTimer", {}),
    "pause the pasta timer": ("HassPauseTimer", {"name": "pasta"}),
    "Resume the timer.": ("HassUnpauseTimer", {}),
}

ALARMS: dict[str, Command] = {
    "Set an alarm for seven thirty.": alarm(7, 30),
    "Set an alarm for 7:30.": alarm(7, 30),
    "Set an alarm for 7.30": alarm(7, 30),
    "set an alarm for 730": alarm(7, 30),
    "Set an alarm for 7 30 a.m.": alarm(7, 30, meridiem="am"),
    "Set an alarm for 7:30 AM.": alarm(7, 30, meridiem="am"),
    "set an alarm for seven oh five": alarm(7, 5),
    "Wake me at 6 a.m.": alarm(6, meridiem="am", wake=1),
    "Wake me up at half past six.": alarm(6, 30, wake=1),
    "wake me up at quarter to seven tomorrow": alarm(6, 45, day="tomorrow", wake=1),
    "Alarm tomorrow at noon.": alarm(12, meridiem="pm", day="tomorrow"),
    "Set an alarm for tomorrow at seven in the morning": alarm(7, meridiem="am", day="tomorrow"),
    "set an alarm for 6 pm": alarm(6, meridiem="pm"),
    "Set an alarm for 19:45": alarm(19, 45),
    "Set an alarm for eight tonight": alarm(8, meridiem="pm", day="tonight"),
    "set an alarm for nine o'clock": alarm(9),
    "Set an alarm for Monday at 8": alarm(8, day="monday"),
    "Wake me up every weekday at six fifteen": alarm(6, 15, day="weekdays", wake=1),
    "Set a daily alarm for 7 AM": alarm(7, meridiem="am", day="every day"),
    "set an alarm for 10 every Sunday": alarm(10, day="every sunday"),
    "Wake me up every morning at seven": alarm(7, meridiem="am", day="every day", wake=1),
    "set an alarm at midnight": alarm(24),
    "Set an alarm.": ("EdgeSetAlarm", {}),
    "Cancel my alarm.": ("EdgeCancelAlarm", {}),
    "Turn off the alarm.": ("EdgeCancelAlarm", {}),
    "Cancel the 7 AM alarm": ("EdgeCancelAlarm", {"hour": 7, "minute": 0, "meridiem": "am"}),
    "cancel my alarm for tomorrow": ("EdgeCancelAlarm", {"day": "tomorrow"}),
    "Delete the half past six alarm.": ("EdgeCancelAlarm", {"hour": 6, "minute": 30}),
    "Cancel all alarms.": ("EdgeCancelAllAlarms", {}),
    "What alarms do I have?": ("EdgeAlarmStatus", {}),
    "When is my alarm?": ("EdgeAlarmStatus", {}),
    "Do I have an alarm set for tomorrow?": ("EdgeAlarmStatus", {"day": "tomorrow"}),
    "What time is my alarm set for?": ("EdgeAlarmStatus", {}),
}

ENTITIES: dict[str, Command | None] = {
    "Turn on the kitchen light.": on(name="Kitchen light"),
    "turn the kitchen light on": on(name="Kitchen light"),
    "Switch on the kitchen lights": on(domain="light", area="Kitchen"),
    "Alexa, turn off the bedroom lamp": off(name="Bedroom lamp"),
    "Kitchen light off.": off(name="Kitchen light"),
    "Turn on the reading light.": on(name="Floor lamp"),
    "Turn on the light.": on(domain="light", area="Living Room"),
    "lights off": off(domain="light", area="Living Room"),
    "Turn off the lights in the bedroom.": off(domain="light", area="Bedroom"),
    "turn on the bedroom lights": on(domain="light", area="Bedroom"),
    "Turn off all the lights.": off(domain="light"),
    "Turn off the lights everywhere": off(domain="light"),
    "Turn on all the lights in the house.": on(domain="light"),
    "Turn off everything.": off(domain="everything"),
    "turn everything off in the bedroom": off(domain="everything", area="Bedroom"),
    "turn off everything in the bedroom": off(domain="everything", area="Bedroom"),
    "Turn on the coffee machine.": on(name="Coffee machine"),
    "Set the kitchen light to 50%.": ("HassLightSet", {"name": "Kitchen light", "brightness": 50}),
    "Dim the kitchen light to twenty percent": ("HassLightSet", {"name": "Kitchen light", "brightness": 20}),
    "set the kitchen lights to fifty percent": (
        "HassLightSet",
        {"domain": "light", "area": "Kitchen", "brightness": 50},
    ),
    "Dim the lights to 30 percent": ("HassLightSet", {"domain": "light", "area": "Living Room", "brightness": 30}),
    "Set the bedroom lights to 10 percent": ("HassLightSet", {"domain": "light", "area": "Bedroom", "brightness": 10}),
    "set the floor lamp to red": ("HassLightSet", {"name": "Floor lamp", "color": "red"}),
    "Open the blinds.": on(name="Blinds"),
    "close the blinds": off(name="Blinds"),
    "Set the blinds to thirty percent.": ("HassSetPosition", {"name": "Blinds", "position": 30}),
    "Open the garage door.": on(name="Garage door"),
    "Lock the front door.": on(name="Front door"),
    "unlock the front door": off(name="Front door"),
    "Set the thermostat to 21 degrees.": ("HassClimateSetTemperature", {"name": "Thermostat", "temperature": 21}),
    "Set the temperature to twenty one point five degrees": (
        "HassClimateSetTemperature",
        {"temperature": 21.5, "area": "Living Room"},
    ),
    "Set the heating to 19°C": (
        "HassClimateSetTemperature",
        {"temperature": 19, "unit": "°C", "area": "Living Room"},
    ),
    "Activate movie night.": on(name="Movie night"),
    "Movie night.": on(name="Movie night"),
    "Start bedtime": on(name="Bedtime"),
    "Turn on the TV.": on(name="TV"),
    "switch the television off": off(name="TV"),
    "Set the TV volume to 20 percent": ("HassSetVolume", {"name": "TV", "volume_level": 20}),
    "Set the ceiling fan to 40 percent.": ("HassFanSetSpeed", {"name": "Ceiling fan", "percentage": 40}),
    "Is the front door locked?": ("HassGetState", {"name": "Front door", "state": "locked"}),
    "How warm is it in the bedroom?": ("HassClimateGetTemperature", {"area": "Bedroom"}),
    "Kitchen light.": None,
}

UNKNOWN_ENTITIES: dict[str, Command] = {
    "Turn on the kitchen light.": on(name="kitchen light", domain="light"),
    "turn the porch light off please": off(name="porch light", domain="light"),
    "Turn on the light.": on(domain="light", area=HERE),
    "Turn off the lights in the attic": off(name="lights in the attic", domain="light"),
    "Open the garage door": on(domain="cover", device_class="garage", area=HERE),
    "lock the back door": on(name="back door", domain="lock"),
    "Lock the door.": on(domain="lock", area=HERE),
    "Turn on the Christmas tree": on(name="christmas tree", domain="switch"),
    "Set the bedroom lamp to 40 percent": (
        "HassLightSet",
        {"name": "bedroom lamp", "domain": "light", "brightness": 40},
    ),
    "Turn up the heating": (
        "EdgeAdjust",
        {"domain": "climate", "area": HERE, "what": "temperature", "direction": "up"},
    ),
    "Make it warmer": ("EdgeAdjust", {"domain": "climate", "area": HERE, "what": "temperature", "direction": "up"}),
    "Is the back door locked?": ("HassGetState", {"name": "back door", "domain": "cover"}),
    "Did I leave the oven on?": ("HassGetState", {"name": "oven", "domain": "switch"}),
    "Turn off the lamp in ten minutes": later("HassTurnOff", HERE_LIGHTS, "turn off the lamp", minutes=10),
    "In ten minutes, turn off the lamp": later("HassTurnOff", HERE_LIGHTS, "turn off the lamp", minutes=10),
    "Turn on the heating tomorrow": later("HassTurnOn", HERE_HEATING, "turn on the heating", day="tomorrow"),
    "Play some music.": ("HassMediaSearchAndPlay", {"search_query": "some music", "area": HERE}),
    "next song": ("HassMediaNext", {"area": HERE}),
    "Add milk to the shopping list": ("HassShoppingListAddItem", {"item": "milk"}),
    "Add milk to the grocery list": ("EdgeUnsupported", {"what": "lists"}),
    "Remind me to call my mother at five": (
        "EdgeSetReminder",
        {"message": "call my mother", "hour": 5, "minute": 0},
    ),
}


def in_the(area: str, expected: Command | None) -> Command | None:
    """`expected` where the speaker knows its room."""
    return expected and (expected[0], {slot: area if value == HERE else value for slot, value in expected[1].items()})


def check(intent: Intent | None, expected: Command | None) -> None:
    assert (intent and (intent.name, dict(intent.slots))) == expected


@pytest.mark.parametrize(("text", "expected"), [*SPEAKER.items(), *TIMERS.items(), *ALARMS.items(), *ENTITIES.items()])
def test_a_spoken_command_is_understood_with_its_slots(text: str, expected: Command | None, at_home: Recognize) -> None:
    check(at_home(text), in_the("Living Room", expected))


@pytest.mark.parametrize(("text", "expected"), [*SPEAKER.items(), *TIMERS.items(), *ALARMS.items()])
def test_clock_and_volume_need_no_home(text: str, expected: Command, nowhere: Recognize) -> None:
    check(nowhere(text), expected)


@pytest.mark.parametrize(("text", "expected"), UNKNOWN_ENTITIES.items())
def test_a_home_command_is_one_where_nothing_is_configured_too(
    text: str, expected: Command, nowhere: Recognize
) -> None:
    check(nowhere(text), expected)


def test_the_table_is_as_large_as_it_claims() -> None:
    assert len(SPEAKER) + len(TIMERS) + len(ALARMS) + len(ENTITIES) + len(UNKNOWN_ENTITIES) >= 150
