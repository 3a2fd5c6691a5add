"""Which products stay in float, with made-up costs."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from edge.quantize.sensitivity import Cost, keep_in_float

costs_and_sizes = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.tuples(st.integers(0, 100), st.integers(1, 1000)), min_size=1
)


def added(costs: Mapping[str, int]) -> Cost:
    """As if each quantised product cost its own, whatever the others do."""
    return lambda kept: float(sum(cost for name, cost in costs.items() if name not in kept))


@given(made=costs_and_sizes, bound=st.integers(0, 500))
def test_the_bound_holds_and_nothing_is_kept_in_vain(made: Mapping[str, tuple[int, int]], bound: int) -> None:
    costs = {name: cost for name, (cost, _) in made.items()}
    sizes = {name: size for name, (_, size) in made.items()}
    kept = keep_in_float(sizes, added(costs), bound)
    assert added(costs)(kept) <= bound
    if kept:
        last = min(kept, key=lambda it: costs[it] / sizes[it])
        assert added(costs)(kept - {last}) > bound or costs[last] == 0


def test_what_costs_most_for_its_size_is_kept_first() -> None:
    assert keep_in_float({"small": 1, "large": 100}, added({"small": 5, "large": 50}), 50) == {"small"}


def test_nothing_is_measured_alone_where_everything_can_be_quantised() -> None:
    asked: list[frozenset[str]] = []

    def cost(kept: frozenset[str]) -> float:
        asked.append(kept)
        return 1.0

    assert keep_in_float({"one": 1, "two": 1}, cost, 2) == frozenset()
    assert asked == [frozenset()]


def test_everything_is_kept_where_nothing_less_will_do() -> None:
    assert keep_in_float({"one": 1, "two": 1}, added({"one": 1, "two": 1}), -1) == {"one", "two"}
