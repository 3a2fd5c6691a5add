import json

import pytest

from edge.errors import LlmError
from edge.llm import Delta, Token, Usage
from edge.llm.server_events import Event, read_event, refusal

OTHERS = [{"id": 12095, "token": " Paris", "logprob": -0.01}, {"id": 279, "token": " the", "logprob": -5.5}]

ANSWER = {
    "choices": [
        {
            "delta": {"content": " Paris"},
            "finish_reason": None,
            "logprobs": {"content": [{"id": 12095, "token": " Paris", "logprob": -0.01, "top_logprobs": OTHERS}]},
        }
    ]
}


def a_line(event: object) -> str:
    return f"data: {json.dumps(event)}"


def test_a_piece_of_an_answer_has_its_tokens_and_what_could_have_stood_there() -> None:
    assert read_event(a_line(ANSWER)) == Event(Delta(" Paris", (Token(" Paris", -0.01, ((" the", -5.5),)),)))


def test_the_last_events_tell_why_it_ended_and_what_it_cost() -> None:
    last = {
        "choices": [{"delta": {}, "finish_reason": "stop"}],
        "timings": {"cache_n": 5, "prompt_n": 3, "predicted_n": 2},
    }
    assert read_event(a_line(last)) == Event(Delta(""), "stop", Usage(8, 5, 2))


@pytest.mark.parametrize("line", ["", ": a comment", "data: [DONE]", "event: x"])
def test_other_lines_hold_no_answer(line: str) -> None:
    assert read_event(line) is None


@pytest.mark.parametrize("line", ["error: broken", a_line({"error": {"message": "broken"}})])
def test_a_failure_in_the_stream_is_one(line: str) -> None:
    with pytest.raises(LlmError) as raised:
        read_event(line)
    assert raised.value.code == "llm-unavailable"
    assert "broken" not in raised.value.message


@pytest.mark.parametrize(
    "event",
    [
        {"choices": [{"delta": {}, "logprobs": {"content": [{"token": "x"}]}}]},
        {"choices": [{"delta": {}, "logprobs": {"content": [{"token": "x", "logprob": None}]}}]},
        {"choices": [{"logprobs": {"content": [{"token": "x", "logprob": -1, "top_logprobs": [{"token": "y"}]}]}}]},
        {"timings": {"cache_n": "many"}},
    ],
)
def test_a_damaged_event_raises_what_the_endpoint_takes_for_damage(event: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_event(a_line(event))


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [(400, b'{"type": "exceed_context_size_error"}', "llm-context-exceeded"), (503, b"loading", "llm-unavailable")],
)
def test_a_refusal_is_an_error_with_a_code(status: int, body: bytes, code: str) -> None:
    assert refusal(status, body).code == code
