"""Which products stay in float. Pure: what a choice costs is measured by the caller."""

from collections.abc import Callable, Mapping

Cost = Callable[[frozenset[str]], float]
"""How far the networks are from the float ones when the products of these names stay in float."""


def keep_in_float(sizes: Mapping[str, int], cost: Cost, bound: float) -> frozenset[str]:
    """The products that stay in float so that the cost is at most `bound`; all of them if nothing less will do.

    If quantising everything costs too much, each product is quantised alone. Those that cost most for the size that
    int8 saves are kept, one after the other. `sizes` are the numbers in the matrix of each product.
    """
    kept: frozenset[str] = frozenset()
    if cost(kept) <= bound:
        return kept
    every = frozenset(sizes)
    alone = {name: cost(every - {name}) for name in sizes}
    for name in sorted(alone, key=lambda it: alone[it] / sizes[it], reverse=True):
        kept |= {name}
        if cost(kept) <= bound:
            break
    return kept
