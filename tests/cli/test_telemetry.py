"""`edge-voice telemetry tail`, as a user sees it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from edge.cli.telemetry import describe
from edge.runtime.clock import SystemClock
from edge.telemetry import messages
from edge.telemetry.metrics import Metrics
from tests.cli.test_control import Speaker, edge_voice, running
from tests.control.turns import TURN

AT = "2026-11-23T18:04:11.250+01:00"


@asynccontextmanager
async def tailing(
    runtime: Path, *arguments: str
) -> AsyncIterator[tuple[Speaker, "asyncio.Task[tuple[int, str, str]]"]]:
    """A speaker, and the command that has begun to watch it. Leaving ends the speaker."""
    speaker = Speaker()
    async with running(runtime, speaker):
        command = asyncio.create_task(edge_voice(runtime, "telemetry", "tail", *arguments))
        async with asyncio.timeout(20):
            while not len(speaker.tails):  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0.01)
        yield speaker, command
        async with asyncio.timeout(20):
            while any(tail._waiting for tail in speaker.tails._open):  # noqa: ASYNC110 - watched from outside
                await asyncio.sleep(0.01)


def turn(**changes: Any) -> bytes:
    return messages.turn(replace(TURN, **changes), at=AT, transcripts=False)


async def test_records_are_shown_for_a_person(tmp_path: Path) -> None:
    async with tailing(tmp_path) as (speaker, command):
        speaker.tails.put("turn", turn(first_audio_ms=512.0))
        speaker.tails.put("turn", turn(outcome="failed", intent=None, error="llm-missing"))
        speaker.tails.put(
            "event", messages.event("wake", {"word": "alexa", "score": 0.93}, record_id="e", at=AT, transcripts=False)
        )
    status, out, err = await command
    assert out.splitlines() == [
        "18:04:11  turn     answered  home: HassGetCurrentTime  first sound after 512 ms",
        "18:04:11  turn     failed  home: intent  no sound  llm-missing",
        "18:04:11  event    wake  word=alexa  score=0.93",
    ]
    assert status == 1
    assert "daemon-not-answering" in err


async def test_json_is_one_document_for_each_record(tmp_path: Path) -> None:
    async with tailing(tmp_path, "--json") as (speaker, command):
        for number in range(3):
            speaker.tails.put(
                "event", messages.event("wake", {"score": number}, record_id="e", at=AT, transcripts=False)
            )
        speaker.tails.put("turn", turn())
    _, out, _ = await command
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["kind"] for line in lines] == ["event"] * 3 + ["turn"]
    assert [line["record"]["score"] for line in lines[:3]] == [0, 1, 2]
    assert lines[3]["record"] == json.loads(turn())


async def test_without_a_speaker_there_is_one_clear_error(tmp_path: Path) -> None:
    status, out, err = await edge_voice(tmp_path, "telemetry", "tail")
    assert (status, out) == (1, "")
    assert "daemon-not-running" in err


def test_metrics_are_one_line() -> None:
    metrics = Metrics(SystemClock())
    metrics.count("wakes", 3)
    record = json.loads(messages.metrics(metrics.sample(waiting=2), record_id="m"))
    record |= {"at": AT, "cpu_percent_of_core": 3.9, "pss_mb": 262.4, "loop_lag_ms": 4.2}
    assert describe({"kind": "metrics", "record": record}) == (
        "18:04:11  metrics  cpu 3.9 %  memory 262.4 MB  lag 4.2 ms  waiting 2  wakes 3"
    )


KEYS = ("id", "at", "event", "outcome", "answerer", "first_audio_ms", "error", "reply", "counters", "pss_mb", "new")
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(
    kind=st.sampled_from(["turn", "metrics", "event"]) | anything,
    record=st.dictionaries(st.sampled_from(KEYS), anything),
)
def test_whatever_another_version_sends_is_one_line_that_controls_no_terminal(kind: object, record: object) -> None:
    line = describe({"kind": kind, "record": record})
    assert line
    assert line.isprintable()
