"""A command that may still be unfinished: what it would answer is known, and nothing is done."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from edge.events import Intent, SlotValue
from edge.nlu.grammar_sources import KNOWN_INTENTS
from edge.runtime import virtual_time
from tests.fakes.resident import Resident

SAID: list[tuple[str, dict[str, SlotValue]]] = [
    ("HassGetCurrentTime", {}),
    ("HassStartTimer", {"minutes": 5, "name": "tea"}),
    ("HassCancelTimer", {"name": "pasta"}),
    ("HassPauseTimer", {"name": "pasta"}),
    ("HassIncreaseTimer", {"minutes": 3, "name": "pasta"}),
    ("HassTimerStatus", {}),
    ("HassCancelAllTimers", {}),
    ("EdgeSetAlarm", {"hour": 7, "minute": 30}),
    ("EdgeCancelAllAlarms", {}),
    ("HassSetVolume", {"volume_level": 30}),
    ("HassSetVolumeRelative", {"volume_step": "up"}),
    ("HassMediaPlayerMute", {}),
    ("HassTurnOn", {"name": "Kitchen light"}),
    ("HassTurnOff", {"domain": "light", "area": "Living Room"}),
    ("HassLightSet", {"name": "Floor lamp", "brightness": 40}),
    ("EdgeRepeat", {}),
    ("HassNobodyKnows", {}),
]


NONSENSE: list[dict[str, SlotValue]] = [{}, {"name": "pasta"}, {"name": 3, "hour": "y", "volume_level": "z"}]


async def resident(folder: Path) -> Resident:
    """Somebody with a pasta timer and an alarm."""
    somebody = Resident(folder)
    await somebody.reply("HassStartTimer", minutes=10, name="pasta")
    await somebody.reply("EdgeSetAlarm", hour=6, minute=15)
    somebody.speaker.last_reply = "Paris."
    return somebody


def all_of(somebody: Resident) -> object:
    """Everything that a command can change."""
    return (
        list(somebody.publisher.published),
        somebody.speaker.volume,
        somebody.speaker.last_reply,
        somebody.schedule.timers.all(),
        somebody.schedule.alarms.all(),
        somebody.file.read_bytes(),
    )


@pytest.mark.parametrize(("intent", "slots"), SAID)
@virtual_time.instantly
async def test_what_is_rehearsed_is_what_is_said_in_the_end(
    intent: str, slots: dict[str, SlotValue], tmp_path: Path
) -> None:
    somebody = await resident(tmp_path)
    before = all_of(somebody)
    rehearsed = await somebody.home.rehearse(Intent(intent, slots))
    assert all_of(somebody) == before
    assert await somebody.home.act(Intent(intent, slots)) == rehearsed


@virtual_time.instantly
async def test_rehearsing_changes_nothing_whatever_the_intent_and_is_not_logged(tmp_path: Path) -> None:
    somebody = await resident(tmp_path)
    before = all_of(somebody)
    with capture_logs() as logs:
        for intent in sorted(KNOWN_INTENTS):
            for slots in NONSENSE:
                await somebody.home.rehearse(Intent(intent, slots))
    assert all_of(somebody) == before
    assert logs == []


@virtual_time.instantly
async def test_a_home_that_cannot_be_reached_is_found_out_when_it_is_asked(tmp_path: Path) -> None:
    somebody = await resident(tmp_path)
    somebody.publisher.away = True
    switch_on = Intent("HassTurnOn", {"name": "Kitchen light"})
    rehearsed = await somebody.home.rehearse(switch_on)
    assert rehearsed is not None
    assert rehearsed.text == "Kitchen light on."
    said = await somebody.home.act(switch_on)
    assert said is not None
    assert said.text != rehearsed.text
