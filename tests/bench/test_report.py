"""The page of results: complete in itself, well-formed whatever the results hold, honest where there is no data."""

import base64
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.bench.report import page

MACHINE = "A board, 4 cores, aarch64, Python 3.11.7"


def turn(answerer: str | None, first_audio_ms: float | None, **changes: Any) -> dict[str, Any]:
    spans = [
        ["llm", -600.0, -200.0, True],
        ["turn", 80.0, 430.0, False],
        ["stt", 430.0, 431.0, False],
        ["route", 300.0, 303.0, False],
        ["tts", 431.0, 470.0, False],
    ]
    spoken = {"audio": "secret.flac", "transcript": "secret words", "reply": "a secret reply", "intent": None}
    return {"answerer": answerer, "first_audio_ms": first_audio_ms, "spans": spans, "ok": True, **spoken, **changes}


TURN: dict[str, Any] = {
    "n": 4,
    "engine": "moonshine, smollm2-135m, hibari",
    "machine": MACHINE,
    "first_audio_ms": {"p50": 510.0, "p95": 880.0},
    "first_audio_ms_by_answerer": {"home": {"p50": 505.0, "p95": 509.5}, "llm": {"p50": 900.0, "p95": 900.0}},
    "ok": 1.0,
    "turns": [turn("home", 500.0), turn("home", 510.0), turn("llm", 900.0), turn(None, None, spans=[])],
}
ENDPOINT: dict[str, Any] = {
    "n": 200,
    "engine": "moonshine",
    "machine": MACHINE,
    "patience": "normal",
    "cutoff_rate": 0.033,
    "latency_ms": {"p50": 432.0, "p95": 1010.0},
    "curve": [[0.5, 0.15, 270.0, 600.0], [1, 0.033, 432.0, 1010.0], [2, 0.0, 800.0, 1900.0]],
    "by_pause": [{"pause_ms": 400, "n": 80, "cutoff_rate": 0.0}, {"pause_ms": 900, "n": 30, "cutoff_rate": 0.2}],
}
WAKE: dict[str, Any] = {
    "engine": "openwakeword",
    "word": "alexa",
    "threshold": 0.3,
    "patience": 2,
    "n": 83,
    "miss_rate": 0.036,
    "hours": 1.1,
    "false_accepts_per_hour": 1.82,
    "curve": [[0.1, 0.0, 9.1], [0.3, 0.036, 1.82], [0.9, 0.12, 0.0]],
    "cpu_percent_of_core": 0.34,
    "machine": MACHINE,
}
ALL = {"turn": TURN, "endpoint": ENDPOINT, "wake": WAKE}


def made(results: dict[str, Any], command: str = "edge-voice bench --report page.html") -> str:
    return page(results, command=command, date="2026-11-24 12:00 UTC")


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html.removeprefix("<!DOCTYPE html>\n"))


