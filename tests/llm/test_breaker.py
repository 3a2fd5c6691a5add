"""The circuit breaker, on a clock that the test moves."""

from hypothesis import given
from hypothesis import strategies as st

from edge.llm.breaker import FAILURES, LONGEST_PAUSE_S, PAUSE_S, Breaker
from edge.runtime.clock import SystemClock


class Hand(SystemClock):
    def __init__(self) -> None:
        self.at = 1000.0

    def monotonic(self) -> float:
        return self.at


def opened() -> tuple[Breaker, Hand]:
    clock = Hand()
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        assert breaker.begin()
        breaker.failed()
    return breaker, clock


def test_a_few_failures_in_a_row_open_it() -> None:
    breaker, _ = opened()
    assert not breaker.lets_through
    assert not breaker.begin()


def test_failures_with_a_success_between_them_do_not() -> None:
    breaker = Breaker(Hand())
    for _ in range(5):
        for _ in range(FAILURES - 1):
            breaker.failed()
        breaker.succeeded()
    assert breaker.lets_through


def test_after_the_pause_one_probe_is_let_through_and_closes_it() -> None:
    breaker, clock = opened()
    clock.at += PAUSE_S - 0.1
    assert not breaker.lets_through
    clock.at += 0.1
    assert breaker.begin()
    assert not breaker.begin()
    breaker.succeeded()
    assert breaker.begin()
    assert breaker.begin()


def test_a_probe_that_fails_doubles_the_pause_up_to_a_limit() -> None:
    breaker, clock = opened()
    pause = PAUSE_S
    for _ in range(8):
        clock.at += pause
        assert breaker.begin()
        breaker.failed()
        pause = min(2 * pause, LONGEST_PAUSE_S)
        clock.at += pause - 0.1
        assert not breaker.lets_through
        clock.at += 0.1
        assert breaker.lets_through
    assert pause == LONGEST_PAUSE_S


def test_a_probe_that_was_given_up_leaves_room_for_another() -> None:
    breaker, clock = opened()
    clock.at += PAUSE_S
    assert breaker.begin()
    breaker.given_up()
    assert breaker.begin()


def test_an_endpoint_that_says_how_long_is_left_alone_for_that_long() -> None:
    clock = Hand()
    breaker = Breaker(clock)
    breaker.failed(wait_s=20)
    assert not breaker.lets_through
    clock.at += 20
    assert breaker.begin()


@given(st.lists(st.sampled_from(["call", "success", "failure", "given up", "wait"]), max_size=60))
def test_it_never_stays_open_for_longer_than_the_longest_pause(steps: list[str]) -> None:
    clock = Hand()
    breaker = Breaker(clock)
    for step in steps:
        match step:
            case "wait":
                clock.at += 45
            case "call" if not breaker.begin():
                pass
            case "success":
                breaker.succeeded()
            case "failure":
                breaker.failed()
            case _:
                breaker.given_up()
    breaker.given_up()
    clock.at += LONGEST_PAUSE_S
    assert breaker.begin()
