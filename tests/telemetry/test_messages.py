"""Whatever happened in a turn, what goes out is strict, bounded JSON, without texts unless they were switched on."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.events import Intent, TurnRecord
from edge.telemetry import messages

NOW = "2026-11-23T10:00:05.250+01:00"

anything = st.text() | st.text(alphabet=st.characters())  # the second with lone surrogates
numbers = st.floats() | st.integers()
slots = st.dictionaries(anything, anything | numbers, max_size=100)
further = st.lists(st.builds(Intent, name=anything, slots=slots), max_size=2).map(tuple)
records = st.builds(
    TurnRecord,
    id=anything,
    started_at=anything,
    wake_word=st.none() | anything,
    transcript=anything,
    confidence=st.floats(),
    answerer=st.sampled_from(["home", "exact", "llm", "cloud", None]),
    reason=anything,
    intent=st.none() | st.builds(Intent, name=anything, slots=slots, then=further),
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
    data = messages.turn(record, at=NOW, transcripts=transcripts)
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
    sent = messages.turn(record, at=NOW, transcripts=False).decode()
    assert secret not in sent
    assert "transcript" not in strict(sent.encode())
    assert secret in messages.turn(record, at=NOW, transcripts=True).decode()


def test_the_record_of_a_turn_without_texts() -> None:
    assert strict(messages.turn(example(), at=NOW, transcripts=False)) == {
        "id": "t1",
        "at": NOW,
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
    sent = strict(messages.turn(example(), at=NOW, transcripts=True))
    assert sent["transcript"] == "call my doctor"
    assert sent["reply"] == "I added insulin"
    assert sent["slots"] == {"item": "insulin"}
    assert sent["then_slots"] == [{"name": "lamp"}]
    assert sent["details"] == {"cached_tokens": 12, "heard": "insulin"}


def test_a_record_that_is_too_long_loses_its_least_first() -> None:
    long = "\x00" * 1000  # six bytes each in JSON
    sent = strict(
        messages.turn(example(reply=long, details={str(n): long for n in range(64)}), at=NOW, transcripts=True)
    )
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
    data = messages.event("wake", fields | {"id": "mine"}, record_id="e1", at=NOW, transcripts=False)
    assert strict(data) == {"id": "e1", "event": "wake", "at": NOW, "word": "alexa", "score": 0.9}


@given(secret=st.text(alphabet="abcdefghij", min_size=12))
def test_no_text_of_an_event_leaves_unless_it_was_switched_on(secret: str) -> None:
    fields = {"name": secret, "anything": secret, "list": [secret], "map": {"a": secret}, "missed": False}
    assert secret not in messages.event("timer", fields, record_id="e1", at=NOW, transcripts=False).decode()
    assert messages.event("timer", fields, record_id="e1", at=NOW, transcripts=True).decode().count(secret) == 4


@given(record=records, transcripts=st.booleans())
def test_a_late_record_says_so_and_is_still_bounded(record: TurnRecord, transcripts: bool) -> None:
    on_time = messages.turn(record, at=NOW, transcripts=transcripts)
    late = messages.late(on_time)
    assert strict(late) == strict(on_time) | {"late": True}
    assert len(late) <= messages.MAX_BYTES


@given(record=records)
def test_a_turn_without_its_texts_is_the_turn_that_never_had_them(record: TurnRecord) -> None:
    never = strict(messages.turn(record, at=NOW, transcripts=False))
    removed = strict(messages.without_texts("turn", messages.turn(record, at=NOW, transcripts=True)))
    assert removed == never or removed.get("truncated")


@given(secret=st.text(alphabet="abcdefghij", min_size=12))
def test_texts_are_removed_from_an_event_that_was_written_with_them(secret: str) -> None:
    fields = {"name": secret, "list": [secret], "map": {"a": secret}, "missed": False, "code": "some-code"}
    with_texts = messages.event("timer", fields, record_id="e1", at=NOW, transcripts=True)
    assert secret in with_texts.decode()
    removed = messages.without_texts("event", with_texts)
    assert removed == messages.event("timer", fields, record_id="e1", at=NOW, transcripts=False)


@given(
    payload=st.binary(max_size=200) | st.recursive(st.none() | st.booleans(), st.lists).map(json.dumps).map(str.encode)
)
def test_a_payload_that_cannot_be_read_keeps_no_text(payload: bytes) -> None:
    for kind in ("turn", "event"):
        strict(messages.without_texts(kind, payload))
