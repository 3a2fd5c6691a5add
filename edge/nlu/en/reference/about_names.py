"""Questions that only name what they ask for: "who is ...", "which planet is ...". Pure."""

import re
from collections.abc import Iterator
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import BE, WHAT, Asked, Frame, frame

_NOUN = r"(?:part of the (?:human )?\w+|[\w.]+(?: [\w.]+)?)"
_DOES: Final = LazyPattern(r"do(?:es)? (?P<who>.+)")
_BETWEEN: Final = frozenset({"separates", "joins", "connects", "links", "divides"})


def _thing(found: re.Match[str]) -> Iterator[Asked]:
    """For "which organ makes insulin": the "organ that makes insulin", and more ways to say it."""
    noun, rest = found["n"], found["rest"]
    verb, _, more = rest.partition(" ")
    yield "named", f"{noun} {rest}"
    yield "named", f"{noun} that {rest}"
    if (does := _DOES.fullmatch(rest)) is not None:
        yield "named", f"{noun} {does['who']}"
        yield "named", f"{noun} that {does['who']}"
    if verb in {"is", "are", "was", "were", "lies", "lie", "runs"} and more:
        yield from _with_property(noun, more.removeprefix("the "))
    if verb in {"has", "have", "had"} and more:
        yield "named", f"{noun} with {more}"
    if verb in _BETWEEN:
        yield "named", f"{noun} between {more.replace(' from ', ' and ')}"


def _with_property(noun: str, rest: str) -> Iterator[Asked]:
    """For "which planet is closest to the sun": the "closest planet to the sun", and more ways to say it."""
    yield "named", f"{noun} {rest}"
    yield "named", f"{noun} that is {rest}"
    head, _, tail = rest.partition(" ")
    if head == "most":
        second, _, tail = tail.partition(" ")
        head = f"most {second}"
    if head in {"called", "nicknamed", "known"}:
        yield "named", rest.removeprefix(head).removeprefix(" as").strip()
    else:
        yield "named", f"{head} {noun} {'' if tail in {'of all', 'of them all'} else tail}".strip()


NAME_FRAMES: Final[tuple[Frame, ...]] = (
    frame(rf"who {BE} (?P<s>.+)", "named", "person"),
    frame(
        r"(?:(?:what do you know|do you know (?:anything|something|much)|what can you tell me) )?"
        r"(?:something |more |a bit |a little )?about (?P<s>.+)",
        "person",
        "thing",
    ),
    frame(rf"{WHAT} {BE} (?P<s>.+?) (?:best )?(?:famous|known|remembered) for", "person", "thing"),
    frame(rf"(?:{WHAT} {BE} )?the name (?:of|for) (?P<s>.+)", "named"),
    frame(rf"{WHAT} {BE} (?P<s>.+)", "named"),
    frame(r"(?:what|how) do (?:you|we|people) call (?P<s>.+)", "named"),
    (LazyPattern(rf"{WHAT} (?P<n>{_NOUN}) (?P<rest>(?:{BE}|ha[sd]|have|can(?:not)?|do(?:es)?|\w+s) .+)"), _thing),
    (LazyPattern(rf"{WHAT} (?P<n>[\w.]+) (?P<rest>.+)"), _thing),
    frame(r"(?P<s>.+)", "named"),
)
