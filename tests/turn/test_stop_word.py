"""Listening for "stop" while something is played: it ends the one when it must, and itself always."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from edge.ears import Ears
from edge.ears.detectors import Detectors
from edge.errors import AudioError
from edge.events import NO_CONTEXT, Context, Decision, Match, Transcript
from edge.nlu import open_language
from edge.route import Router
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings
from edge.turn.recognition import Recognition
from edge.turn.stop_word import STOP_INTENTS, StopWord
from tests.fakes.audio import FakeSource
from tests.fakes.engines import SILENT, VOICED, FakeStt, FakeSttStream, FakeVad, FakeWake, sound
from tests.fakes.hosted import hosted
from tests.fakes.speaker import INTENTS


class TableRouter:
    """Decides by the table of the fakes."""

    def decide(self, text: str, match: Match | None = None, context: Context = NO_CONTEXT) -> Decision:  # noqa: ARG002
        intent = match.intent if match is not None else INTENTS.get(text)
        return Decision("home" if intent else "llm", "intent", text, intent)

    def menu(self, text: str) -> None:
        raise NotImplementedError(text)

    def use(self, names: object) -> None:
        raise NotImplementedError

    def escalate(self, mode: object) -> None:
        raise NotImplementedError


class CountingStt(FakeStt):
    """Counts its utterances."""

    streams = 0

    def stream(self) -> FakeSttStream:
        self.streams += 1
        return super().stream()


class Matching(FakeStt):
    """Hears "stop" in whatever it writes."""

    def stream(self) -> FakeSttStream:
        return MatchingStream(self)


class MatchingStream(FakeSttStream):
    def _transcript(self, words: list[str]) -> Transcript:
        said = super()._transcript(words)
        return replace(said, match=Match("stop", INTENTS["stop"], 0.9)) if said.text else said


class Room:
    """Ears that hear a script, and what is played meanwhile."""

    def __init__(
        self, clock: VirtualClock, texts: list[str], *pieces: tuple[float, float], stt: FakeStt | None = None
    ) -> None:
        heard = np.concatenate(sound(*pieces))
        self.clock = clock
        source = FakeSource(clock, {0.0: heard}, seconds=len(heard) / 16_000)
        self.ears = Ears(source, hosted(Detectors(FakeWake(), FakeVad())), clock)
        router: Router = TableRouter()
        recognition = Recognition(hosted(stt or FakeStt(texts)), open_language("en"), Settings(), clock)
        self.stop_word = StopWord(self.ears, recognition, hosted(router))
        self.played_s = 0.0
        self.cut = False
        self._hearing = asyncio.create_task(self.ears.run(on_wake=lambda _: None, on_frame=lambda: None))

    async def play(self, seconds: float) -> None:
        try:
            for _ in range(round(seconds / 0.1)):
                await self.clock.sleep(0.1)
                self.played_s += 0.1
        except asyncio.CancelledError:
            self.cut = True
            raise

    async def close(self) -> None:
        self._hearing.cancel()
        await asyncio.wait({self._hearing})
        assert len(asyncio.all_tasks()) == 1
        assert self.ears._readers == []


@instantly
async def test_what_is_played_to_its_end_ends_the_listening() -> None:
    room = Room(VirtualClock(), [], (SILENT, 6400))
    assert await room.stop_word.guard(room.play(2), STOP_INTENTS) is None
    assert room.played_s == pytest.approx(2)
    await room.close()


@instantly
async def test_stop_ends_what_is_played() -> None:
    room = Room(VirtualClock(), ["stop"], (SILENT, 960), (VOICED, 320), (SILENT, 6400))
    assert await room.stop_word.guard(room.play(6), STOP_INTENTS) is not None
    assert room.cut
    assert 1.2 < room.played_s < 2.6
    await room.close()


@instantly
async def test_stop_that_was_heard_in_the_audio_itself_counts_whatever_its_text_says() -> None:
    room = Room(VirtualClock(), ["stop"], (SILENT, 960), (VOICED, 320), (SILENT, 6400), stt=Matching(["stahp"]))
    assert await room.stop_word.guard(room.play(6), STOP_INTENTS) is not None
    await room.close()


@instantly
async def test_after_a_long_silence_stop_is_still_heard_and_the_recogniser_was_not_begun_anew() -> None:
    clock, stt = VirtualClock(), CountingStt(["stop"])
    room = Room(clock, [], (SILENT, 20_000), (VOICED, 320), (SILENT, 6400), stt=stt)
    assert await room.stop_word.guard(room.play(25), STOP_INTENTS) is not None
    assert stt.streams == 1
    await room.close()


@instantly
async def test_after_other_words_stop_is_still_heard() -> None:
    script = [(SILENT, 960), (VOICED, 640), (SILENT, 1600), (VOICED, 320), (SILENT, 6400)]
    room = Room(VirtualClock(), ["what time is it", "stop"], *script)
    assert await room.stop_word.guard(room.play(9), STOP_INTENTS) is not None
    assert 3.4 < room.played_s < 5
    await room.close()


@instantly
async def test_where_the_microphone_ends_it_is_played_to_its_end() -> None:
    room = Room(VirtualClock(), [], (SILENT, 320))
    assert await room.stop_word.guard(room.play(2), STOP_INTENTS) is None
    assert room.played_s == pytest.approx(2)
    await room.close()


@instantly
async def test_a_fault_of_what_is_played_is_the_caller_s() -> None:
    room = Room(VirtualClock(), [], (SILENT, 6400))

    async def fail() -> None:
        raise AudioError("disk-full", "no space is left")

    with pytest.raises(AudioError, match="disk-full"):
        await room.stop_word.guard(fail(), STOP_INTENTS)
    await room.close()


@instantly
async def test_cancelling_ends_both() -> None:
    room = Room(VirtualClock(), [], (SILENT, 6400))
    guarding = asyncio.create_task(room.stop_word.guard(room.play(6), STOP_INTENTS))
    await room.clock.sleep(1)
    guarding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await guarding
    assert room.cut
    await room.close()


@instantly
async def test_guarding_ends_only_when_what_was_played_has_cleaned_up() -> None:
    room = Room(VirtualClock(), ["stop"], (SILENT, 960), (VOICED, 320), (SILENT, 6400))
    clean = asyncio.Event()

    async def play() -> None:
        try:
            await room.play(6)
        finally:
            await room.clock.sleep(0.5)
            clean.set()

    assert await room.stop_word.guard(play(), STOP_INTENTS) is not None
    assert clean.is_set()
    await room.close()


@instantly
async def test_guarding_ends_only_when_the_recogniser_has_let_go() -> None:
    """The recogniser is at work when the sound is over: the reader is closed when the next turn begins."""
    room = Room(VirtualClock(), ["what time is it"], (VOICED, 6400))
    assert await room.stop_word.guard(room.play(2), STOP_INTENTS) is None
    assert room.ears._readers == []
    await room.close()
