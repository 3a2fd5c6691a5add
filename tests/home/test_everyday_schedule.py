"""What people say to timers, alarms, reminders and the clock, typed: what it does and what is answered."""

import asyncio
import functools
import itertools
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest

from edge.home.alarms import Alarm
from edge.home.timers import Timer
from edge.nlu.hassil_intents import HassilRecognizer
from edge.runtime import virtual_time
from edge.settings import Settings
from tests.fakes.resident import Resident, ZonedClock
from tests.home.everyday_schedule import SENTENCES, Said

BERLIN = ZoneInfo("Europe/Berlin")


@functools.cache
def recognizer() -> HassilRecognizer:
    return HassilRecognizer(Settings())


def shown(resident: Resident) -> tuple[str, ...]:
    """Everything that is set, in the form of `everyday_schedule`."""
    schedule = resident.schedule
    timers = ((timer, f"{timer.name} {schedule.timers.left_s(timer):.0f}") for timer in schedule.timers.all())
    alarms = (
        (alarm, f"{alarm.name} {alarm.at:%Y-%m-%d %H:%M} {''.join(map(str, sorted(alarm.days)))}")
        for alarm in schedule.alarms.all()
    )
    both: itertools.chain[tuple[Timer | Alarm, str]] = itertools.chain(timers, alarms)
    return tuple(text.strip() + (f": {it.message}" if it.message is not None else "") for it, text in both)


async def say(resident: Resident, text: str) -> str | None:
    """What the speaker answers; "to the model" for a text that is no command."""
    intent = recognizer().intent(text)
    if intent is None:
        return "to the model"
    reply = await resident.home.act(intent)
    return reply.text if reply else None


@functools.cache
def outcome(said: Said) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """The answer, and what was set before and after it."""

    async def scenario() -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
        with TemporaryDirectory() as folder:
            resident = Resident(Path(folder), clock=ZonedClock(datetime.fromisoformat(said.at).replace(tzinfo=BERLIN)))
            running = asyncio.create_task(resident.schedule.run(resident.listen)) if said.rings else None
            for text in said.before:
                await say(resident, text)
            await resident.clock.sleep(said.wait)
            before = shown(resident)
            reply = await say(resident, said.text)
            if running is not None:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
            return reply, before, shown(resident)

    return virtual_time.run(scenario())


def as_wanted(said: Said) -> bool:
    reply, before, after = outcome(said)
    return reply == said.reply and after == (before if said.due is None else said.due)


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said.text)
def test_an_everyday_sentence_does_what_it_says(said: Said) -> None:
    reply, before, after = outcome(said)
    assert reply == said.reply
    assert after == (before if said.due is None else said.due)


def test_at_least_95_of_100_everyday_sentences_do_what_was_asked() -> None:
    wrong = [said.text for said in SENTENCES if not as_wanted(said)]
    share = 1 - len(wrong) / len(SENTENCES)
    print(f"\n{len(SENTENCES) - len(wrong)} of {len(SENTENCES)} sentences as wanted: {share:.1%}", *wrong, sep="\n  ")  # noqa: T201 - the measure itself, shown by `pytest -s`
    assert len(SENTENCES) >= 120
    assert share >= 0.95
