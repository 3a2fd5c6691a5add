from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from edge.wake.trigger import Trigger

STEP = 1280
SCORES = st.lists(st.sampled_from([0.0, 0.3, 0.49, 0.5, 0.7, 1.0, float("nan")]), max_size=80)


def detections(scores: list[float], *, threshold: float = 0.5, patience: int = 1, refractory: int = 0) -> list[int]:
    trigger = Trigger(threshold, patience, refractory)
    return [index for index, score in enumerate(scores) if trigger.update(score, index * STEP)]


def test_fires_at_the_first_score_that_reaches_the_threshold() -> None:
    assert detections([0.0, 0.49, 0.5, 0.9, 0.9, 0.1]) == [2]


def test_fires_again_only_after_the_score_was_low() -> None:
    assert detections([0.9, 0.9, 0.9, 0.1, 0.9, 0.9]) == [0, 4]


def test_patience_wants_scores_in_a_row() -> None:
    assert detections([0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9], patience=3) == [5]


def test_is_deaf_for_the_refractory_time_after_a_detection() -> None:
    high_low = [0.9, 0.1] * 6
    assert detections(high_low, refractory=4 * STEP) == [0, 4, 8]


def test_a_word_that_began_in_the_deaf_time_does_not_fire_late() -> None:
    assert detections([0.9, 0.1, 0.9, 0.9, 0.9, 0.9], refractory=3 * STEP) == [0]


def test_a_score_that_is_no_number_is_low() -> None:
    assert detections([0.9, float("nan"), 0.9]) == [0, 2]


def test_reset_forgets_the_deaf_time_and_the_run() -> None:
    trigger = Trigger(0.5, patience=2, refractory=1000 * STEP)
    assert [trigger.update(0.9, at * STEP) for at in range(2)] == [False, True]
    trigger.reset()
    assert [trigger.update(0.9, at * STEP) for at in range(2, 4)] == [False, True]


@given(SCORES, st.integers(1, 4), st.integers(0, 10))
def test_every_detection_ends_a_run_of_patience_scores_and_none_is_too_early(
    scores: list[float], patience: int, refractory_steps: int
) -> None:
    found = detections(scores, patience=patience, refractory=refractory_steps * STEP)
    for index in found:
        assert index + 1 >= patience
        assert all(score >= 0.5 for score in scores[index + 1 - patience : index + 1])
        assert index == patience - 1 or not scores[index - patience] >= 0.5
    assert all(later - earlier >= refractory_steps for earlier, later in pairwise(found))


@given(SCORES, st.integers(1, 4))
def test_without_a_deaf_time_every_long_enough_run_fires_once(scores: list[float], patience: int) -> None:
    runs, length = 0, 0
    for score in [*scores, 0.0]:
        if score >= 0.5:
            length += 1
        else:
            runs += length >= patience
            length = 0
    assert len(detections(scores, patience=patience)) == runs


@given(SCORES)
def test_a_higher_threshold_never_fires_before_a_lower_one(scores: list[float]) -> None:
    low, high = detections(scores, threshold=0.5), detections(scores, threshold=0.7)
    assert not high or low[0] <= high[0]
