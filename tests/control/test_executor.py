"""Commands act at once, whatever is being spoken; texts to say wait for their turn."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from edge.audio.volume import OutputVolume
from edge.control import (
    Announce,
    Answer,
    Ask,
    CancelAlarm,
    CancelTimer,
    Command,
    Done,
    Listen,
    Mute,
    Queued,
    Reload,
    Restart,
    Say,
    SetAlarm,
    SetEscalation,
    SetTimer,
    SetVolume,
    SetWakeWord,
    SpeakerStatus,
    Spoken,
    Status,
    Stop,
    TimerList,
    Timers,
)
from edge.control.executor import Abilities, Executor
from edge.control.texts import MAX_WAITING_TEXTS
from edge.errors import AudioError, ControlError
from edge.nlu.en.numbers import SMALL
from edge.pipeline import Pipeline
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.schedule import PendingAlarm, PendingTimer, Ring
from edge.schedule.schedule import TimerSchedule
from edge.schedule.when import When
from edge.settings import Escalate
from edge.telemetry import StateChanges
from edge.tts.earcons import load_earcon
from tests.fakes.engines import SILENT
from tests.fakes.language import ENGLISH
from tests.fakes.speaker import FakeSpeaker, speaker

LONG = " ".join(["word"] * 100)
"""Takes ten seconds to say."""

RING = Ring("timer", "pasta", "Your pasta timer is done.")


@dataclass
class World:
    clock: VirtualClock
    speaking: FakeSpeaker
    output: OutputVolume
    schedule: TimerSchedule
    executor: Executor

    @property
    def pipeline(self) -> Pipeline:
        return self.speaking.pipeline

    @property
    def states(self) -> list[StateChanges]:
        return self.speaking.telemetry.states


@asynccontextmanager
async def world(state: Path, *, seconds: float = 120, abilities: Abilities | None = None) -> AsyncIterator[World]:
    clock = VirtualClock()
    async with speaker([(SILENT, seconds * 1000)], [], clock=clock, run=False) as speaking:
        telemetry = speaking.telemetry
        output = OutputVolume(speaking.sink, state, 60, on_change=lambda percent: telemetry.state(volume=percent))
        schedule = TimerSchedule(clock, None, ENGLISH.replies)
        executor = Executor(speaking.pipeline, output, schedule, telemetry, state=state, abilities=abilities)
        await executor.restore()
        texts = asyncio.create_task(executor.speak_texts())
        yield World(clock, speaking, output, schedule, executor)
        texts.cancel()
        await asyncio.wait({texts})
        await executor.aclose()
        await output.aclose()


@instantly
async def test_stop_mute_and_volume_act_at_once_while_a_text_is_spoken(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert await it.executor.execute(Say(LONG)) == Queued(1)
        await it.clock.sleep(2)
        assert it.speaking.telemetry.phases[-1] == "speaking"
        began = it.clock.monotonic()
        assert await it.executor.execute(Mute(True)) == SpeakerStatus(muted=True, volume=60)
        assert await it.executor.execute(SetVolume(5)) == SpeakerStatus(muted=True, volume=5)
        assert it.speaking.sink.volume == 5
        assert it.speaking.sink.flushed == []  # neither of them ends the text
        assert await it.executor.execute(Stop()) == Done()
        assert it.clock.monotonic() == began
        assert it.speaking.sink.flushed == [began]
        assert {"muted": True} in it.states
        assert {"volume": 5} in it.states


@instantly
async def test_a_text_and_then_stop_during_a_ring_ends_the_ring_and_the_text_is_not_said(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        ringing = asyncio.create_task(it.pipeline.ring(RING))
        await it.clock.sleep(2)
        await it.executor.execute(Say("Dinner is ready."))
        await it.clock.sleep(1)
        began = it.clock.monotonic()
        await it.executor.execute(Stop())
        await ringing
        assert it.clock.monotonic() == began
        await it.clock.sleep(30)
        assert "Dinner is ready." not in it.speaking.tts.said


@instantly
async def test_texts_are_said_one_after_another_and_a_full_queue_refuses(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await it.executor.execute(Say("First."))
        await it.clock.sleep(0.01)
        for number in range(MAX_WAITING_TEXTS):
            assert await it.executor.execute(Say(f"Number {SMALL[number]}.")) == Queued(number + 1)
        with pytest.raises(ControlError) as caught:
            await it.executor.execute(Say("Too many."))
        assert caught.value.code == "say-queue-full"
        await it.clock.sleep(30)
        assert it.speaking.tts.said == ["First.", *(f"Number {word}." for word in SMALL[:MAX_WAITING_TEXTS])]


@instantly
async def test_stop_forgets_the_texts_that_wait_and_later_ones_are_said(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        waiting = [asyncio.create_task(it.executor.execute(Say(text, wait=True))) for text in (LONG, "Second.")]
        await it.clock.sleep(2)
        await it.executor.execute(Stop())
        assert await asyncio.gather(*waiting) == [Spoken(stopped=True), Spoken(stopped=True)]
        assert await it.executor.execute(Say("Third.", wait=True)) == Spoken(stopped=False)
        assert "Second." not in it.speaking.tts.said
        assert it.speaking.tts.said[-1] == "Third."


@instantly
async def test_who_waits_for_a_text_is_told_when_it_was_heard(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        began = it.clock.monotonic()
        assert await it.executor.execute(Say(LONG, wait=True)) == Spoken(stopped=False)
        assert it.clock.monotonic() - began == pytest.approx(it.speaking.sink.position_s, abs=0.5)
        assert it.clock.monotonic() - began > 5


@instantly
async def test_the_mute_outlives_a_restart(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert not it.pipeline.muted
        await it.executor.execute(Mute(True))
    async with world(tmp_path) as it:
        assert it.pipeline.muted
        await it.pipeline.idle()
        assert it.speaking.sink.written == []  # no sound of it at the start, which may be at night
        assert await it.executor.execute(Status()) == SpeakerStatus(muted=True, volume=60)
        with pytest.raises(AudioError) as caught:
            await it.executor.execute(Listen())
        assert caught.value.code == "microphone-muted"
        await it.executor.execute(Mute(False))
    async with world(tmp_path) as it:
        assert not it.pipeline.muted


@pytest.mark.parametrize("content", ["", "{", '"yes"', "1", "[]"])
def test_a_damaged_mute_file_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "muted.json").write_text(content)

    @instantly
    async def muted() -> bool:
        async with world(tmp_path) as it:
            return it.pipeline.muted

    assert not muted()


@instantly
async def test_listen_begins_a_turn(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert await it.executor.execute(Listen()) == Done()
        await it.clock.sleep(1)
        assert it.speaking.telemetry.phases == ["listening"]


@instantly
async def test_a_question_is_answered_and_spoken_only_on_demand(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        reply = await it.executor.execute(Ask("turn on the light"))
        assert isinstance(reply, Answer)
        assert reply.record.reply == "Done HassTurnOn."
        assert it.speaking.heard() == ""
        await it.executor.execute(Ask("turn on the light", speak=True))
        assert it.speaking.heard() == "Done HassTurnOn."


@instantly
async def test_timers_and_alarms_are_listed(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        it.schedule.timers.start(600, "pasta")
        it.schedule.alarms.set(When(7, 30, "am", "every day"))
        await it.clock.sleep(60)
        alarm = PendingAlarm(1, datetime(2026, 3, 3, 7, 30), frozenset(range(7)), "alarm")  # noqa: DTZ001 - alarms have no zone
        timer = PendingTimer(1, "pasta timer", 600, 540.0, paused=False)
        assert await it.executor.execute(Timers()) == TimerList((timer,), (alarm,))


@instantly
async def test_an_announcement_waits_its_turn_after_a_chime_and_an_urgent_one_does_not_wait(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        await it.executor.execute(Say(LONG))
        await it.clock.sleep(1)
        assert await it.executor.execute(Announce("Dinner is ready.")) == Queued(1)
        assert await it.executor.execute(Announce("Fire!", "urgent", earcon=False)) == Queued(1)
        await it.clock.sleep(30)
        assert it.speaking.heard().endswith(" Fire! Dinner is ready.")
        assert len(it.speaking.sink.flushed) == 1, "the first text was cut"
        assert [it.speech for it in it.speaking.sink.written].count(load_earcon("announcement")) == 1


@instantly
async def test_stop_drops_urgent_announcements_too(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        for _ in range(3):
            await it.executor.execute(Announce("Fire!", "urgent"))
        await it.clock.sleep(0.1)
        await it.executor.execute(Stop())
        await it.clock.sleep(30)
        assert it.speaking.heard() == ""


@instantly
async def test_an_announcement_in_another_language_is_refused(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        assert await it.executor.execute(Announce("Hello.", language="en")) == Queued(1)
        with pytest.raises(ControlError) as caught:
            await it.executor.execute(Announce("Hallo.", language="de"))
        assert caught.value.code == "language-unsupported"


@instantly
async def test_timers_and_alarms_are_set_and_cancelled(tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        reply = await it.executor.execute(SetTimer(600, "pasta"))
        assert isinstance(reply, TimerList)
        assert [timer.label for timer in reply.timers] == ["pasta timer"]
        reply = await it.executor.execute(SetAlarm("07:30", (0, 4), "gym"))
        assert isinstance(reply, TimerList)
        assert [alarm.days for alarm in reply.alarms] == [frozenset({0, 4})]
        assert await it.executor.execute(CancelTimer(reply.timers[0].id)) == TimerList((), reply.alarms)
        assert await it.executor.execute(CancelAlarm()) == TimerList((), ())


def chosen(it: World) -> str | None:
    return it.pipeline.wake_word


@instantly
async def test_a_wake_word_is_chosen_and_kept(tmp_path: Path) -> None:
    abilities = Abilities(wake_words=("alexa", "hey jarvis"))
    async with world(tmp_path, abilities=abilities) as it:
        await it.executor.execute(SetWakeWord("alexa"))
        assert chosen(it) == "alexa"
        assert {"wake_word": "alexa"} in it.states
        with pytest.raises(ControlError) as caught:
            await it.executor.execute(SetWakeWord("computer"))
        assert caught.value.code == "wake-word-unknown"
    async with world(tmp_path, abilities=abilities) as it:
        assert chosen(it) == "alexa"
        await it.executor.execute(SetWakeWord("all"))
        assert chosen(it) is None
    async with world(tmp_path, abilities=Abilities(wake_words=("hey jarvis",))) as it:
        assert chosen(it) is None


@instantly
async def test_a_command_lets_fewer_questions_go_to_the_cloud_but_never_more_than_the_settings(tmp_path: Path) -> None:
    modes: list[Escalate] = []

    async def escalate(mode: Escalate) -> None:
        modes.append(mode)

    async with world(tmp_path, abilities=Abilities(escalations=("never", "ask"), escalate=escalate)) as it:
        await it.executor.execute(SetEscalation("never"))
        assert {"escalate": "never"} in it.states
        with pytest.raises(ControlError) as caught:
            await it.executor.execute(SetEscalation("prefer"))
        assert caught.value.code == "escalation-refused"
    async with world(
        tmp_path, abilities=Abilities(escalations=("never", "ask", "hard-only", "prefer"), escalate=escalate)
    ):
        pass
    async with world(tmp_path, abilities=Abilities(escalate=escalate)) as it:
        with pytest.raises(ControlError):
            await it.executor.execute(SetEscalation("never"))
    assert modes == ["never", "never"], "the second start restored it"


@instantly
async def test_a_saved_mode_with_a_former_name_still_keeps_questions_from_the_cloud(tmp_path: Path) -> None:
    modes: list[Escalate] = []

    async def escalate(mode: Escalate) -> None:
        modes.append(mode)

    (tmp_path / "escalate.json").write_text('"hard"', encoding="utf-8")
    allowed = Abilities(escalations=("never", "ask", "hard-only", "prefer"), escalate=escalate)
    async with world(tmp_path, abilities=allowed):
        pass
    assert modes == ["hard-only"]


@pytest.mark.parametrize(("command", "code"), [(Reload(), "reload-unavailable"), (Restart(), "restart-unavailable")])
@instantly
async def test_what_nothing_could_carry_out_is_refused(command: Command, code: str, tmp_path: Path) -> None:
    async with world(tmp_path) as it:
        with pytest.raises(ControlError) as caught:
            await it.executor.execute(command)
        assert caught.value.code == code
