import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.stt.moonshine.repetition import MAX_PERIOD, loop_start, says_again

phrases = st.lists(st.integers(0, 50), min_size=1, max_size=MAX_PERIOD, unique=True)


@given(st.lists(st.integers(100, 200), max_size=20, unique=True), phrases, st.integers(6, 12))
def test_a_phrase_that_goes_on_and_on_is_cut_after_its_first_round(head: list[int], phrase: list[int], n: int) -> None:
    assert loop_start(head + phrase * n) == len(head) + len(phrase)


@given(st.lists(st.integers(), max_size=60, unique=True))
def test_tokens_that_never_repeat_are_no_loop(tokens: list[int]) -> None:
    assert loop_start(tokens) is None


@given(phrases)
def test_saying_it_twice_is_no_loop(phrase: list[int]) -> None:
    assert loop_start(phrase * 2) is None


@pytest.mark.parametrize(
    ("tokens", "start"),
    [
        ([7, 7, 7, 7, 7], None),  # "no, no, no, no, no"
        ([7, 7, 7, 7, 7, 7], 1),
        ([1, 2, 1, 2, 1, 2], None),  # "hip hip hooray" three times
        ([1, 2, 1, 2, 1, 2, 1, 2], 2),
        ([1, 2, 3, 4] * 2 + [1, 2, 3], None),
        ([1, 2, 3, 4] * 3, 4),
        ([9, 8, *[1, 2, 3, 4, 5] * 3, 9], 7),
        ([1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2], 3),
        ([], None),
    ],
)
def test_how_often_is_too_often(tokens: list[int], start: int | None) -> None:
    assert loop_start(tokens) == start


@pytest.mark.parametrize(
    ("tokens", "again"),
    [
        ([1, 2, 3, 1, 2, 3], True),
        ([9, 1, 2, 3, 4, 1, 2, 3, 4, 8], True),
        ([1, 2, 1, 2], False),  # "bye bye", "no no"
        ([5, 5, 5], False),
        ([1, 2, 3, 7, 1, 2, 3], False),
        ([1, 2, 3, 1, 2], False),
        ([], False),
    ],
)
def test_a_phrase_that_is_said_again_at_once_is_noticed(tokens: list[int], again: bool) -> None:
    assert says_again(tokens) is again
