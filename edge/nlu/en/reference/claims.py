"""Questions that are answered with yes or no: what they claim, and whether the sentence that is looked up says it.

"Is Sydney the capital of Australia" claims Sydney of "what is the capital of Australia", whose answer says Canberra. A
no is said only where the sentence names all that is true: a country has one capital, but many languages. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.numbers import words_to_digits
from edge.nlu.en.reference.asking import BE
from edge.nlu.en.reference.tables import fact
from edge.nlu.en.reference.wording import key, singular
from edge.runtime.folding import folded

_PEOPLE = r"(?:they|people|you|we|the people|most people)"
_MONEY = (
    r"(?:\w+ )?(?:euro|dollar|pound|yen|peso|franc|rupee|krona|krone|kroner|kronor|crown|lira|ruble|rouble|yuan|zloty"
    r"|forint|mark|won|real|rand|baht|dinar|shekel)"
)
_CONTINENT = r"africa|asia|europe|(?:(?:north|south|central) )?america|oceania|australia|antarctica"
_PLACES: Final = ("continent", "capital of what", "capital", "where")
_ONLY_YES: Final = ("",)
"""`Claim.among` of no relation: what is not said is not denied."""
_IN_WORKS: Final = frozenset({"where is {s}"})
"""Questions whose answer may be a work's."""
_PEOPLE_OF: Final = ("nationality", "when born", "wrote what", "painted what", "composed what")
_NATIONALITY = (
    r"american|english|british|scottish|irish|welsh|german|french|italian|spanish|portuguese|dutch|belgian|swiss|austrian"
    r"|polish|czech|hungarian|russian|ukrainian|greek|turkish|swedish|norwegian|danish|finnish|canadian|mexican|brazilian"
    r"|argentine|argentinian|australian|indian|chinese|japanese|jamaican|serbian|croatian|colombian|cuban|roman|flemish"
)
_CALLING = (
    r"painter|artist|composer|musician|writer|author|poet|playwright|philosopher|physicist|chemist|scientist|inventor"
    r"|mathematician|astronomer|architect|sculptor|explorer|singer|actor|actress|emperor|king|queen|president|general"
    r"|footballer|astronaut|politician"
)
_DID: Final = {
    "write": "wrote", "paint": "painted", "compose": "composed", "invent": "invented", "discover": "discovered",
    "found": "founded", "build": "built", "design": "designed", "direct": "directed", "create": "created",
    "sculpt": "sculpted", "sing": "sang", "record": "recorded", "develop": "developed", "start": "started",
    "make": "made",
}  # fmt: skip
_DONE: Final = "written|painted|composed|invented|discovered|founded|built|designed|directed|created|sculpted|sung|made"
_MAKER: Final = "author|writer|painter|composer|inventor|discoverer|founder|director|architect|creator|sculptor|singer"
_YEAR: Final = r"(?:the year )?(?P<claim>\d{1,4}(?: (?:bc|ad))?)"
_SENTENCE_END: Final = re.compile(r"(?<=\w\w)\. |(?<=\d)\. |; ")
"""Behind initials a sentence goes on."""
_YEAR_IN_TWO: Final = re.compile(r"\b(1\d|20) (\d\d)\b")
_UNIQUE: Final = LazyPattern(r".*\b(?:\w{2,}est|first|last|only|most)\b.*")
_GO_ON: Final = frozenset({"in", "of", "on", "at", "to", "from", "with", "by", "for", "that", "which", "ever"})
"""Words that no name begins with."""
_NO_NAMES: Final = frozenset({
    "it", "that", "this", "there", "he", "she", "they", "these", "those", "here", "today", "tomorrow", "tonight", "now",
    "yesterday", "everything", "anything", "something", "anyone", "someone",
})  # fmt: skip
_LOWERED: Final = frozenset({"The", "A", "An", "In", "There", "It", "Most", "Some", "About", "People"})
_NONE: Final = LazyPattern(r".*\b(?:no|not|cannot|neither|never|none)\b.*")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question claims of another `question`: its answer says `claimed`, or anything if it is empty.

    `closed`: an answer that does not say it denies it. `in_tables`: only a table's answer counts. `among`: what is
    claimed must be a name that one of these relations is told of, otherwise nothing follows from the answer.
    """

    question: str
    claimed: str
    closed: bool = True
    in_tables: bool = True
    among: Sequence[str] = ()


_CLAIMS: Final[tuple[tuple[LazyPattern, str, bool, Sequence[str]], ...]] = (
    (LazyPattern(rf"{BE} (?P<claim>.+?) (?:the )?capital(?: city)? (?:of|in) (?P<s>.+)"), "capital of {s}", True, ()),
    (LazyPattern(rf"{BE} (?P<claim>.+?) (?P<s>\w+)'s capital(?: city)?"), "capital of {s}", True, ()),
    (LazyPattern(rf"{BE} (?P<s>.+?)'s capital(?: city)? (?P<claim>.+)"), "capital of {s}", True, ()),
    (
        LazyPattern(
            rf"do {_PEOPLE} (?:still |also )?(?:use|have|pay with|pay in) (?:the )?(?P<claim>{_MONEY})s? in (?P<s>.+)"
        ),
        "currency of {s}",
        True,
        (),
    ),
    (
        LazyPattern(
            rf"(?:can|could) (?:i|{_PEOPLE}) (?:use|pay with|pay in) (?:the )?(?P<claim>{_MONEY})s? in (?P<s>.+)"
        ),
        "currency of {s}",
        False,
        (),
    ),
    (
        LazyPattern(rf"do(?:es)? (?P<s>.+?) (?:still )?(?:use|have) (?:the )?(?P<claim>{_MONEY})s?(?: as .*currency)?"),
        "currency of {s}",
        True,
        (),
    ),
    (
        LazyPattern(rf"{BE} (?:the )?(?P<claim>{_MONEY}) (?:used|the (?:official )?currency) (?:in|of) (?P<s>.+)"),
        "currency of {s}",
        True,
        (),
    ),
    (
        LazyPattern(rf"{BE} (?P<s>.+?) (?:in|part of|a member of) the (?P<claim>euro) ?(?:zone|area)?"),
        "currency of {s}",
        True,
        (),
    ),
    (
        LazyPattern(rf"{BE} (?P<claim>\w+) the (?:official |main |national |first )?language (?:of|in) (?P<s>.+)"),
        "language of {s}",
        True,
        (),
    ),
    (
        LazyPattern(
            rf"{BE} (?P<claim>\w+) (?:(?:widely |mostly |mainly )?spoken|an? (?:official |main )?language) in (?P<s>.+)"
        ),
        "language of {s}",
        False,
        (),
    ),
    (
        LazyPattern(rf"do {_PEOPLE} (?:mostly |mainly |also )?speak (?P<claim>\w+) in (?P<s>.+)"),
        "language of {s}",
        False,
        (),
    ),
    (
        LazyPattern(
            rf"{BE} (?P<s>.+?) (?:(?:located|situated|a country|a part|part) )?(?:in|on|of) (?:the continent of )?"
            rf"(?P<claim>{_CONTINENT})"
        ),
        "which continent is {s} in",
        True,
        (),
    ),
    (
        LazyPattern(rf"do(?:es)? (?P<s>.+?) (?:belong to|lie in) (?P<claim>{_CONTINENT})"),
        "which continent is {s} in",
        True,
        (),
    ),
    (
        LazyPattern(
            r"do(?:es)? (?P<s>.+?) (?:border(?: on)?|share (?:a |its )?border with|have a border with) (?P<claim>.+)"
        ),
        "which countries border {s}",
        True,
        _PLACES,
    ),
    (
        LazyPattern(rf"{BE} (?P<s>.+?) (?:next to|a neighbour of) (?P<claim>.+)"),
        "which countries border {s}",
        True,
        _PLACES,
    ),
    (LazyPattern(rf"{BE} (?P<s>.+?) (?:an? )?(?P<claim>{_NATIONALITY})"), "what nationality was {s}", True, ()),
    (LazyPattern(rf"{BE} (?P<s>.+?) an? (?P<claim>{_CALLING})"), "what nationality was {s}", False, ()),
    (LazyPattern(rf"{BE} (?P<s>.+?) born in (?P<claim>[a-z ]+)"), "where was {s} born", False, ()),
    (LazyPattern(rf"{BE} (?P<s>.+?) (?:located |situated )?(?:in|on) (?P<claim>\D+)"), "where is {s}", False, _PLACES),
    (
        LazyPattern(rf"{BE} (?P<s>.+?) (?:located |situated )?in (?P<claim>\D+)"),
        "what country is {s} the capital of",
        False,
        _ONLY_YES,
    ),
    (
        LazyPattern(r"do(?:es)? the (?P<claim>.+?) (?:flow|run|go) through (?P<s>.+)"),
        "which river flows through {s}",
        True,
        (),
    ),
    (
        LazyPattern(rf"{BE} (?P<s>.+?) (?:made (?:of|from|out of)|composed of) (?P<claim>.+)"),
        "what is {s} made of",
        False,
        (),
    ),
    (
        LazyPattern(
            rf"do {_PEOPLE} drive on the (?P<claim>left|right)(?: side)?(?: of the (?:road|street))? in (?P<s>.+)"
        ),
        "which side do they drive on in {s}",
        True,
        (),
    ),
    (LazyPattern(rf"{BE} (?P<claim>\w\w?) the (?:chemical )?symbol (?:of|for) (?P<s>.+)"), "symbol of {s}", True, ()),
    (LazyPattern(r"do(?:es)? (?P<s>.+?) eat (?P<claim>.+)"), "what do {s} eat", False, ()),
)
"""A question, the one of which it claims something, whether that one's answer tells all, and `Claim.among`."""
_MADE: Final[tuple[LazyPattern, ...]] = (
    LazyPattern(rf"did (?P<claim>.+?) (?:really |actually |first )?(?P<did>{'|'.join(_DID)}) (?P<s>.+)"),
    LazyPattern(rf"{BE} (?P<s>.+?) (?:really |actually |first )?(?P<done>{_DONE}) by (?P<claim>.+)"),
    LazyPattern(rf"{BE} (?P<claim>.+?) the (?P<maker>{_MAKER}) of (?P<s>.+)"),
)
_STATED: Final = LazyPattern(
    r"(?:is it true(?: that)?|true or false|is it right that) (?P<one>.+?)"
    r" (?P<be>is|are|was|were|can|has|have) (?P<rest>.+)"
)
_NEGATED: Final = LazyPattern(r"(?P<verb>is|are|was|were|do|does|did|ca)n't ")
_HAPPENED: Final = LazyPattern(rf"(?P<aux>did|was|were) (?P<s>.+?) (?:in|on) {_YEAR}")
_HAVE: Final = LazyPattern(
    r"(?:do|does|did) (?:an? |the |most |all )?(?P<s>.+?) (?:really |actually )?have"
    r" (?:(?P<claim>\d+|an?|any|only \d+) )?(?P<parts>\w+(?: \w+)?)"
)
_THERE: Final = LazyPattern(r"(?:are|is) there (?P<claim>\d+) (?P<parts>.+?) (?:in|on) (?:an? |the )?(?P<s>.+)")
_IS_THE: Final = LazyPattern(rf"{BE} (?P<rest>.+)")


