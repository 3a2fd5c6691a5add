"""What is chosen of what was measured, and what counts as the same result."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.runtime.onnx.plan import Choice
from edge.settings import Stage
from edge.tune.agreement import Result, agree
from edge.tune.candidates import Candidate, candidates, chat_threads, default_of
from edge.tune.choice import WORTH, choose
from edge.tune.trial import Outcome

DEFAULT = default_of("stt")
TWO = Candidate("stt", "cpu", 2)
CUDA = Candidate("stt", "cuda")
TEXTS = ["what time is it"]


def rounds(*seconds: float | None, texts: Result = TEXTS) -> list[Outcome]:
    return [Outcome(it, texts) for it in seconds]


@pytest.mark.parametrize(
    ("default", "two", "cuda", "chosen"),
    [
        (rounds(1.0, 1.1), rounds(0.6, 0.7), rounds(0.8, 0.8), Choice("cpu", 2)),
        (rounds(1.0, 1.1), rounds(0.6, 0.7), rounds(0.2, 0.3), Choice("cuda")),
        (rounds(1.0, 1.1), rounds(0.6, 0.95), rounds(None), None),  # once it was hardly faster
        (rounds(1.0, 0.5), rounds(0.6, 0.6), rounds(None), None),  # the default may be faster
        (rounds(1.0, 1.0), rounds(0.6, None), rounds(0.1, 0.1, texts=["what dime is it"]), None),
        (rounds(None), rounds(0.1, 0.1), rounds(0.1, 0.1), None),
        ([], rounds(0.1, 0.1), rounds(0.1, 0.1), None),
    ],
)
def test_what_is_surely_faster_and_agrees_is_chosen(
    default: list[Outcome], two: list[Outcome], cuda: list[Outcome], chosen: Choice | None
) -> None:
    assert choose({DEFAULT: default, TWO: two, CUDA: cuda}) == chosen


def test_nothing_measured_is_nothing_chosen() -> None:
    assert choose({}) is None


@given(
    default=st.lists(st.floats(0.01, 10), min_size=2, max_size=2),
    other=st.lists(st.floats(0.01, 10), min_size=2, max_size=2),
)
def test_nothing_slower_than_the_default_is_ever_chosen(default: list[float], other: list[float]) -> None:
    chosen = choose({DEFAULT: rounds(*default), TWO: rounds(*other)})
    assert chosen is None or max(other) <= WORTH * min(default)


@pytest.mark.parametrize(
    ("stage", "one", "other", "same"),
    [
        ("stt", ["a", "b"], ["a", "b"], True),
        ("stt", ["a", "b"], ["a", "c"], False),
        ("vad", [0.1, 0.9], [0.11, 0.89], True),
        ("vad", [0.1, 0.9], [0.1, 0.8], False),
        ("wake", [0.1, 0.9], [0.1], False),
        ("wake", [0.1, 0.9], [0.1, math.nan], False),
        ("vad", [], [], False),
        ("tts", [0.2] * 100, [0.201] * 101, True),
        ("tts", [0.2] * 100, [0.2] * 110, False),
        ("tts", [0.2] * 100, [0.1] * 100, False),
    ],
)
def test_the_same_result(stage: Stage, one: Result, other: Result, same: bool) -> None:
    assert agree(stage, one, other) is same


def test_the_candidates_of_a_stage_begin_with_the_default() -> None:
    assert list(candidates("vad", devices=["cuda"], cores=4)) == [default_of("vad"), Candidate("vad", "cuda")]
    assert [it.threads for it in candidates("stt", devices=[], cores=2)] == [None, 1, 2]
    assert [it.threads for it in candidates("tts", devices=[], cores=2)] == [None, 1]
    assert [it.threads for it in candidates("tts", devices=[], cores=4)] == [None, 1, 2]
    assert chat_threads(4) == [1, 2, 4]
    assert {it.name for it in candidates("tts", devices=["openvino"], cores=1)} == {"cpu", "cpu, 1 threads", "openvino"}
