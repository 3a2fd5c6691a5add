"""Questions how something is said in another language. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import Asked, Frame

LANGUAGES: Final = (
    *("Spanish", "French", "German", "Italian", "Portuguese", "Dutch", "Japanese", "Chinese", "Russian", "Korean"),
)
"""In the order of the columns of `tables/phrases.tsv`."""

_OTHERS: Final = {"mandarin": "Chinese", "mandarin chinese": "Chinese", "brazilian portuguese": "Portuguese"}

_INTO: Final = rf"(?P<language>{'|'.join([*map(str.casefold, LANGUAGES), *_OTHERS])})(?: language)?"
_WORDS: Final = r"(?:the )?(?:words? |phrase |expression |sentence |translation )?(?:for |of )?"


def _asked(found: re.Match[str]) -> Iterable[Asked]:
    said = found["language"]
    return [(f"in {_OTHERS.get(said, said.title())}", found["s"])]


def _frame(pattern: str) -> Frame:
    return LazyPattern(pattern), _asked


LANGUAGE_FRAMES: Final[tuple[Frame, ...]] = (
    _frame(rf"(?:translate|say) {_WORDS}(?P<s>.+?) (?:from english )?(?:to|into|in) {_INTO}"),
    _frame(
        r"(?:teach me )?how (?:do|does|would|can|could|should|to)(?: (?:you|i|we|one|they|people))?"
        rf" (?:say|translate|write|ask|ask for) {_WORDS}(?P<s>.+?) (?:to|into|in) {_INTO}"
    ),
    _frame(
        rf"what (?:is|are|do you call|do they call) {_WORDS}(?P<s>.+?) (?:called |translated )?(?:to|into|in) {_INTO}"
    ),
    _frame(
        rf"(?:(?:what is|tell me|give me) )?(?:the |a )?{_INTO} (?:words?|phrase|term|translation) (?:for|of) (?P<s>.+)"
    ),
    _frame(rf"what is {_INTO} for (?P<s>.+)"),
    _frame(rf"{_WORDS}(?P<s>.+?) in {_INTO}"),
)
