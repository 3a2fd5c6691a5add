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

    `left_out` is the cost of deleting or inserting an item, `replaced` of substituting one for another. Costs are
    not negative. The defaults give the Levenshtein distance.
    """
    costs = [left_out(item) for item in second]
    row = list(accumulate(costs, initial=0.0))
    for item in first:
        cost = left_out(item)
        diagonal, best = row[0], row[0] + cost
        lowest = best
        longer = [best]
        for other, inserted, above in zip(second, costs, row[1:], strict=True):  # the innermost loop of a search
            best += inserted
            if (value := above + cost) < best:
                best = value
            if diagonal < best and (value := diagonal + replaced(item, other)) < best:
                best = value
            lowest = min(lowest, best)
            diagonal = above
            longer.append(best)
        row = longer
        if lowest > limit:
            return math.inf
    return row[-1]
