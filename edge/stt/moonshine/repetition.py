"""Finds loops: a speech model that loses its place repeats a phrase endlessly; people repeat one only a few times."""

from collections.abc import Sequence

MAX_PERIOD = 16
"""Tokens of the longest repeated phrase that is looked for."""


def loop_start(tokens: Sequence[int]) -> int | None:
    """Where the tokens begin to loop: the index after the first round; None when there is no loop.

    A loop is a phrase repeated without a break: six times for a single token ("no, no, no, no" and "5555" are speech),
    four times for two or three tokens, three times for longer phrases.
    """
    for start in range(len(tokens)):
        for period in range(1, min(MAX_PERIOD, (len(tokens) - start) // 3) + 1):
            if _rounds(tokens, start, period) >= _too_many(period):
                return start + period
    return None


def says_again(tokens: Sequence[int]) -> bool:
    """Whether a phrase of at least three tokens comes twice without a break."""
    periods = range(3, min(MAX_PERIOD, len(tokens) // 2) + 1)
    return any(_rounds(tokens, at, period) > 1 for period in periods for at in range(len(tokens) - 2 * period + 1))


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
