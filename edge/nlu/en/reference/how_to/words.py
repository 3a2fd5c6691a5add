"""One spelling for the words of a task, so that "defrosting the chicken" and "thaw chicken" are one. Pure."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib import resources
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.how_to.stems import stem

_ARTICLES: Final = frozenset({"a", "an", "the", "my", "your", "our", "some"})
_DROPPED: Final = frozenset(
    stem(word)
    for word in (
        "their", "his", "her", "its", "any", "this", "these", "those", "of", "from", "on", "in", "into", "onto", "to",
        "at", "for", "with", "and", "i", "me", "i'm", "i've", "you", "you're", "we", "one", "they", "myself",
        "yourself",
        "is", "are", "am", "was", "were", "be", "been", "being", "have", "has", "had", "got", "do", "does", "try",
        "would", "could", "should", "please", "again", "also", "already", "even", "maybe", "just", "really", "actually",
        "quickly", "quick", "fast", "easily", "easy", "properly", "proper", "correctly", "correct", "safely", "safe",
        "perfectly", "perfect", "best", "nicely", "nice", "right", "simply", "simple", "good", "well", "homemade",
        "basic", "great", "delicious", "tasty", "classic", "traditional", "naturally", "natural", "effectively",
        "efficiently", "normally", "usually", "typically", "first", "own", "take", "need", "use", "used", "per",
        "so", "very", "always", "today", "tonight", "now", "dirty", "stubborn", "annoying", "nasty",
    )
)  # fmt: skip
"""Words that leave a task what it is. "Without", "not" and "only" do not."""
_ASIDE: Final = LazyPattern(
    r" (?:at home|from scratch|by (?:myself|yourself)|for (?:dinner|breakfast|lunch|beginners|a beginner|good)"
    r"|for the first time|as a beginner|in a hurry|at once|on my own|step by step|in (?:the|my) (?:kitchen|house)"
    r"|in my home|around the house|the (?:right|easy|old fashioned) way|a (?:bit|little)|like a pro|every time"
    r"|all the time|so (?:that )?(?:it's|it is|they're|they are))(?= )"
)
"""Phrases that leave a task what it is."""
_TAKING: Final = frozenset(
    stem(word) for word in ("get", "take", "pull", "lift", "wash", "clean", "bring", "scrub", "soak", "scrape")
)
_AWAY: Final = ("out", "off")
_KEEPING: Final = frozenset({"keep", "stop", "prevent"})
_LONGEST: Final = 4
"""Words of the longest phrase in `same_words.tsv`."""


def words(task: str) -> AbstractSet[str]:
    """The words of a folded text that make it the task that it is, in one spelling and without those that do not."""
    task = _ASIDE.compiled.sub("", f" {task} ")
    stems = [stem(word.removesuffix("'s")) for word in _removed(task.split()) if word not in _ARTICLES]
    return frozenset(_joined([word for word in _one_spelling(stems) if word not in _DROPPED]))


def _removed(said: Sequence[str]) -> Sequence[str]:
    """Words in which "get ... out" is "remove" and "keep ... from turning" is "prevent", as much may stand between."""
    first, more = (said[0], said[1:]) if said else ("", ())
    if stem(first) in _TAKING and (particle := next((it for it in _AWAY if it in more), None)):
        return ["remove", *(it for it in more if it != particle)]
    if stem(first) in _KEEPING and any(it.endswith("ing") for it in more[_after(more, "from") :]):
        return ["stop" if first == "stop" else "prevent", *(it for it in more if it != "from")]
    return said


def _after(said: Sequence[str], word: str) -> int:
    return said.index(word) + 1 if word in said else len(said)


def _one_spelling(stems: Sequence[str]) -> Iterator[str]:
    at, same = 0, _same_words()
    while at < len(stems):
        lengths = range(min(_LONGEST, len(stems) - at), 0, -1)
        length = next((it for it in lengths if tuple(stems[at : at + it]) in same), 0)
        yield same[tuple(stems[at : at + length])] if length else stems[at]
        at += length or 1


@functools.cache
def _same_words() -> Mapping[tuple[str, ...], str]:
    """Phrases and words -> the word that stands for them; a line of the file has that word first."""
    lines = (resources.files(__package__) / "same_words.tsv").read_text(encoding="utf-8").splitlines()
    return {
        tuple(stem(word) for word in other.split() if word not in _ARTICLES): stem(one)
        for one, others in (line.split("\t") for line in lines)
        for other in others.split("|")
    }


def _joined(stems: Sequence[str]) -> Iterator[str]:
    """Stems in which "without" is one with what it leaves out."""
    for before, word in zip(["", *stems], [*stems, ""], strict=True):
        if before == "without":
            yield f"without {word}"
        elif word not in {"", "without"}:
            yield word
