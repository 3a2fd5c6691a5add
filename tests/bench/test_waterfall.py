"""Which turn stands for many, and where its time went."""

from typing import Any

from edge.bench.waterfall import median_turn, medians
from edge.telemetry.trace import Bar


def turn(
    first_audio_ms: float | None, *spans: tuple[str, float, float, bool], answerer: str = "home"
) -> dict[str, Any]:
    return {"answerer": answerer, "first_audio_ms": first_audio_ms, "spans": [list(span) for span in spans]}


TURNS = [
    turn(900.0, ("turn", 100.0, 600.0, False), ("tts", 600.0, 880.0, False)),
    turn(
        500.0,
        ("tts", -300.0, -200.0, True),
        ("turn", 80.0, 400.0, False),
        ("stt", 400.0, 410.0, False),
        ("tts", 405.0, 450.0, False),
        ("tts", 460.0, 1200.0, False),
    ),
    turn(400.0, ("turn", 60.0, 300.0, False), ("tts", 310.0, 390.0, False)),
    turn(None, ("turn", 0.0, 300.0, False)),
    turn(700.0, ("turn", 0.0, 300.0, False), answerer="llm"),
]


def test_the_turn_in_the_middle_stands_for_its_answerer() -> None:
    fall = median_turn(TURNS, "home")
    assert fall is not None
    assert (fall.title, fall.first_sound, fall.commit) == ("home: the median of 3 turns", 500.0, 410.0)
    assert Bar("tts", -300.0, -200.0, discarded=True) in fall.bars
    assert fall.bars[-1] == Bar("audio", 450.0, 500.0)
    assert median_turn(TURNS, "cloud") is None


def test_medians_take_each_stage_of_half_of_the_turns_until_the_first_sound() -> None:
    fall = medians(TURNS, "home")
    assert fall is not None
    assert (fall.first_sound, fall.commit) == (500.0, 410.0)
    assert fall.bars == (Bar("turn", 80.0, 400.0), Bar("tts", 405.0, 500.0), Bar("audio", 450.0, 500.0))
    assert medians([], "home") is None


def test_work_in_vain_is_typical_where_half_of_the_turns_have_it() -> None:
    fall = medians(TURNS[1:3], "home")
    assert fall is not None
    assert Bar("tts", -300.0, -200.0, discarded=True) in fall.bars
