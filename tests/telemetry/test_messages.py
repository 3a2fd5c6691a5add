"""Whatever happened in a turn, what goes out is strict, bounded JSON, without texts unless they were switched on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import Intent, TurnRecord
from edge.telemetry import messages

anything = st.text() | st.text(alphabet=st.characters())  # the second with lone surrogates
numbers = st.floats() | st.integers()
slots = st.dictionaries(anything, anything | numbers, max_size=100)
records = st.builds(
    TurnRecord,
    id=anything,
    started_at=anything,
    wake_word=st.none() | anything,
    transcript=anything,
    confidence=st.floats(),
    answerer=st.sampled_from(["home", "llm", "cloud", None]),
    reason=anything,
    intent=st.none() | st.builds(Intent, name=anything, slots=slots),
    reply=anything,
    outcome=st.sampled_from(["answered", "nothing-said", "cancelled", "failed"]),
    stages_ms=st.dictionaries(anything, st.floats()),
    first_audio_ms=st.none() | st.floats(),
    error=st.none() | anything,
    cost_usd=st.floats(),
    details=slots,
)


def strict(data: bytes) -> dict[str, Any]:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    loaded = json.loads(data.decode("utf-8"), parse_constant=refuse)
    assert isinstance(loaded, dict)
    return loaded


def example(**changes: Any) -> TurnRecord:
    fields: dict[str, Any] = {
        "id": "t1",
        "started_at": "2026-11-23T10:00:00+01:00",
        "wake_word": "alexa",
        "transcript": "call my doctor",
        "confidence": 0.9,
        "answerer": "home",
        "reason": "intent",
        "intent": Intent(
            "HassShoppingListAddItem", {"item": "insulin"}, then=(Intent("HassTurnOn", {"name": "lamp"}),)
        ),
        "reply": "I added insulin",
        "outcome": "answered",
        "stages_ms": {"stt": 61.234},
        "first_audio_ms": 512.04,
        "error": None,
        "cost_usd": 0.0,
        "details": {"cached_tokens": 12, "heard": "insulin"},
    }
    return TurnRecord(**(fields | changes))


@given(record=records, transcripts=st.booleans())
def test_a_turn_is_always_valid_json_of_bounded_size(record: TurnRecord, transcripts: bool) -> None:
    data = messages.turn(record, transcripts=transcripts)
    strict(data)
    assert len(data) <= messages.MAX_BYTES


@given(secret=st.text(alphabet="abcdefghij", min_size=12, max_size=30).map(lambda it: f"said {it}"))
def test_no_text_leaves_unless_it_was_switched_on(secret: str) -> None:
    record = example(
        transcript=secret,
        reply=secret,
        reason=secret,
        error=secret,
        details={"heard": secret},
        intent=Intent(secret, {"item": secret}, then=(Intent(secret, {"name": secret}),)),
    )
    sent = messages.turn(record, transcripts=False).decode()
    assert secret not in sent
    assert "transcript" not in strict(sent.encode())
    assert secret in messages.turn(record, transcripts=True).decode()


def test_the_record_of_a_turn_without_texts() -> None:
    assert strict(messages.turn(example(), transcripts=False)) == {
        "id": "t1",
        "started_at": "2026-11-23T10:00:00+01:00",
        "wake_word": "alexa",
        "confidence": 0.9,
        "answerer": "home",
        "reason": "intent",
        "intent": "HassShoppingListAddItem",
        "then": ["HassTurnOn"],
        "outcome": "answered",
        "stages_ms": {"stt": 61.2},
        "first_audio_ms": 512.0,
        "error": None,
        "cost_usd": 0.0,
        "details": {"cached_tokens": 12},
    }


def test_the_record_of_a_turn_with_texts() -> None:
    sent = strict(messages.turn(example(), transcripts=True))
    assert sent["transcript"] == "call my doctor"
    assert sent["reply"] == "I added insulin"
    assert sent["slots"] == {"item": "insulin"}
    assert sent["then_slots"] == [{"name": "lamp"}]
    assert sent["details"] == {"cached_tokens": 12, "heard": "insulin"}


def test_a_record_that_is_too_long_loses_its_least_first() -> None:
    long = "\x00" * 1000  # six bytes each in JSON
    sent = strict(messages.turn(example(reply=long, details={str(n): long for n in range(64)}), transcripts=True))
    assert sent["truncated"] is True
    assert "details" not in sent
    assert sent["reply"] == long


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (float("nan"), None),
        (float("-inf"), None),
        (2**80, None),
        ("\ud800", "?"),
        ("x" * 5000, "x" * messages.MAX_TEXT),
        (b"bytes", "bytes"),
        ({"a": (1, 2)}, {"a": [1, 2]}),
        (True, True),
    ],
)
def test_values_that_json_does_not_know_are_made_fit(value: object, sent: object) -> None:
    assert strict(messages.encode({"value": value})) == {"value": sent}


def test_what_contains_itself_ends() -> None:
    loop: dict[str, Any] = {}
    loop["loop"] = loop
    strict(messages.encode(loop))


def test_an_event_keeps_its_name_and_time() -> None:
    fields = {"word": "alexa", "score": 0.9, "at": "yesterday"}
    data = messages.event("wake", fields, at="2026-11-23T10:00:00+01:00", transcripts=False)
    assert strict(data) == {"event": "wake", "at": "2026-11-23T10:00:00+01:00", "word": "alexa", "score": 0.9}


@given(secret=st.text(alphabet="abcdefghij", min_size=12))
def test_no_text_of_an_event_leaves_unless_it_was_switched_on(secret: str) -> None:
    fields = {"name": secret, "anything": secret, "list": [secret], "map": {"a": secret}, "missed": False}
    assert secret not in messages.event("timer", fields, at="now", transcripts=False).decode()
    assert messages.event("timer", fields, at="now", transcripts=True).decode().count(secret) == 4
