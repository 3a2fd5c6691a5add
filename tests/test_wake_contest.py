"""A wake word that other speakers may have heard: the frames are kept while it is decided who answers."""

import pytest

from edge.events import ReplySentence, WakeDetected
from edge.runtime.virtual_time import VirtualClock, instantly
from edge.settings import Settings, TurnSettings
from tests.fakes.engines import SILENT, VOICED, WAKE
from tests.fakes.speaker import FakeSpeaker, speaker

ONE_TURN = Settings(turn=TurnSettings(followup_ms=0))
AT_ONCE = [(SILENT, 960.0), (WAKE, 32.0), (VOICED, 960.0), (SILENT, 3200.0)]
"""The command follows the wake word without a pause."""


SENTENCE = ReplySentence("Dinner is ready at the big table.")


class Arbiter:
    """Decides as told, after a while."""

    def __init__(self, clock: VirtualClock, *, wins: bool, contested: bool = True, after_s: float = 0.1) -> None:
        self.contested = contested
        self.asked: list[float] = []
        self._clock = clock
        self._wins = wins
        self._after_s = after_s

    async def wins(self, wake: WakeDetected, prominence_db: float) -> bool:
        assert wake.word
        self.asked.append(prominence_db)
        await self._clock.sleep(self._after_s)
        return self._wins


async def turn_of(clock: VirtualClock, arbiter: Arbiter | None) -> FakeSpeaker:
    async with speaker(AT_ONCE, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        speaking.pipeline.arbiter = arbiter
    return speaking


@instantly
async def test_the_winner_misses_nothing_and_answers_as_early_as_a_lone_speaker() -> None:
    clock = VirtualClock()
    alone = await turn_of(clock, None)
    arbiter = Arbiter(clock, wins=True)
    contested = await turn_of(clock, arbiter)
    for one in (alone, contested):
        assert [turn.transcript for turn in one.turns] == ["turn on the light"]
        assert one.telemetry.counters["wakes"] == 1
    assert contested.turns[0].first_audio_ms == alone.turns[0].first_audio_ms
    assert len(arbiter.asked) == 1


@instantly
async def test_the_loser_does_nothing_but_count() -> None:
    lost = await turn_of(VirtualClock(), Arbiter(VirtualClock(), wins=False))
    assert lost.turns == []
    assert lost.telemetry.events == []
    assert lost.telemetry.phases == []
    assert lost.telemetry.counters == {"wakes_left_to_others": 1}
    assert lost.sink.written == []


@instantly
async def test_the_loser_goes_on_with_what_it_was_saying() -> None:
    clock = VirtualClock()
    script = [(SILENT, 960.0), (WAKE, 32.0), (SILENT, 6400.0)]
    async with speaker(script, [], clock=clock, settings=ONE_TURN) as speaking:
        speaking.pipeline.arbiter = Arbiter(clock, wins=False)
        await speaking.pipeline.announce(SENTENCE)
    assert speaking.heard() == SENTENCE.text
    assert speaking.sink.flushed == []


@instantly
async def test_a_lone_speaker_is_not_asked() -> None:
    clock = VirtualClock()
    arbiter = Arbiter(clock, wins=False, contested=False)
    assert len((await turn_of(clock, arbiter)).turns) == 1
    assert arbiter.asked == []


@instantly
async def test_a_microphone_that_was_switched_off_meanwhile_hears_nothing() -> None:
    clock = VirtualClock()
    async with speaker(AT_ONCE, ["turn on the light"], clock=clock, settings=ONE_TURN) as speaking:
        arbiter = Arbiter(clock, wins=True, after_s=0.5)
        speaking.pipeline.arbiter = arbiter
        while not arbiter.asked:
            await clock.sleep(0.01)
        await speaking.pipeline.mute(True, cue=False)
    assert speaking.turns == []


@instantly
async def test_a_contest_ends_with_the_speaker() -> None:
    clock = VirtualClock()
    async with speaker(AT_ONCE, [], clock=clock, settings=ONE_TURN, run=False) as speaking:
        speaking.pipeline.arbiter = arbiter = Arbiter(clock, wins=True, after_s=3600)
        while not arbiter.asked:
            await clock.sleep(0.01)
    await clock.sleep(7200)
    assert speaking.turns == []


@pytest.mark.parametrize(("chosen", "turns"), [(None, 1), ("alexa", 1), ("hey jarvis", 0)])
@instantly
async def test_only_the_wake_word_that_was_chosen_begins_a_turn(chosen: str | None, turns: int) -> None:
    async with speaker(AT_ONCE, ["turn on the light"], clock=VirtualClock(), settings=ONE_TURN) as speaking:
        speaking.pipeline.wake_word = chosen
    assert len(speaking.turns) == turns
