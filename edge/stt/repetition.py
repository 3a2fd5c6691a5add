"""Speech models that lose their place say the same thing again and again; people do so only a few times."""

from collections.abc import Sequence

LONGEST_PERIOD = 16
"""Tokens of the longest phrase that is looked for."""


def loop_start(tokens: Sequence[int]) -> int | None:
    """Where the tokens begin to run in circles: the index after the first round, None when they do not.

    A loop is a phrase said again and again without a break: six times for a single token ("no, no, no, no" and "5555"
    are speech), four times for two or three tokens, three times for longer ones.
    """
    for start in range(len(tokens)):
        for period in range(1, min(LONGEST_PERIOD, (len(tokens) - start) // 3) + 1):
            if _rounds(tokens, start, period) >= _too_many(period):
                return start + period
    return None


def _too_many(period: int) -> int:
    if period == 1:
        return 6
    return 4 if period <= 3 else 3  # noqa: PLR2004 - the rule as the docstring gives it


def _rounds(tokens: Sequence[int], start: int, period: int) -> int:
    phrase = list(tokens[start : start + period])
    rounds = 1
    place = start + period
    while list(tokens[place : place + period]) == phrase:
        rounds += 1
        place += period
    return rounds
