"""Questions about who wrote, painted, invented, discovered or founded what. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import BE, WHAT, Asked, Frame

_WROTE = ("wrote", "composed", "created", "sang")
_PAINTED = ("painted", "made", "sculpted")
_MADE = ("painted", "sculpted", "made", "designed", "built", "composed", "wrote", "created", "directed", "invented")

_RELATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("wrote", "written", "write", "author", "writer", "poet", "playwright", "penned"), _WROTE),
    **dict.fromkeys(("painted", "paint", "painter", "artist", "drew"), _PAINTED),
    **dict.fromkeys(("composed", "composer", "compose"), ("composed", "wrote")),
    **dict.fromkeys(("sang", "sung", "sings", "singer", "recorded"), ("sang",)),
    **dict.fromkeys(("sculpted", "carved", "sculptor"), ("sculpted", "made", "designed")),
    **dict.fromkeys(("designed", "designer", "architect"), ("designed", "built", "invented", "created")),
    **dict.fromkeys(("directed", "director"), ("directed",)),
    **dict.fromkeys(("created", "creator"), ("created", "invented", *_MADE, "founded")),
    "made": _MADE,
    **dict.fromkeys(("invented", "invent", "inventor", "developed", "devised"), ("invented", "created", "discovered")),
    **dict.fromkeys(("came up with", "formulated", "proposed", "published"), ("invented", "discovered")),
    **dict.fromkeys(("discovered", "discoverer", "found", "identified", "isolated", "described"), ("discovered",)),
    **dict.fromkeys(("founded", "founder", "started", "established"), ("founded", "invented", "created")),
    **dict.fromkeys(("built", "constructed", "builder"), ("built", "designed", "invented")),
}
"""What a word may mean, the likeliest first."""

MAKING: Final = frozenset(relation for relations in _RELATIONS.values() for relation in relations)
"""The relations of those who made something."""

_VERB: Final = "|".join(sorted(_RELATIONS, key=len, reverse=True))
_MAKER = (
    r"(?:author|writer|painter|artist|composer|inventor|scientist|physicist|chemist|architect|director|explorer"
    r"|astronomer|person|man|woman|people|sculptor|poet|playwright|sailor|emperor|doctor|company|company's founder)"
)
_PARTICIPLES: Final = {
    "inventing": "invented", "discovering": "discovered", "creating": "created", "writing": "wrote",
    "painting": "painted", "composing": "composed", "founding": "founded", "building": "built", "designing": "designed",
    "developing": "developed", "making": "made",
}  # fmt: skip
_PAST: Final = {
    "write": "wrote", "paint": "painted", "compose": "composed", "sculpt": "sculpted", "design": "designed",
    "direct": "directed", "create": "created", "sing": "sang", "discover": "discovered", "invent": "invented",
    "build": "built", "found": "founded", "develop": "developed",
}  # fmt: skip
_DOING: Final = "|".join(_PARTICIPLES)
_HOW = r"(?:first |originally |really |actually |officially )?"


def _relations(found: re.Match[str]) -> Iterable[Asked]:
    return [(relation, found["s"]) for relation in _RELATIONS[found["v"]]]


def _works(found: re.Match[str]) -> Iterable[Asked]:
    return [(f"{relation} what", found["s"]) for relation in _RELATIONS[_PAST[found["v"]]]]


def _credited(found: re.Match[str]) -> Iterable[Asked]:
    return [(relation, found["s"]) for relation in _RELATIONS[_PARTICIPLES[found["v"]]]]


def _composed(found: re.Match[str]) -> Iterable[Asked]:
    return [("composed", found["s"]), ("composed", f"the music of {found['s']}")]


def _led(found: re.Match[str]) -> Iterable[Asked]:
    return [("named", f"leader of {found['s']}")]


MAKER_FRAMES: Final[tuple[Frame, ...]] = (
    (LazyPattern(rf"(?:who|{WHAT} {_MAKER}) {_HOW}(?P<v>{_VERB}) (?P<s>.+)"), _relations),
    (LazyPattern(rf"(?:who|by whom) {BE} (?P<s>.+?) {_HOW}(?P<v>{_VERB})(?: by)?"), _relations),
    (LazyPattern(rf"who {BE} (?:the )?(?:original |first )?(?P<v>{_VERB}) of (?P<s>.+)"), _relations),
    (LazyPattern(rf"(?:who|{WHAT}) {BE} (?P<s>.+?)(?:'s|s') (?P<v>{_VERB})"), _relations),
    (
        LazyPattern(r"(?:the )?(?P<v>author|writer|painter|composer|inventor|founder|director) of (?P<s>.+)"),
        _relations,
    ),
    (LazyPattern(rf"{WHAT} (?:\w+ )?did (?P<s>.+?) (?P<v>{'|'.join(_PAST)})"), _works),
    (LazyPattern(r"who (?:led|headed) (?P<s>.+)"), _led),
    (LazyPattern(rf"who {BE} (?:credited|known|famous) (?:with|for) (?P<v>{_DOING}) (?P<s>.+)"), _credited),
    (LazyPattern(r"who (?:composed|wrote) the (?:music|score|soundtrack) (?:for|of|to) (?P<s>.+)"), _composed),
)
