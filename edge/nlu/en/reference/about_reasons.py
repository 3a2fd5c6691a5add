"""Questions why something is so, how something works, and in what two things differ. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import Asked, Frame
from edge.nlu.en.reference.wording import as_reason, key, singular

_TELL: Final = r"(?:(?:explain|tell me|describe|do you know|teach me)(?: (?:to )?(?:me|us))?(?: about)? )?"
_THE_DIFFERENCE: Final = r"(?:the )?(?:main |biggest |real |actual |key )?differences?"


def two_things(one: str, other: str) -> str:
    """The name under which the difference of two things is kept, in whatever order they are said."""
    return " and ".join(sorted(singular(key(it)) for it in (one, other)))


def _frame(pattern: str, *relations: str) -> Frame:
    return LazyPattern(pattern), lambda found: [(it, as_reason(found["s"])) for it in relations]


def _between(found: re.Match[str]) -> Iterable[Asked]:
    one, other = found["a"], found["b"]
    shared = f"{one} {other.rpartition(' ')[2]}"  # "brown and white eggs"
    return [("difference", two_things(it, other)) for it in (one, shared)]


REASON_FRAMES: Final[tuple[Frame, ...]] = (
    _frame(rf"{_TELL}(?:the reason )?why (?:is it that )?(?P<s>.+)", "why", "how"),
    _frame(r"what (?:is|are) the (?:reasons?|causes?|cause|explanation) (?:why|that|for|of|behind) (?P<s>.+)", "why"),
    _frame(r"what (?:makes?|causes?|is causing|leads to) (?P<s>.+)", "why", "how"),
    _frame(rf"{_TELL}how (?P<s>.+)", "how"),
    _frame(
        rf"{_TELL}how (?P<s>.+?) (?:happens?|occurs?|arises?|comes? about|forms?|formed|caused|created|works?)", "why"
    ),
    (
        LazyPattern(
            rf"(?:what (?:is|are) )?{_TELL}{_THE_DIFFERENCE} between (?P<a>.+?) (?:and|or|versus|vs) (?P<b>.+)"
        ),
        _between,
    ),
    (
        LazyPattern(
            r"how (?:is|are|does|do) (?P<a>.+?) (?:differs?|different|distinguished) (?:from|to|than) (?P<b>.+)"
        ),
        _between,
    ),
    (LazyPattern(r"what makes (?P<a>.+?) different (?:from|to|than) (?P<b>.+)"), _between),
    (
        LazyPattern(
            r"how (?:do|can|could|would|to)(?: (?:you|i|we|one))? (?:tell|distinguish)(?: the difference between)?"
            r" (?P<a>.+?) (?:from|and) (?P<b>.+?)(?: apart)?"
        ),
        _between,
    ),
    (LazyPattern(r"(?:is|are) (?P<a>.+?) (?:and|or) (?P<b>.+?) the same(?: thing| animal)?"), _between),
)
