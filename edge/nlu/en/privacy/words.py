"""English words that several of the privacy rules read: persons, common words, units."""

from typing import Final

from edge.nlu.word_lists import read_word_lists

WORDS: Final = read_word_lists(__package__, "words.toml")
"""The lists of words.toml by their keys."""

POSSESSIVES: Final = frozenset({"my", "our", "mine", "ours"})
"""Of the user."""

CHILD: Final = WORDS["child"]

RELATIVE: Final = WORDS["relative"] | CHILD

BARE_RELATIVE: Final = WORDS["bare_relative"]
"""Relatives that are named without "my"."""

FIRST_PERSON: Final = frozenset({"i", "me", "we", "us", "myself", "ourselves"})
THIRD_PERSON: Final = frozenset({"he", "she", "him", "her", "his", "hers"})
OF_A_PERSON: Final = POSSESSIVES | {"his", "her", "their"}

TITLES: Final = WORDS["titles"]

UNITS: Final = WORDS["units"]

COMMON: Final = WORDS["common"]
"""Words that are no names, however they are written."""
