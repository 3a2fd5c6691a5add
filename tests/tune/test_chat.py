"""The threads of a chat model: the default, unless others are clearly faster."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.hardware.tuned import ChatSpeed
from edge.llm import THREADS
from edge.tune.chat import best_speed


def measured(firsts: dict[int, list[float]]) -> tuple[Callable[[int], ChatSpeed], list[int]]:
    """A measurement that gives these times to the first word, by threads and round, and what it was asked."""
    asked: list[int] = []
    rounds: dict[int, Iterator[float]] = {threads: iter(times) for threads, times in firsts.items()}

    def measure(threads: int) -> ChatSpeed:
        asked.append(threads)
        return ChatSpeed(next(rounds[threads]), 10.0, threads)

    return measure, asked


@pytest.mark.parametrize(
    ("firsts", "chosen", "asked"),
    [
        ({2: [1.0], 1: [1.5], 4: [0.95]}, ChatSpeed(1.0, 10.0, 2), [2, 1, 4]),
        ({2: [1.0, 1.1], 1: [1.5], 4: [0.6, 0.5]}, ChatSpeed(0.5, 10.0, 4), [2, 1, 4, 2, 4]),
        ({2: [1.0, 0.6], 1: [1.5], 4: [0.6, 0.6]}, ChatSpeed(0.6, 10.0, 2), [2, 1, 4, 2, 4]),
        ({2: [0.6, 0.6], 1: [0.5, 0.7], 4: [0.6]}, ChatSpeed(0.6, 10.0, 2), [2, 1, 4, 2, 1]),
    ],
)
def test_what_looks_faster_is_measured_twice(
    firsts: dict[int, list[float]], chosen: ChatSpeed, asked: list[int]
) -> None:
    measure, told = measured(firsts)
    assert best_speed(measure, [1, 2, 4]) == chosen
    assert told == asked


@given(
    st.fixed_dictionaries({it: st.floats(0.1, 10) for it in (1, 2, 4, 8)}),
    st.lists(st.floats(1, 1.5), min_size=10, max_size=10),
)
def test_what_is_chosen_is_not_slower_than_the_default_by_what_disturbed_it(
    true: dict[int, float], disturbed: list[float]
) -> None:
    """Other programs can only make a measurement longer."""
    factors = iter(disturbed)
    seen: dict[int, list[float]] = {it: [] for it in true}

    def measure(threads: int) -> ChatSpeed:
        seen[threads].append(true[threads] * next(factors))
        return ChatSpeed(seen[threads][-1], 10.0, threads)

    best = best_speed(measure, list(true)).threads
    if best != THREADS:
        assert true[best] < min(seen[THREADS])
