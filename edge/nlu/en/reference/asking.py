"""What a question asks of a reference work: a relation, and the name that it is asked of. Pure.

A frame is a whole bare question with gaps, so that a text with anything left over asks something else. What a gap
holds counts only if a table or a work has that very name.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from edge.nlu.en.exact.lead import bare, direct
from edge.nlu.en.lazy_pattern import LazyPattern
from edge.runtime.folding import folded

Asked = tuple[str, str]
"""A relation and a name."""

Frame = tuple[LazyPattern, Callable[[re.Match[str]], Iterable[Asked]]]

_PERSON: Final = LazyPattern(r"who (?:is|was) (?:it|the (?:person|man|woman|one)|the first) (?:that|who) ")
"""For "who was it that painted the Night Watch"."""

WHAT: Final = r"(?:what|which)"
BE: Final = r"(?:is|are|was|were)"

_LEAD: Final = LazyPattern(
    r"(?:(?:tell me|explain(?: to me)?|say|give me|name)(?= (?:what|which|who|where|when|how|the|an?) )|do you know"
    r"|can you tell me|could you tell me|i want to know|i(?:'d| would) like to know) "
)
_TAIL: Final = LazyPattern(
    r"(?P<kept>.+?)(?: (?:called|named|known as|please|exactly|actually|by name|do you know|at sea level|right"
    r"|besides .+|in the (?:\w+) century))+"
)
_IS: Final = LazyPattern(r"(?P<word>what|which|who|where|when|how)(?:'s|s|'re) (?P<rest>.+)")


def frame(pattern: str, *relations: str) -> Frame:
    """A question that asks one of the relations, the likeliest first, of the name in its gap "s"."""
    return LazyPattern(pattern), lambda found: [(relation, found["s"]) for relation in relations]


def bare_questions(text: str) -> Sequence[str]:
    """A text in the spelling of the frames: folded, without politeness, "what's" as "what is"; also made direct."""
    said, before = folded(text), ""
    while said != before:
        before, said = said, bare(said)
        if (lead := _LEAD.match(said)) is not None:
            said = said[lead.end() :]
        if (tail := _TAIL.fullmatch(said)) is not None:
            said = tail["kept"]
    if (short := _IS.fullmatch(said)) is not None:
        said = f"{short['word']} is {short['rest']}"
    if (person := _PERSON.match(said)) is not None:
        said = f"who {said[person.end() :]}"
    straight = direct(said)
    return [said] if straight is None else [said, straight]


def asked_by(frames: Sequence[Frame], text: str) -> Iterable[Asked]:
    """All that a text may ask, the likeliest first."""
    for said in bare_questions(text):
        for pattern, read in frames:
            if (found := pattern.fullmatch(said)) is not None:
                yield from read(found)
