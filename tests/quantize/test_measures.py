"""The largest of numbers that come in parts, and the distance between what networks expect."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.quantize.calibration import CLIPPED, Largest
from edge.quantize.distance import distance

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds, parts=st.integers(1, 5))
def test_the_largest_is_that_of_all_parts(seed: int, parts: int) -> None:
    values = np.random.default_rng(seed).standard_normal((parts, 3000)).astype(np.float32)
    largest = Largest()
    for part in values:
        largest.add(part)
    assert largest.value() == np.abs(values).max()


def test_of_many_numbers_the_largest_share_is_clipped() -> None:
    count = 400_000
    largest = Largest()
    for part in np.split(np.arange(1, count + 1, dtype=np.float32), 4):
        largest.add(-part)
    assert largest.value() == count - int(count * CLIPPED)


def test_without_numbers_there_is_no_largest() -> None:
    assert Largest().value() == 0.0


def log_probs(rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    logits = rng.standard_normal((4, 9))
    return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), np.float32)


@given(seed=seeds)
def test_only_the_same_expectations_have_no_distance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, two, tokens = log_probs(rng), log_probs(rng), rng.integers(0, 9, 4)
    same = distance([one], [one], [tokens])
    assert (same.divergence, same.mean, same.largest) == (0, 0, 0)
    other = distance([one], [two], [tokens])
    assert other.divergence > 0
    picked = np.abs(one - two)[range(4), tokens]
    assert (other.mean, other.largest) == pytest.approx((picked.mean(), picked.max()))
