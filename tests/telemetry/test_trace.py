"""What a trace viewer is given: spans inside their turn, nothing below zero, nothing that was said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import Intent, Span, TurnRecord
from edge.telemetry.trace import STAGES, chrome_trace

STARTED = datetime(2026, 11, 24, 12, tzinfo=UTC)

TURN = TurnRecord(
    id="t1",
    started_at=STARTED.isoformat(),
    wake_word="alexa",
    transcript="secret words that were said",
    confidence=0.9,
    answerer="home",
    reason="intent",
    intent=Intent("HassTurnOn", {"name": "secret lamp"}),
    reply="The secret reply.",
    outcome="answered",
    stages_ms={"turn": 400.0, "stt": 20.0, "tts": 30.0, "audio": 5.0},
    first_audio_ms=460.0,
    details={"hint": "a secret hint"},
    spans=(
        Span("route", -300.0, -295.0, discarded=True),
        Span("tts", -295.0, -200.0, discarded=True),
        Span("turn", 0.0, 400.0),
        Span("stt", 400.0, 420.0),
        Span("route", 200.0, 205.0),
        Span("home", 420.0, 425.0),
        Span("tts", 205.0, 455.0),
    ),
)


def events(*records: TurnRecord) -> list[dict[str, Any]]:
    document = json.loads(json.dumps(chrome_trace(records), allow_nan=False))
    found: list[dict[str, Any]] = document["traceEvents"]
    return found


def named(found: list[dict[str, Any]], phase: str, name: str) -> dict[str, Any]:
    (one,) = [event for event in found if event["ph"] == phase and event["name"] == name]
    return one


def test_each_span_is_an_event_on_the_track_of_its_stage() -> None:
    found = events(TURN)
    titles = {event["tid"]: event["args"]["name"] for event in found if event["name"] == "thread_name"}
    tts = named(found, "X", "tts")
    assert titles[tts["tid"]] == "tts"
    assert (tts["ts"], tts["dur"]) == (505_000, 250_000)
    assert tts["args"] == {"begin_ms": 205.0, "end_ms": 455.0}
    assert list(titles.values()) == ["turn", "stt", "route", "home", "tts", "audio"]
    assert named(found, "X", "audio")["dur"] == 5_000


def test_the_end_of_speech_the_commit_and_the_first_sound_are_marked() -> None:
    found = events(TURN)
    assert named(found, "i", "end of speech")["ts"] == 300_000
    assert named(found, "i", "commit")["ts"] == 720_000
    assert named(found, "i", "first sound")["ts"] == 760_000


def test_work_in_vain_is_seen_at_once() -> None:
    found = events(TURN)
    vain = [event for event in found if event["ph"] == "X" and event["cat"] == "discarded"]
    assert {event["name"] for event in vain} == {"route (discarded)", "tts (discarded)"}
    assert all(event["cname"] == "grey" for event in vain)
    assert min(event["ts"] for event in vain) == 0
    assert all("cname" not in event for event in found if event.get("cat") == "work")


def test_nothing_that_was_said_is_in_it() -> None:
    failed = replace(TURN, outcome="failed", error="llm-failed", intent=None)
    assert "secret" not in json.dumps(chrome_trace([TURN, failed]))


def test_turns_come_one_after_another_each_as_a_process() -> None:
    later = replace(TURN, started_at=(STARTED + timedelta(seconds=7)).isoformat())
    found = events(later, TURN)
    assert named([event for event in found if event["pid"] == 1], "i", "end of speech")["ts"] == 300_000
    assert named([event for event in found if event["pid"] == 2], "i", "end of speech")["ts"] == 7_300_000
    names = [event["args"]["name"] for event in found if event["name"] == "process_name"]
    assert names == ["turn 1: home, HassTurnOn", "turn 2: home, HassTurnOn"]


def test_a_typed_turn_and_one_in_which_nothing_happened_are_drawn_too() -> None:
    typed = replace(TURN, spans=(Span("route", 0.0, 3.0),), first_audio_ms=None)
    assert [event["name"] for event in events(typed) if event["ph"] == "i"] == ["typed"]
    nothing = replace(typed, answerer=None, reason="nothing-said", intent=None, spans=(), outcome="nothing-said")
    assert named(events(nothing), "M", "process_name")["args"]["name"] == "turn 1: no answer, nothing-said"
    assert events() == []


MS = st.floats(-60_000, 60_000).map(lambda ms: round(ms, 1))
SPANS = st.builds(
    lambda stage, begin, lasts, discarded: Span(stage, begin, begin + lasts, discarded),
    st.sampled_from(STAGES[:-1]),
    MS,
    st.floats(0, 10_000),
    st.booleans(),
)


@given(st.lists(SPANS, max_size=9), st.none() | MS, st.integers(0, 3600))
def test_all_events_lie_within_the_turn_and_never_overlap_on_a_track(
    spans: list[Span], first_audio_ms: float | None, seconds: int
) -> None:
    started = (STARTED + timedelta(seconds=seconds)).isoformat()
    record = replace(TURN, started_at=started, spans=tuple(spans), first_audio_ms=first_audio_ms)
    found = [event for event in events(TURN, record) if event["pid"] == 2]
    timed = [event for event in found if "ts" in event]
    assert all(event["dur"] >= 0 for event in timed if event["ph"] == "X")
    assert min(event["ts"] for event in timed) == pytest.approx(seconds * 1e6)
    ended: dict[int, float] = {}
    for event in sorted((event for event in timed if event["ph"] == "X"), key=lambda event: event["ts"]):
        assert event["ts"] >= ended.get(event["tid"], 0.0) - 1
        ended[event["tid"]] = event["ts"] + event["dur"]
