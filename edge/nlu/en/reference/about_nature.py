"""Questions about elements, planets, animals, and how many parts something has. Pure."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import BE, WHAT, Asked, Frame, frame
from edge.nlu.en.reference.wording import key, singular

_CHEMICAL = r"(?:the )?(?:chemical |element |atomic )?"
_WHOLES: Final = ("solar system", "periodic table", "united states", "zodiac")
"""What is meant where nothing is named: "how many planets are there"."""
_ARTICLE: Final = LazyPattern(r"^(?:an?|the) ")


def _many(found: re.Match[str]) -> Iterable[Asked]:
    return [(f"how many {key(found['n'])}", found["s"])]


def _there(found: re.Match[str]) -> Iterator[Asked]:
    parts, whole = key(found["n"]), found["s"]
    if whole:
        yield f"how many {parts}", whole
        yield f"how many {parts} of {key(whole)}", ""
    yield from ((f"how many {parts}", it) for it in (("",) if whole else ("", *_WHOLES)))


def _animal(found: re.Match[str]) -> Iterable[Asked]:
    plural = found["s"].replace("herd of ", "group of ").replace("flock of ", "group of ")
    return [("named", singular(_ARTICLE.compiled.sub("", plural)))]


def _baby(found: re.Match[str]) -> Iterable[Asked]:
    return [
        ("named", f"baby {singular(_ARTICLE.compiled.sub('', found['s']).removesuffix(chr(39) + 's').strip(chr(39)))}")
    ]


def _point(found: re.Match[str]) -> Iterable[Asked]:
    word = {"freeze": "freezing"}.get(found["v"], f"{found['v']}ing")
    return [(f"{word} point", found["s"]), ("named", f"{word} point of {found['s']}")]


def _colours(found: re.Match[str]) -> Iterable[Asked]:
    return [("named", f"{found['a']} and {found['b']}"), ("named", f"{found['b']} and {found['a']}")]


def _made_of(found: re.Match[str]) -> Iterable[Asked]:
    return [("named", f"{found['s']} made of"), ("named", f"{found['s']} made from")]


NATURE_FRAMES: Final[tuple[Frame, ...]] = (
    frame(rf"(?:{WHAT} {BE} )?{_CHEMICAL}(?:symbol|abbreviation) (?:of|for) (?P<s>.+)", "symbol"),
    frame(rf"{WHAT} (?:chemical )?element has {_CHEMICAL}(?:symbol|abbreviation) (?P<s>\w{{1,2}})", "element"),
    frame(rf"{WHAT} (?:chemical )?element (?:is|has|uses) (?P<s>[a-z]{{1,2}})(?: as its symbol)?", "element"),
    frame(rf"what (?:element )?do(?:es)? {_CHEMICAL}symbol (?P<s>\w{{1,2}}) (?:stand for|mean|represent)", "element"),
    frame(rf"{WHAT} (?:chemical )?element (?:is|has)(?: got)?(?: the)?(?: atomic)? number (?P<s>.+)", "element"),
    frame(rf"{WHAT} {BE} element (?:number )?(?P<s>\d+)", "element"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?atomic number (?:of|for) (?P<s>.+)", "atomic number"),
    frame(rf"{WHAT} atomic number (?:does|has|is) (?P<s>.+?)(?: have)?", "atomic number"),
    frame(
        rf"how many protons (?:do(?:es)?|has|{BE} (?:there )?in) (?:an? atom of )?(?P<s>.+?)(?: have)?", "atomic number"
    ),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?atomic (?:weight|mass) of (?P<s>.+)", "atomic mass"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?melting (?:point|temperature) of (?P<s>.+)", "melting point"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?boiling (?:point|temperature) of (?P<s>.+)", "boiling point"),
    (LazyPattern(r"(?:(?:at )?what temperature|when) do(?:es)? (?P<s>.+?) (?P<v>melt|boil|freeze)(?: at)?"), _point),
    frame(
        rf"(?:{WHAT} {BE} )?(?:the )?(?:scientific|latin|botanical|species) name (?:of|for) (?P<s>.+)",
        "scientific name",
    ),
    (
        LazyPattern(
            r"how many (?P<n>points) (?:is|are|for|do you (?:get|score) for|does|is given for) (?:an? |the )?(?P<s>.+?)"
            r"(?: worth| give| score| count)?"
        ),
        _many,
    ),
    frame(rf"how (?:big|large|wide) {BE} (?P<s>.+)", "size", "area"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?(?:diameter|size) of (?P<s>.+)", "size", "area"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?(?:surface |land )?area of (?P<s>.+)", "area"),
    frame(rf"how long {BE} (?P<s>.+)", "length"),
    frame(r"how long do(?:es)? (?:an? |the )?(?P<s>.+?) (?:last|take|go on)(?: for)?", "length"),
    frame(r"how long did (?P<s>.+?) (?:last|take|go on)(?: for)?", "length"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?length of (?P<s>.+)", "length"),
    frame(rf"how (?:tall|high) {BE} (?P<s>.+)", "height"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?height of (?P<s>.+)", "height"),
    frame(rf"how deep {BE} (?P<s>.+)", "depth"),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?depth of (?P<s>.+)", "depth"),
    frame(rf"how far(?: away)? {BE} (?P<s>.+?)(?: away)? from the sun", "distance from the sun"),
    frame(rf"how far(?: away)? {BE} (?P<s>.+?)(?: away)?(?: from (?:the )?(?:earth|us|here))?", "distance"),
    frame(r"how long is (?:a|one|the) year on (?P<s>.+)", "year"),
    frame(r"how long is (?:a|one|the) day on (?P<s>.+)", "day"),
    frame(
        r"how long does (?P<s>.+?) (?:take|need) to (?:go (?:once )?(?:a?round)|orbit|circle|revolve around) the sun",
        "year",
    ),
    frame(
        r"how long does it take (?:for )?(?P<s>.+?) to (?:go (?:once )?a?round|orbit|circle|revolve around) the sun",
        "year",
    ),
    frame(r"how long does (?P<s>.+?) (?:take|need) to (?:turn|rotate|spin)(?: once)?(?: around itself)?", "day"),
    frame(rf"how fast (?:do(?:es)?|{BE}) (?P<s>light|sound)(?: travel| move| go)?", "speed"),
    (
        LazyPattern(
            r"how many (?P<n>.+?) (?:do(?:es)?|did|has|have) (?:an? |the |most )?(?P<s>.+?)(?: usually| normally)?"
            r"(?: have| got| write| had| compose| walk on)*"
        ),
        _many,
    ),
    (LazyPattern(rf"how many (?P<n>.+?) (?:{BE}) (?:in|on|of|at) (?P<s>.+?)(?: on the field| at a time)?"), _many),
    (LazyPattern(rf"how many (?P<n>.+?) {BE} there(?: (?:in|on|of|at) (?P<s>.+))?"), _there),
    (LazyPattern(r"how many (?P<n>.+?) (?:in|on) (?P<s>.+)"), _many),
    (
        LazyPattern(
            rf"what (?:{BE}|do (?:you|we|people) call) (?:the (?:name|word) (?:of|for) )?"
            r"(?P<s>(?:an? |the )?(?:baby|young|male|female|group of|herd of|flock of) .+)"
        ),
        _animal,
    ),
    (LazyPattern(rf"what {BE} (?:the )?(?P<s>.+?) bab(?:y|ies)"), _baby),
    (LazyPattern(rf"what {BE} (?:the )?(?:bab(?:y|ies)|young) of (?P<s>.+)"), _baby),
    frame(
        r"how (?:long do(?:es)?|old (?:do(?:es)?|can)) (?P<s>.+?) (?:usually |normally )?(?:live|get|grow|become)"
        r"(?: for)?",
        "lifespan",
    ),
    frame(rf"(?:{WHAT} {BE} )?(?:the )?(?:lifespan|life span|life expectancy) of (?P<s>.+)", "lifespan"),
    frame(r"how fast (?:can|do(?:es)?|is) (?P<s>.+?)(?: run| fly| swim| go| move)?", "speed"),
    frame(
        r"what do(?:es)? (?P<s>.+?) (?:mostly |mainly |usually |like to |normally |typically )?(?:eat|feed on|live on)"
        r"(?: mostly| mainly)?",
        "food",
    ),
    (LazyPattern(rf"(?:what|which)(?: \w+)? {BE} (?P<s>.+?) (?:made (?:of|from|out of|up of)|composed of)"), _made_of),
    (LazyPattern(rf"(?:what|which)(?: kinds? of)? (?:\w+ )?{BE} (?:used )?(?:in|for) (?P<s>.+)"), _made_of),
    (LazyPattern(rf"(?:{WHAT} {BE} )?(?:the )?(?:main )?ingredients? (?:of|in|for) (?P<s>.+)"), _made_of),
    (
        LazyPattern(
            r"what colou?r (?:do(?:es)?|is|will) (?:(?:you|i|we) get (?:when|if|by) (?:you |i |we )?)?(?:mix(?:ing)? )?"
            r"(?P<a>\w+) (?:and|with|plus) (?P<b>\w+)(?: make| give| become| mixed| together)*"
        ),
        _colours,
    ),
    (LazyPattern(r"what do (?P<a>\w+) and (?P<b>\w+) (?:make|give)(?: together)?"), _colours),
)
