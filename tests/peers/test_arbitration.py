"""Of several speakers that hear the same wake word one answers: the one in whose microphone it stood out most."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import WakeDetected
from edge.peers.arbitration import TAKEN_S, WAIT_S
from edge.runtime import virtual_time
from edge.runtime.virtual_time import instantly
from tests.peers.bus import Bus
from tests.peers.speakers import Speaker, speaker

Hearing = tuple[float, float, float]
"""When a speaker is certain of the wake word (s), its score, and its prominence (dB)."""


def wake(score: float = 0.9, word: str = "alexa") -> WakeDetected:
    return WakeDetected(word, score, 0, 0)


def is_contested(one: Speaker) -> bool:
    return one.peers.arbitration.contested


async def answers(one: Speaker, hearing: Hearing, word: str = "alexa") -> bool:
    at, score, prominence_db = hearing
    await asyncio.sleep(at)
    return not one.peers.arbitration.contested or await one.peers.arbitration.wins(wake(score, word), prominence_db)


async def heard_by(folder: Path, hearings: Sequence[Hearing], *, delay_s: float = 0.005) -> list[bool]:
    """Which of the speakers answer."""
    bus = Bus(delay_s)
    async with AsyncExitStack() as stack:
        home = [await stack.enter_async_context(speaker(bus, folder, f"s{n}")) for n in range(len(hearings))]
        return await asyncio.gather(*(answers(one, hearing) for one, hearing in zip(home, hearings, strict=True)))


@pytest.mark.parametrize(
    ("hearings", "winner"),
    [
        ([(0, 0.9, 20), (0, 0.9, 12)], 0),
        ([(0, 0.9, 12), (0, 0.9, 20)], 1),
        ([(0, 0.8, 20.2), (0, 0.9, 19.8)], 1),  # as loud, to a decibel: the score counts
        ([(0, 0.9, 20), (0, 0.9, 20)], 1),  # any rule will do, if both know it
        ([(0.08, 0.9, 20), (0, 0.9, 12)], 0),  # the nearer one is certain later
        ([(0.3, 0.9, 20), (0, 0.9, 12)], 1),  # too late: the other one has answered
        ([(0, 0.99, 3), (0.02, 0.8, 15), (0.05, 0.7, 31), (0.06, 0.7, 30)], 2),
    ],
)
def test_the_one_that_heard_it_best_answers(hearings: list[Hearing], winner: int, tmp_path: Path) -> None:
    answered = virtual_time.run(heard_by(tmp_path, hearings))
    assert answered == [n == winner for n in range(len(hearings))]


def hearing() -> st.SearchStrategy[Hearing]:
    return st.tuples(st.floats(0, 0.15) | st.floats(0, 0.8), st.floats(0.5, 1), st.floats(0, 40))


@given(hearings=st.lists(hearing(), min_size=2, max_size=5), delay_s=st.floats(0.001, 0.025))
def test_however_they_hear_it_exactly_one_answers(
    hearings: list[Hearing], delay_s: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    answered = virtual_time.run(heard_by(tmp_path_factory.mktemp("home"), hearings, delay_s=delay_s))
    assert sum(answered) == 1


@given(hearings=st.lists(hearing(), min_size=2, max_size=5), delay_s=st.floats(0.001, 3.0))
def test_however_slow_the_broker_is_one_answers_at_least(
    hearings: list[Hearing], delay_s: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert any(virtual_time.run(heard_by(tmp_path_factory.mktemp("home"), hearings, delay_s=delay_s)))


@instantly
async def test_the_decision_takes_a_tenth_of_a_second_at_most_and_none_for_one_that_comes_late(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b") as b:
        began = asyncio.get_running_loop().time()
        assert await a.peers.arbitration.wins(wake(), 20)
        assert asyncio.get_running_loop().time() - began == pytest.approx(WAIT_S)
        await asyncio.sleep(0.1)
        began = asyncio.get_running_loop().time()
        assert not await b.peers.arbitration.wins(wake(), 40)
        assert asyncio.get_running_loop().time() == began
        await asyncio.sleep(TAKEN_S)
        assert await b.peers.arbitration.wins(wake(), 1), "the next wake word is another one"


@instantly
async def test_two_words_are_two_users(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b") as b:
        both = await asyncio.gather(answers(a, (0, 0.9, 20)), answers(b, (0, 0.9, 10), "hey jarvis"))
        assert list(both) == [True, True]


@instantly
async def test_a_lone_speaker_does_not_wait_and_publishes_no_claim(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a:
        assert not is_contested(a)
        async with speaker(bus, tmp_path, "next-door", home="other") as stranger:
            assert not is_contested(a)
            assert not is_contested(stranger)
        async with speaker(bus, tmp_path, "b") as b:
            assert is_contested(a)
            b.mqtt.lose()
            await asyncio.sleep(1)
            assert not is_contested(a), "the other one has lost its connection"
            assert not is_contested(b), "it has lost its own"
    assert bus.on("edge-voice-home/home/wake") == []


@pytest.mark.parametrize(
    "claim",
    [
        b"",
        b"[]",
        b"{",
        b'{"word": "alexa"}',
        b'{"word": "alexa", "score": "0.9", "prominence_db": 99, "taken": true}',
        b'{"word": "alexa", "score": NaN, "prominence_db": 99, "taken": true}',
        b'{"word": "alexa", "score": 1e999, "prominence_db": 99, "taken": true}',
        b'{"word": "alexa", "score": 1, "prominence_db": 100000, "taken": true}',
        b'{"word": "alexa", "score": 1, "prominence_db": 99.5, "taken": true}',
        b'{"word": "alexa", "score": 1, "prominence_db": 99, "taken": 1}',
        b'{"word": "alexa", "score": 1, "prominence_db": 99, "taken": true}' + b" " * 5000,
    ],
)
@instantly
async def test_a_claim_that_is_not_one_is_ignored(claim: bytes, tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b"):
        bus.take("edge-voice-home/home/wake/b", claim, retain=False)
        assert await answers(a, (0.05, 0.9, 10))


@instantly
async def test_a_flood_of_claims_is_bounded(tmp_path: Path) -> None:
    bus = Bus()
    async with speaker(bus, tmp_path, "a") as a, speaker(bus, tmp_path, "b"):
        for n in range(1000):
            fields = {"word": "other", "score": 1, "prominence_db": 99, "taken": True}
            bus.take(f"edge-voice-home/home/wake/x{n}", json.dumps(fields).encode(), retain=False)
        await asyncio.sleep(0.05)
        assert len(a.peers.arbitration._heard) <= 64
        assert await answers(a, (0, 0.9, 10))
