"""Checks the free text inside a command ("add MILK to the list"). Pure."""

import re
from collections.abc import Set as AbstractSet

_NOT_IN_A_NAME = frozenset(
    """
    a an add and any are be called can cancel create did do does for get have how i is it left many minute minutes much
    named no on or seconds second set start stop tell that there time timer timers to what when where who why will with
    you hour hours
    """.split()  # noqa: SIM905 - more readable than a list of sixty strings
)
_NAME_WORDS = 4
ZONES = frozenset({"home", "away", "work", "school", "here"})
"""Places where a person can be, besides the areas of the home."""
_NO_MUSIC = re.compile(
    r"\b(?:games?|questions|trivia|quiz|riddles?|chess|checkers|poker|charades|hangman|i spy|hide and seek|tic tac toe"
    r"|rock paper scissors|would you rather|truth or dare|role|part of|advocate|pretend|dead|dumb|trick|prank|joke"
    r"|against me|against you|along)\b|\bwith (?:me|us|you|words|fire)$|^(?:it|that|this|them|around)$"
    r"|\bwhat (?:does|do|did|is|was)\b|^on words\b"
    r"|^(?:is|are|was|were|has|had|can|could|will|would|should|helps?|makes?|means?|and|or)\b"
)
"""Things to play that are not music."""


def is_plausible(slot: str, text: str, areas: AbstractSet[str]) -> bool:
    """Whether `text`, normalised, is a plausible value of `slot` and not half a question.

    A timer is not called "what is a" ("how do I set a PASTA timer"), a person is not at "the president", and "a game
    with me" is not music. `areas` are the home's areas and floors, normalised.
    """
    words = text.split()
    match slot:
        case "name":
            return 0 < len(words) <= _NAME_WORDS and not _NOT_IN_A_NAME.intersection(words)
        case "state":
            return text in ZONES or text in areas
        case "search_query":
            return not _NO_MUSIC.search(text)
        case _:
            return bool(words)
