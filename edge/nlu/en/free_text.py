"""Checks the free text inside a command ("add MILK to the list"). Pure."""

import re
from collections.abc import Set as AbstractSet

from edge.nlu.en.alarm_days import is_day
from edge.nlu.en.reminders import split_moved_reminder, split_reminder

_NOT_IN_A_NAME = frozenset(
    """
    a alarm alarms an add and any are at be called can cancel create did do does for get have how i is it left many
    minus minute minutes much named no on or reminder reminders seconds second set start stop tell that there time
    timer timers to what when where who why will with you hour hours weekly monthly yearly annual hourly biweekly
    repeating recurring daily
    """.split()  # noqa: SIM905 - more readable than a list of sixty strings
)
_VERBS = frozenset(
    """
    adjust alter change check decrease delay delete edit extend increase lengthen modify move pause prolong push reduce
    remind remove reset restart resume shorten snooze switch turn unpause update
    """.split()  # noqa: SIM905 - more readable than a list of thirty strings
)
"""With one of these before it, a timer is not named but changed."""
_NO_NAME = re.compile(
    r"(?:(?:the|my|our|that|this|\d[\d:./]*|half|quarters?|thirds?|point|between|about|am|pm|o'?clock|next|last|first"
    r"|third|fourth|\w+(?:i|f|x|h|n)ths?|today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|noon"
    r"|midnight|other|new|same|all|both|every|each|any) ?)+"
)
"""Articles, numbers and ordinals make no name by themselves."""
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|first|next|last")
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
            return 0 < len(words) <= _NAME_WORDS and not _is_no_name(text, words)
        case "day":
            return is_day(text)
        case "reminder" | "moved_reminder":
            split = split_reminder if slot == "reminder" else split_moved_reminder
            return split(text) is not None
        case "state":
            return text in ZONES or text in areas
        case "search_query":
            return not _NO_MUSIC.search(text)
        case _:
            return bool(words)


def _is_no_name(text: str, words: list[str]) -> bool:
    begins_otherwise = words[0] in _VERBS or _ORDINAL.fullmatch(words[0]) is not None
    return begins_otherwise or _NO_NAME.fullmatch(text) is not None or not _NOT_IN_A_NAME.isdisjoint(words)
