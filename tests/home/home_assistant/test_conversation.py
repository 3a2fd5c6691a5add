"""What people say to a home whose things are in Home Assistant: the calls that come out, and the replies."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from edge.nlu.spoken_grammar import open_grammar
from edge.runtime.clock import SystemClock
from edge.settings import DeviceSettings, Settings
from tests.fakes.home_assistant import FakeHomeAssistant, a_house
from tests.home.home_assistant.house import house


def events(_service: str, _entity: str, data: Any) -> dict[str, Any]:
    """Bins today, a dentist tomorrow at three, and what is none."""
    today = SystemClock().now().replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    known = [
        (tomorrow, {"start": tomorrow.replace(hour=15).isoformat(), "end": "", "summary": "Dentist"}),
        (today, {"start": today.date().isoformat(), "end": tomorrow.date().isoformat(), "summary": "Bin day"}),
        (tomorrow, {"start": "soon", "summary": "Nonsense"}),
        (tomorrow, {"start": tomorrow.isoformat(), "summary": None}),
    ]
    first, last = (datetime.fromisoformat(data[key]) for key in ("start_date_time", "end_date_time"))
    return {"events": [event for day, event in known if first < day + timedelta(hours=16) and day < last]}


def obedient() -> FakeHomeAssistant:
    """A house whose things do what they are told, with items and a forecast."""
    home = a_house()
    items = [
        {"summary": "Milk", "uid": "m", "status": "needs_action"},
        {"summary": "Oat bread", "uid": "o", "status": "needs_action"},
        {"summary": "Tea", "uid": "t", "status": "completed"},
    ]
    home.answers["todo.get_items"] = lambda *_: {"items": items}

    def forecast(_service: str, _entity: str, data: Any) -> dict[str, Any]:
        if data["type"] != "daily":
            return {"forecast": []}
        noon = SystemClock().now().replace(hour=12, minute=0)
        days = [("rainy", 10, 3, 80), ("sunny", 14.4, 6, 5), ("snowy", 1, -4, 40)]
        return {
            "forecast": [
                {
                    "datetime": (noon + timedelta(days=number)).isoformat(),
                    "condition": condition,
                    "temperature": high,
                    "templow": low,
                    "precipitation_probability": chance,
                }
                for number, (condition, high, low, chance) in enumerate(days)
            ]
        }

    home.answers["weather.get_forecasts"] = forecast
    home.answers["calendar.get_events"] = events
    states = {
        "turn_on": "on",
        "turn_off": "off",
        "media_pause": "paused",
        "media_play": "playing",
        "unlock": "unlocked",
        "open_cover": "opening",
    }

    def act(service: str, entity: str, data: Any) -> None:
        action = service.partition(".")[2]
        if entity.startswith("todo"):
            return
        told = {key: data[key] for key in ("volume_level", "is_volume_muted", "temperature") if key in data}
        if "brightness_pct" in data:
            told["brightness"] = round(data["brightness_pct"] * 2.55)
        home.set(entity, states.get(action, home.states[entity][0]), **told)

    home.on_call = act
    return home


SAID: list[tuple[str, str, list[tuple[str, str, Any]]]] = [
    ("turn on the kitchen ceiling", "Kitchen ceiling on.", [("light.turn_on", "light.kitchen_ceiling", {})]),
    ("turn on the big light", "Kitchen ceiling on.", [("light.turn_on", "light.kitchen_ceiling", {})]),
    (
        "set the bed lamp to 40 percent",
        "Bed lamp set to 40 percent.",
        [("light.turn_on", "light.bed_lamp", {"brightness_pct": 40})],
    ),
    (
        "turn off the lights upstairs",
        "First floor lights off.",
        [("light.turn_off", "light.bed_lamp", {}), ("light.turn_off", "light.mirror", {})],
    ),
    (
        "turn off the lights on the top floor",
        "First floor lights off.",
        [("light.turn_off", "light.bed_lamp", {}), ("light.turn_off", "light.mirror", {})],
    ),
    ("turn on the lights downstairs", "Kitchen ceiling on.", [("light.turn_on", "light.kitchen_ceiling", {})]),
    ("turn on the lights in the galley", "Kitchen ceiling on.", [("light.turn_on", "light.kitchen_ceiling", {})]),
    ("open the blinds on the first floor", "I couldn't find any blinds or doors on the First floor.", []),
    ("turn on the secret lamp", "I don't know anything called secret lamp.", []),
    ("start movie night", "Starting Movie night.", [("scene.turn_on", "scene.movie", {})]),
    ("run bedtime", "Starting Bedtime.", [("script.turn_on", "script.bedtime", {})]),
    (
        "set the thermostat to 21 degrees",
        "Lounge thermostat set to 21 degrees.",
        [("climate.set_temperature", "climate.lounge", {"temperature": 21.0})],
    ),
    ("what is the temperature in the lounge", "It's 19.5 degrees in the Lounge.", []),
    ("what is the temperature in the garden", "It's 9.5 degrees in the Garden.", []),
    ("is the front door locked", "Yes. Front door is locked.", []),
    ("where is anna", "Anna is at home.", []),
    ("unlock the front door", "Do you really want to unlock the Front door? Say yes or no.", []),
    ("open the garage door", "Do you really want to open the Garage door? Say yes or no.", []),
    # weather
    ("what's the weather", "It's 12 degrees and rainy.", []),
    ("is it raining", "Yes. It's 12 degrees and rainy.", []),
    ("is it sunny outside", "No. It's 12 degrees and rainy.", []),
    ("how warm is it outside", "It's 12 degrees and rainy.", []),
    (
        "what's the weather like tomorrow",
        "Tomorrow: sunny, 6 to 14 degrees. The chance of rain is 5 percent.",
        [("weather.get_forecasts", "weather.home", {"type": "daily"})],
    ),
    (
        "will it rain tomorrow",
        "No. Tomorrow: sunny, 6 to 14 degrees. The chance of rain is 5 percent.",
        [("weather.get_forecasts", "weather.home", {"type": "daily"})],
    ),
    (
        "do i need an umbrella today",
        "Yes. Today: rainy, 3 to 10 degrees. The chance of rain is 80 percent.",
        [("weather.get_forecasts", "weather.home", {"type": "daily"})],
    ),
    # calendars
    ("what's on my calendar today", "Today: Bin day.", [("calendar.get_events", "calendar.family", ...)]),
    (
        "do i have any appointments tomorrow",
        "Tomorrow: Dentist at 3 PM.",
        [("calendar.get_events", "calendar.family", ...)],
    ),
    (
        "when is my next appointment",
        "Next: Dentist, tomorrow at 3 PM.",
        [("calendar.get_events", "calendar.family", ...)],
    ),
    ("what is on the family calendar", "Today: Bin day.", [("calendar.get_events", "calendar.family", ...)]),
    (
        "what do i have tonight",
        "There is nothing on the calendar tonight.",
        [("calendar.get_events", "calendar.family", ...)],
    ),
    # lists
    (
        "add milk to my shopping list",
        "Added milk to the shopping list.",
        [("todo.add_item", "todo.shopping", {"item": "milk"})],
    ),
    (
        "put batteries on the grocery list",
        "Added batteries to the shopping list.",
        [("todo.add_item", "todo.shopping", {"item": "batteries"})],
    ),
    (
        "add wash the car to the to do list",
        "Added wash the car to Chores.",
        [("todo.add_item", "todo.chores", {"item": "wash the car"})],
    ),
    (
        "what's on my shopping list",
        "On the shopping list: Milk and Oat bread.",
        [("todo.get_items", "todo.shopping", {})],
    ),
    (
        "check oat bread off my shopping list",
        "Ticked off Oat bread on the shopping list.",
        [
            ("todo.get_items", "todo.shopping", {}),
            ("todo.update_item", "todo.shopping", {"item": "o", "status": "completed"}),
        ],
    ),
    (
        "remove milk from the shopping list",
        "Removed Milk from the shopping list.",
        [("todo.get_items", "todo.shopping", {}), ("todo.remove_item", "todo.shopping", {"item": ["m"]})],
    ),
    (
        "remove caviar from the shopping list",
        "I can't find caviar on the shopping list.",
        [("todo.get_items", "todo.shopping", {})],
    ),
    ("what's on the packing list", "You don't have a packing list.", []),
    # what is left out
    ("what's the weather in paris", "I only know the weather here: now, today, tomorrow and on the next days.", []),
    ("add dentist to my calendar", "I can only read your calendar.", []),
    ("clear my shopping list", "I can add to your lists, read them, and tick things off.", []),
    (
        "play some jazz",
        "I can pause, skip, change the volume and say what is playing, but I can't choose what to play.",
        [],
    ),
    # floors
    (
        "turn off everything upstairs",
        "First floor devices off.",
        [
            ("light.turn_off", "light.bed_lamp", {}),
            ("light.turn_off", "light.mirror", {}),
            ("switch.turn_off", "switch.heater", {}),
        ],
    ),
    ("are any lights on upstairs", "Yes. All lights are on: Bed lamp and Mirror light.", []),
    ("which lights are on downstairs", "None of the lights are on.", []),
    ("close the blinds downstairs", "I couldn't find any blinds or doors on the Ground floor.", []),
    (
        "dim the lights on the first floor to 30 percent",
        "Bed lamp set to 30 percent.",
        [("light.turn_on", "light.bed_lamp", {"brightness_pct": 30})],
    ),
    # media players
    ("pause", "Television paused.", [("media_player.media_pause", "media_player.tv", {})]),
    ("pause the music", "Television paused.", [("media_player.media_pause", "media_player.tv", {})]),
    ("resume the kitchen radio", "Kitchen radio is playing.", [("media_player.media_play", "media_player.radio", {})]),
    ("next song", "Next on Television.", [("media_player.media_next_track", "media_player.tv", {})]),
    ("what's playing", "Television is playing The News.", []),
    ("what is playing in the kitchen", "Nothing is playing.", []),
    (
        "set the television volume to 30 percent",
        "Television set to 30 percent.",
        [("media_player.volume_set", "media_player.tv", {"volume_level": 0.3})],
    ),
    (
        "turn up the television",
        "Television set to 50 percent.",
        [("media_player.volume_set", "media_player.tv", {"volume_level": 0.5})],
    ),
    (
        "turn down the volume in the kitchen",
        "Kitchen radio set to 30 percent.",
        [("media_player.volume_set", "media_player.radio", {"volume_level": 0.3})],
    ),
    (
        "mute the television",
        "Television muted.",
        [("media_player.volume_mute", "media_player.tv", {"is_volume_muted": True})],
    ),
    ("set the volume to 30 percent", "Volume 30 percent.", []),
    ("volume up", "Volume 70 percent.", []),
]


async def test_what_is_said_becomes_calls_and_true_replies(tmp_path: Path) -> None:
    wrong = []
    for said, reply, calls in SAID:
        home = obedient()
        async with house(home, tmp_path) as speaker:
            found = await speaker.says(said)
            made = [
                (service, entity, ... if service == "calendar.get_events" else data)
                for service, entity, data in speaker.calls()
            ]
        if (found, made) != (reply, calls):
            wrong.append((said, found, made))
    assert wrong == []


async def test_a_risky_command_is_carried_out_after_a_yes_and_dropped_after_a_no(tmp_path: Path) -> None:
    async with house(obedient(), tmp_path) as speaker:
        await speaker.says("open the garage door")
        assert await speaker.says("no") == "Okay, I leave it as it is."
        assert speaker.calls() == []
        await speaker.says("unlock the front door")
        assert await speaker.says("yes") == "Unlocking Front door."
        assert speaker.calls() == [("lock.unlock", "lock.front_door", {})]
        assert await speaker.says("is the front door locked") == "No. Front door is unlocked."


REFUSED = {
    "what's the weather": "I don't know the weather. For that I need a weather entity of Home Assistant.",
    "will it rain tomorrow": "I don't know the weather. For that I need a weather entity of Home Assistant.",
    "add milk to my shopping list": "I have no lists. For that I need a to-do list of Home Assistant.",
    "put batteries on the grocery list": "I have no lists. For that I need a to-do list of Home Assistant.",
    "what's on my shopping list": "I have no lists. For that I need a to-do list of Home Assistant.",
    "add dentist to my calendar": "I see no calendar. For that I need one of Home Assistant. I can set a reminder.",
    "pause the music": "I can't control what is playing yet.",
    "next song": "I can't control what is playing yet.",
    "resume the playlist": "I can't play music yet.",
}


async def test_without_such_entities_the_refusals_stay(tmp_path: Path) -> None:
    home = FakeHomeAssistant()
    home.add("light.desk", "off", name="Desk lamp")
    async with house(home, tmp_path) as speaker:
        assert {said: await speaker.says(said) for said in REFUSED} == REFUSED
        assert speaker.calls() == []


async def test_a_player_that_only_switches_is_not_said_to_play(tmp_path: Path) -> None:
    home = FakeHomeAssistant()
    home.add("media_player.old", "on", {"supported_features": 128 | 256}, name="Old television")
    async with house(home, tmp_path) as speaker:
        for said in ("pause the music", "pause the old television", "next song"):
            assert await speaker.says(said) == "I can't control what is playing yet."
        assert await speaker.says("play some jazz") == "I can't play music yet."
        assert await speaker.says("turn off the old television") != ""
        assert speaker.calls() == [("media_player.turn_off", "media_player.old", {})]


async def test_a_thing_that_does_not_report_the_change_is_doubted(tmp_path: Path) -> None:
    async with house(a_house(), tmp_path) as speaker:
        assert await speaker.says("turn on the kitchen ceiling") == "I sent it, but Kitchen ceiling didn't confirm."


async def test_a_service_that_home_assistant_refuses_did_not_work(tmp_path: Path) -> None:
    home = a_house()
    home.refused["light.turn_on"] = "home_assistant_error"
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("turn on the kitchen ceiling") == "Sorry, that didn't work."


async def test_a_list_that_cannot_be_read_is_not_made_up(tmp_path: Path) -> None:
    home = a_house()
    home.answers["todo.get_items"] = lambda *_: {"items": "milk"}
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("what's on my shopping list") == "Sorry, that didn't work."
    home.refused["todo.get_items"] = "service_validation_error"
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("what's on my shopping list") == "Sorry, that didn't work."


@pytest.mark.parametrize("answer", [{}, {"forecast": [{"datetime": "soon"}, 5, {"condition": ["sunny"]}]}])
async def test_a_forecast_without_the_day_is_not_made_up(tmp_path: Path, answer: dict[str, Any]) -> None:
    home = a_house()
    home.answers["weather.get_forecasts"] = lambda *_: answer
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("what's the weather like tomorrow") == "I have no forecast for tomorrow."


async def test_of_hours_a_day_is_made(tmp_path: Path) -> None:
    home = a_house()
    home.states["weather.home"][1]["supported_features"] = 2
    midnight = SystemClock().now().replace(hour=0, minute=0) + timedelta(days=1)
    home.answers["weather.get_forecasts"] = lambda *_: {
        "forecast": [
            {
                "datetime": (midnight + timedelta(hours=hour)).isoformat(),
                "condition": "cloudy" if hour < 8 else "sunny",
                "temperature": hour,
                "precipitation_probability": hour,
            }
            for hour in range(24)
        ]
    }
    async with house(home, tmp_path) as speaker:
        reply = await speaker.says("what's the weather like tomorrow")
    assert reply == "Tomorrow: sunny, 0 to 23 degrees. The chance of rain is 23 percent."


async def test_which_list_is_asked_where_several_fit(tmp_path: Path) -> None:
    home = a_house()
    home.add("todo.other", "0", {"supported_features": 15}, name="Groceries")
    async with house(home, tmp_path) as speaker:
        assert await speaker.says("put flour on the grocery list") == "Which one: Shopping list or Groceries?"
        assert await speaker.says("groceries") == "Added flour to Groceries."


async def test_a_reply_that_is_known_is_rehearsed_and_has_no_effect(tmp_path: Path) -> None:
    async with house(obedient(), tmp_path) as speaker:
        for said, expected in (
            ("add milk to my shopping list", "Added milk to the shopping list."),
            ("pause the music", "Television paused."),
            ("will it rain tomorrow", None),
        ):
            intent = speaker.decide(said).intent
            assert intent is not None
            reply = await speaker.home.actions.rehearse(intent)
            assert (reply and reply.text) == expected
        assert speaker.calls() == []


async def test_spoken_and_typed_sentences_mean_the_same(tmp_path: Path) -> None:
    async with house(a_house(), tmp_path) as speaker:
        grammar = open_grammar(Settings(device=DeviceSettings(area="Lounge")), speaker.home.names)
        typed = {said: speaker.decide(said) for said, _, _ in SAID}
    wrong = [
        (said, decision.intent, spoken)
        for said, decision in typed.items()
        if decision.reason == "intent" and (spoken := grammar.match(said)) != decision.intent
    ]
    assert wrong == []
    assert len([decision for decision in typed.values() if decision.reason == "intent"]) > 40
