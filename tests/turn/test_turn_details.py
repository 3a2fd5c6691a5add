"""What one turn leaves behind: its record, its counters, its cues, and no task."""

import asyncio
from typing import Unpack

import pytest

from edge.events import FRAME_SAMPLES, AudioFrame, Intent, WakeDetected
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from edge.telemetry import StateChanges
from edge.tts.earcons import load_earcon
from tests.fakes.engines import SILENT, VOICED, WAKE, FakeStt
from tests.fakes.speaker import FakeChat, FakeSpeaker, speaker

COMMAND = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 320.0), (VOICED, 960.0), (SILENT, 3200.0)]
ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))


def tasks() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks()}


def listening_cues(speaking: FakeSpeaker) -> int:
    return sum(written.speech is load_earcon("listening") for written in speaking.sink.written)


@instantly
async def test_a_turn_that_failed_does_not_go_on_without_the_wake_word() -> None:
    class Crashing(FakeStt):
        def next_text(self) -> str:
            if len(self._texts) == 2:
                self._texts.pop(0)
                raise RuntimeError("out of memory")
            return super().next_text()

    script = [*COMMAND[:-1], (SILENT, 1600.0), (VOICED, 960.0), (SILENT, 9600.0)]
    stt = Crashing(["lost", "turn on the light"])
    async with speaker(script, [], clock=VirtualClock(), stt=stt) as speaking:
        pass
    assert [turn.outcome for turn in speaking.turns] == ["failed"]
    assert speaking.home.acted == []


@instantly
async def test_a_reply_that_was_prepared_and_never_spoken_is_ended() -> None:
    """Something of ours fails between hearing and answering: the model must not go on writing for no one."""
    clock = VirtualClock()
    chat = FakeChat(clock, ["A long answer that goes on. "] * 100)
    async with speaker(COMMAND, ["tell me a story"], clock=clock, settings=ONE_TURN, local=chat, run=False) as speaking:
        report = speaking.telemetry.state

        def fail(**changes: Unpack[StateChanges]) -> None:
            if changes.get("phase") == "thinking":
                raise RuntimeError("a mistake of ours")
            report(**changes)

        speaking.telemetry.state = fail  # type: ignore[method-assign]
        await clock.sleep(4)
        assert [turn.error for turn in speaking.turns] == ["internal-error"]
        assert chat.stopped_early
        assert "prepare the reply" not in tasks()


@instantly
async def test_prepared_replies_are_counted_and_so_are_those_that_were_dropped() -> None:
    async with speaker(COMMAND, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        pass
    assert speaking.telemetry.counters["speculations"] == 1
    assert speaking.telemetry.counters["speculations_discarded"] == 0


@instantly
async def test_without_a_recogniser_the_apology_is_in_the_record_and_synthesised_once() -> None:
    async with speaker([*COMMAND, *COMMAND], [], clock=VirtualClock(), settings=ONE_TURN, without_stt=True) as speaking:
        pass
    apology = "Sorry, I can't understand speech at the moment."
    assert [turn.reply for turn in speaking.turns] == [apology] * 2
    assert speaking.tts.said == [apology]


@pytest.mark.parametrize("followup_ms", [1000, 3000])
@instantly
async def test_after_a_reply_it_listens_for_the_time_that_is_set_and_gives_no_cue(followup_ms: int) -> None:
    clock = VirtualClock()
    ended: list[float] = []
    settings = Settings(turn=TurnSettings(followup_ms=followup_ms))
    script = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 640.0), (VOICED, 640.0), (SILENT, 9600.0)]
    async with speaker(script, ["turn on the light"], clock=clock, settings=settings) as speaking:
        report = speaking.telemetry.state

        def note(**changes: Unpack[StateChanges]) -> None:
            ended.extend([clock.monotonic()] * (changes.get("phase") == "idle"))
            report(**changes)

        speaking.telemetry.state = note  # type: ignore[method-assign]
    reply_over = speaking.sink.written[-1].at + speaking.sink.written[-1].speech.duration_ms / 1000
    assert ended[-1] - reply_over == pytest.approx(followup_ms / 1000 + 0.15, abs=0.07)
    assert listening_cues(speaking) == 1


class WakeWord:
    """Fires at one frame, and says where the word ended."""

    words: tuple[str, ...] = ("alexa",)
    step_samples = FRAME_SAMPLES

    def __init__(self, *, at_ms: int, word_end_ms: int) -> None:
        self._at, self._word_end = at_ms * 16, word_end_ms * 16

    def stream(self) -> "WakeWord":
        return self

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        found = frame.start == self._at
        return [WakeDetected("alexa", 0.9, frame.end, self._word_end)] if found else []

    def reset(self) -> None:
        pass


@instantly
async def test_the_wake_word_is_not_recognised_with_the_command_when_there_is_a_gap_between_them() -> None:
    # The word from 960 to 1600 ms, a gap of 128 ms, the command for 960 ms.
    script = [(SILENT, 960.0), (VOICED, 640.0), (SILENT, 128.0), (VOICED, 960.0), (SILENT, 3200.0)]
    stt = FakeStt(["turn on the light"], {"turn on the light": Intent("HassTurnOn")})
    async with speaker(
        script, [], clock=VirtualClock(), settings=ONE_TURN, stt=stt, wake=WakeWord(at_ms=1728, word_end_ms=1600)
    ) as speaking:
        pass
    assert speaking.home.acted == ["HassTurnOn"]
    assert 128 + 960 <= max(stt.heard_ms) <= 128 + 960 + 32  # the gap, the command, the frame that shows a pause


@instantly
async def test_the_record_says_why_the_utterance_ended_and_how_sure_the_text_is() -> None:
    clock = VirtualClock()
    async with speaker(COMMAND, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        pass
    assert speaking.turns[0].details["endpoint"] == "silence"
    async with speaker([], [], clock=clock, run=False) as speaking:
        record = await speaking.pipeline.ask("turn on the light", speak=False)
    assert record.confidence == 1.0


@instantly
async def test_a_failed_turn_s_record_says_what_to_do_next() -> None:
    async with speaker(COMMAND, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN, voiceless=True) as it:
        pass
    assert it.turns[0].error == "tts-missing"
    assert it.turns[0].details["hint"] == "the log says why; see docs/speech.md"