def claims(question: str) -> Iterator[Claim]:
    """What a bare question may claim, the likeliest first."""
    return (it for it in _claims(question) if it.claimed not in _NO_NAMES)


def _claims(question: str) -> Iterator[Claim]:
    question = _YEAR_IN_TWO.sub(r"\1\2", " ".join(words_to_digits(question.split())))
    for pattern, template, closed, among in _CLAIMS:
        if (found := pattern.fullmatch(question)) is not None:
            asked, in_tables = template.format(s=found["s"]), template not in _IN_WORKS
            yield Claim(asked, singular(found["claim"]), closed, in_tables, among)
    for pattern in _MADE:
        if (found := pattern.fullmatch(question)) is not None:
            yield Claim(_who(found), found["claim"], in_tables=False, among=_PEOPLE_OF)
    if (found := _HAPPENED.fullmatch(question)) is not None:
        yield Claim(f"when {found['aux']} {found['s']}", found["claim"], in_tables=False)
    for pattern in (_HAVE, _THERE):
        if (found := pattern.fullmatch(question)) is not None:
            number = (found["claim"] or "").removeprefix("only ")
            parts = found["parts"] if found["parts"].endswith("s") else f"{found['parts']}s"
            for it in dict.fromkeys((found["parts"], parts)):
                yield Claim(f"how many {it} does {found['s']} have", number if number.isdigit() else "")
    yield from _named(question)


