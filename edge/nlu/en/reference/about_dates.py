"""Questions about when something happened. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import BE, Asked, Frame, frame

_EVENTS: Final[Mapping[str, str]] = {
    "begin": "begin|start|break out",
    "end": "end|finish|stop",
    "be": "take place|happen|occur|fought|held|signed|sealed|adopted|released|introduced|be",
    "fall": "fall|collapse|break up|come down|dissolve|dissolved",
    "sink": "sink|go down|sunk",
    "burn": "burn|burn down|on fire",
    "erupt": "erupt|explode",
    "explode": "burn|crash|catch fire",
    "die out": "die out|go extinct|become extinct",
    "live": "live|exist",
    "die": "die|pass away",
    "born": "born",
    "be killed": "killed|assassinated|shot|murdered",
    "be built": "built|constructed|completed|finished|opened",
    "be founded": "founded|established|created|formed",
    "be abolished": "abolished",
    "reach america": "(?:first )?(?:reach|discover|arrive in|land in|sail to|come to) america",
    "land on the moon": "(?:first )?(?:land|walk|set foot) on (?:the )?moon|(?:first )?(?:go|get|fly) to (?:the )?moon",
    "become independent": "become independent|(?:gain|get|win) (?:its |their )?independence",
    "declare independence": "declare (?:its |their )?independence",
    "get the vote": "get the (?:right to )?vote",
}
"""An event of the tables -> how it is asked about."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "begin": ("be",), "be": ("begin",), "end": ("be",), "fall": ("be", "end"), "die": ("be killed",),
    "be killed": ("die",), "be built": ("be founded",), "be founded": ("be built", "be"),
    "become independent": ("declare independence",), "declare independence": ("become independent",),
}  # fmt: skip
"""Events that have one date, or that a table may have in place of the other."""

_TIME = r"(?:when|(?:in |on )?(?:what|which) (?:year|date|day|century))"
_OF = r"(?: (?:to|against|from|by|in|for) .+)?"


def _event(event: str, words: str) -> tuple[Frame, Frame]:
    def read(found: re.Match[str]) -> Iterable[Asked]:
        return [(f"when {it}", found["s"]) for it in (event, *_ALSO.get(event, ()))]

    return (
        (LazyPattern(rf"{_TIME} (?:did|{BE}) (?P<s>.+?) (?:{words})"), read),
        (LazyPattern(rf"{_TIME} (?:did|{BE}) (?P<s>.+?) (?:{words}){_OF}"), read),
    )


_MADE: Final = "invented|discovered|founded|built|written|painted|composed"


def _made(found: re.Match[str]) -> Iterable[Asked]:
    return [(f"date {'wrote' if found['v'] == 'written' else found['v']}", found["s"])]


DATE_FRAMES: Final[tuple[Frame, ...]] = (
    *(one for event, words in _EVENTS.items() for one in _event(event, words)),
    (LazyPattern(rf"{_TIME} {BE} (?P<s>.+?) (?P<v>{_MADE})"), _made),
    frame(rf"{_TIME} {BE} (?P<s>.+)", "when be", "when begin"),
    frame(r"when did (?P<s>.+?) live", "when live"),
    frame(r"(?:what is )?(?:the )?(?:date|year) of (?P<s>.+)", "when be", "when begin"),
    frame(r"(?:what is )?(?P<s>.+?)'s? (?:date of birth|birth ?date|birthday|year of birth|birth year)", "when born"),
    frame(r"how long ago did (?P<s>.+?) (?:die out|live)", "when die out"),
)