def pictures(html: str) -> list[str]:
    """The pictures as SVG; each is well-formed."""
    sources = [image.get("src", "") for image in parsed(html).iter("img")]
    drawn = [base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")).decode() for source in sources]
    assert all(ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg" for svg in drawn)
    return drawn


def titles(html: str) -> list[str]:
    return [image.get("alt", "") for image in parsed(html).iter("img")]


def words(html: str) -> str:
    return " ".join(" ".join(parsed(html).itertext()).split())


def test_every_benchmark_has_its_pictures() -> None:
    assert titles(made(ALL)) == [
        "home: the median of 2 turns",
        "llm: the median of 1 turn",
        "First sound by answerer",
        "Cut-off rate over the wait",
        "Cut-off rate by pause",
        "Missed wake words over false accepts",
    ]
    assert len(pictures(made(ALL))) == 6


def test_the_page_needs_nothing_from_anywhere_and_runs_nothing() -> None:
    html = made(ALL)
    assert not re.search(r"<(script|link|iframe|object|embed)|@import|javascript:|url\(|\bon\w+=|https?:", html)
    assert {image.get("src", "")[:26] for image in parsed(html).iter("img")} == {"data:image/svg+xml;base64,"}


def test_it_says_where_when_and_how_it_was_measured() -> None:
    text = words(made(ALL))
    for fact in (MACHINE, "2026-11-24 12:00 UTC", "edge-voice bench --report page.html", "p50 432.0", "0.033", "n 200"):
        assert fact in text


def test_nothing_that_was_said_is_on_it() -> None:
    html = made(ALL)
    assert "secret" not in html
    assert not any("secret" in svg for svg in pictures(html))


def test_discarded_work_is_counted() -> None:
    assert "in 2 of 2 turns" in words(made(ALL))


def test_other_kinds_are_tables_without_pictures() -> None:
    spread = {"p50": 70.0, "p95": 139.0}
    llm = {"n": 10, "engine": "local", "ttft_ms": {"cold": spread, "warm": spread}, "tokens_per_s": 76.0}
    html = made({"llm": llm, "idle": {"n": 1, "cpu_percent_of_core": 2.9}, "new": {}})
    text = words(html)
    assert "ttft_ms.warm p50 70.0, p95 139.0" in text
    assert "tokens_per_s 76.0" in text
    assert "cpu_percent_of_core 2.9" in text
    assert "Nothing was measured" in text
    assert pictures(html) == []


@pytest.mark.parametrize(
    "results",
    [
        {},
        {"turn": TURN | {"turns": [], "first_audio_ms": {"p50": None, "p95": None}, "first_audio_ms_by_answerer": {}}},
        {"turn": TURN | {"turns": [turn("home", None)]}},
        {"endpoint": {"n": 0, "engine": "moonshine", "machine": MACHINE, "curve": [], "by_pause": []}},
        {"wake": WAKE | {"curve": [], "hours": 0.0}},
    ],
)
def test_where_there_is_no_data_the_page_says_so_and_draws_nothing(results: dict[str, Any]) -> None:
    html = made(results)
    assert pictures(html) == []
    assert re.search("no data for this picture|Nothing was measured", words(html))


def test_turns_without_spans_still_have_their_distribution() -> None:
    old = [{key: value for key, value in one.items() if key != "spans"} for one in TURN["turns"]]
    assert titles(made({"turn": TURN | {"turns": old}})) == ["First sound by answerer"]


def test_too_little_speech_to_know_the_rate_of_false_accepts_is_said() -> None:
    quiet = [[threshold, 0.0, 0.0] for threshold in (0.1, 0.5, 0.9)]
    html = made({"wake": WAKE | {"curve": quiet, "hours": 0.013, "miss_rate": 0.0, "false_accepts_per_hour": 0.0}})
    assert "No threshold had a false accept: 47 seconds cannot tell that from a rate of 77 an hour" in words(html)
    assert len(pictures(html)) == 1


@given(st.text(), st.text(), st.text())
@pytest.mark.slow
@settings(max_examples=10)
def test_whatever_is_in_a_result_stays_text(machine: str, word: str, command: str) -> None:
    hostile = "<script>alert('&\"')</script>"
    results = {
        "turn": TURN | {"machine": machine + hostile, "turns": [turn(word + hostile, 10.0)]},
        "endpoint": ENDPOINT | {"patience": word, "by_pause": [{"pause_ms": hostile, "n": word, "cutoff_rate": None}]},
        "wake": WAKE | {"word": word, "engine": command},
    }
    html = made(results, command=command + hostile)
    assert "<script" not in html
    assert hostile in words(html)
    assert not any("<script" in svg for svg in pictures(html))


MS = st.floats(0, 1e6)


@given(
    st.lists(st.tuples(st.sampled_from(["home", "llm", "cloud"]), MS), max_size=5),
    st.lists(st.tuples(st.floats(0.1, 4), st.floats(0, 1), MS, MS), max_size=5),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.just(0.0) | st.floats(0.01, 1e5)), max_size=5),
    st.floats(0.001, 1000),
)
@pytest.mark.slow
@settings(max_examples=10)
def test_any_figures_can_be_drawn(
    turns: list[tuple[str, float]], curve: list[Any], thresholds: list[Any], hours: float
) -> None:
    results = {
        "turn": TURN | {"turns": [turn(*one) for one in turns]},
        "endpoint": ENDPOINT | {"curve": curve},
        "wake": WAKE | {"curve": thresholds, "hours": hours},
    }
    html = made(results)
    assert len(pictures(html)) == bool(turns) + len({name for name, _ in turns}) + bool(curve) + 1 + bool(thresholds)
