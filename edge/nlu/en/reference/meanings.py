"""What a word means, other words for it, and its opposite, from the senses of a dictionary. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.wording import with_capital
from edge.nlu.reference import Sense

_ORDER: Final = ("noun", "adjective", "verb", "adverb")
"""Which part of speech is meant where none is commoner."""
_ADVERB: Final = 0.2
_AS_COMMON: Final = 0.6
"""A second sense is told too where it is found this often, compared with the first."""
_MOST_WORDS: Final = 4
_LONGEST: Final = 200
"""Characters of a gloss that is spoken."""
_DATED: Final = LazyPattern(r"\b(?:now|currently|today|recent(?:ly)?|present-day|formerly|1[5-9]\d\d|20\d\d)\b")
_LABEL: Final = LazyPattern(r"\((?P<label>[^()]+)\) (?P<rest>.+)")
_FIELDS: Final = frozenset({
    "chemistry", "physics", "mathematics", "biology", "music", "medicine", "astronomy", "law", "geology", "grammar",
    "linguistics", "computer science", "botany", "zoology", "anatomy", "genetics", "psychology", "economics", "sports",
    "baseball", "football", "cooking", "religion", "philosophy", "statistics", "electronics", "Greek mythology",
    "Roman mythology", "Norse mythology", "Judaism", "Christianity", "Islam",
})  # fmt: skip
"""What WordNet says a sense belongs to, for "in chemistry, a catalyst is ..."."""
_DETERMINED: Final = LazyPattern(r"(?:an?|the|any|one|someone|something|either|each|some)\b")
_LIMITS: Final = LazyPattern(r"\s*\((?P<limit>(?:especially|usually|mostly|mainly|chiefly|typically|often) [^()]+)\)")
_BRACKETS: Final = LazyPattern(r"\s*\([^()]*\)")


def meaning(said: str, word: str, senses: Sequence[Sense]) -> str | None:
    """What a word means, for how it was `said` ("a fjord", "to procrastinate"); None if nothing fits to be said."""
    usable = [it for it in senses if _can_be_said(word, it)]
    usable.sort(key=lambda it: (-_weight(it), _ORDER.index(it.part_of_speech)))
    if said.startswith(("a ", "an ")):
        usable = [it for it in usable if it.part_of_speech == "noun"]
    elif said.startswith("to "):
        usable = [it for it in usable if it.part_of_speech == "verb"]
    if not usable:
        return None
    first, *more = [it for it in usable if it.part_of_speech == usable[0].part_of_speech]
    told = _told(said, word, first)
    second = next((it for it in more[:1] if first.count and it.count >= _AS_COMMON * first.count), None)
    return told if second is None or told is None else f"{told} It can also mean {_plain(second.gloss)}."


def others(word: str, senses: Sequence[Sense]) -> str | None:
    """Other words for a word; None if it has none."""
    common = sorted(senses, key=lambda it: -it.count)[:3]
    found = list(dict.fromkeys(it for sense in common for it in sense.synonyms if it != word))[:_MOST_WORDS]
    if not found:
        return None
    *most, last = found
    listed = f"{', '.join(most)} and {last}" if most else last
    return f"Other words for {word} are {listed}." if most else f"Another word for {word} is {listed}."


def opposite(word: str, senses: Sequence[Sense]) -> str | None:
    """The opposite of a word; None if it has none."""
    for sense in sorted(senses, key=lambda it: -it.count):
        if sense.antonyms:
            return f"The opposite of {word} is {sense.antonyms[0]}."
    return None


def _can_be_said(word: str, sense: Sense) -> bool:
    gloss = _plain(sense.gloss)
    circular = re.search(rf"\b{re.escape(word)}", gloss, re.IGNORECASE)
    return len(gloss) <= _LONGEST and not circular and not _DATED.search(sense.gloss)


def _weight(sense: Sense) -> float:
    """How likely a sense is meant: adverbs are common and rarely asked for."""
    return sense.count * (_ADVERB if sense.part_of_speech == "adverb" else 1)


def _plain(gloss: str) -> str:
    told = _LIMITS.compiled.sub(r", \g<limit>", gloss.partition(";")[0])
    return _BRACKETS.compiled.sub("", told).strip()


def _told(said: str, word: str, sense: Sense) -> str | None:
    gloss, field = sense.gloss, ""
    if (labelled := _LABEL.fullmatch(gloss)) is not None:
        gloss = labelled["rest"]
        field = f"In {labelled['label']}, " if labelled["label"] in _FIELDS else ""
    gloss = _plain(gloss)
    match sense.part_of_speech:
        case "noun":
            article = re.match(r"an? ", said)
            if article is not None and _DETERMINED.match(gloss) is None:
                return None
            return with_capital(f"{field}{article[0] if article else ''}{word} is {gloss}.")
        case "verb":
            return with_capital(f"{field}to {word} means to {gloss}.")
        case _:
            return with_capital(f"{field}{word} means {gloss.removeprefix('of or ')}.")
