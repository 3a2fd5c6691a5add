"""The weighted edit distance of two sequences (Wagner and Fischer 1974). Pure."""

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
    """The lowest cost of turning one sequence into the other. Stops early and returns infinity above `limit`.

    `left_out` is the cost of deleting or inserting an item, `replaced` of substituting one for another. The defaults
    give the Levenshtein distance.
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
