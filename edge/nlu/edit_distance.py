"""How far two sequences are apart: the weighted edit distance of Wagner and Fischer (1974). Pure."""

import math
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


def edit_distance(
    first: Sequence[T],
    second: Sequence[T],
    *,
    left_out: Callable[[T], float] = lambda _: 1.0,
    replaced: Callable[[T, T], float] = lambda one, other: float(one != other),
    limit: float = math.inf,
) -> float:
    """The cheapest way from one to the other; infinite if that costs more than `limit`, where it is given up early.

    `left_out` is what it costs to leave an item out or put it in, `replaced` to have one in place of another. With the
    defaults it is Levenshtein's distance.
    """
    costs = [left_out(item) for item in second]
    row = list(accumulate(costs, initial=0.0))
    for item in first:
        cost = left_out(item)
        longer = [row[0] + cost]
        for at, other in enumerate(second):
            longer.append(min(row[at] + replaced(item, other), row[at + 1] + cost, longer[at] + costs[at]))
        row = longer
        if min(row) > limit:
            return math.inf
    return row[-1]