def stated_as_question(text: str) -> Iterator[str]:
    """For "is it true that Pluto is a planet" and "isn't Pluto a planet": "is pluto a planet"."""
    said = folded(text)
    if (stated := _STATED.fullmatch(said)) is not None:
        yield f"{stated['be']} {stated['one']} {stated['rest']}"
    if (negated := _NEGATED.match(said)) is not None:
        yield f"{'can' if negated['verb'] == 'ca' else negated['verb']} {said[negated.end() :]}"


def verdict(claim: Claim, sentence: str) -> str | None:
    """The answer to a claim, from the sentence that answers its question: with a yes or a no where that is certain."""
    first = _SENTENCE_END.split(sentence)[0]
    if not claim.claimed:
        return _answered("No" if _NONE.fullmatch(first) else "Yes", sentence)
    if _says(first, claim.claimed):
        return _answered("Yes", sentence)
    if claim.among and not any(fact(it, claim.claimed) for it in claim.among):
        return sentence if claim.closed else None
    denied = claim.closed and not _says(sentence, claim.claimed) and "-born" not in first
    return _answered("No", sentence) if denied else sentence


def _who(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if (did := parts.get("did")) is not None:
        return f"who {_DID[did]} {parts['s']}"
    if (done := parts.get("done")) is not None:
        return f"who was {parts['s']} {done} by"
    return f"who is the {parts['maker']} of {parts['s']}"


def _named(question: str) -> Iterator[Claim]:
    """For "is Jupiter the largest planet" and "is the largest planet Jupiter": all places where the name may begin."""
    found = _IS_THE.fullmatch(question)
    if found is None:
        return
    words = found["rest"].split()
    for at in range(1, len(words)):
        if words[at] == "the" or words[at].endswith("'s"):
            yield _of_name(" ".join(words[at:]), " ".join(words[:at]))
    if words[0] == "the":
        for at in range(len(words) - 1, 1, -1):
            if words[at] not in _GO_ON:
                yield _of_name(" ".join(words[:at]), " ".join(words[at:]))


def _of_name(described: str, claimed: str) -> Claim:
    return Claim(f"what is {described}", claimed, closed=_UNIQUE.fullmatch(described) is not None)


def _says(sentence: str, claimed: str) -> bool:
    said = f" {key(sentence)} "
    return any(f" {it} " in said for it in (key(claimed), singular(key(claimed))) if it)


def _answered(answer: str, sentence: str) -> str:
    begins = sentence.partition(" ")[0]
    return f"{answer}, {sentence[0].lower()}{sentence[1:]}" if begins in _LOWERED else f"{answer}. {sentence}"
