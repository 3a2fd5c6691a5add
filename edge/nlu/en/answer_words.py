"""The words of an answer: which of them say something, and which take it back. Pure."""

import re
from typing import Final

FUNCTION_WORDS: Final = frozenset(
    """
    a about am an and are as at be because been being by can could did do does for from give go had has have he her
    here his how i if in into is it it's its make me most my of on one or our out set she so some tell than that the
    their them then there these they this those to was we were what when where which while who whose why will with
    would you your
    """.split()  # noqa: SIM905 - words are read more easily than a list of strings
)

_WORD: Final = re.compile(r"[\w']+")
_HEDGE: Final = re.compile(
    r"\b(?:i (?:do not|don't|cannot|can't|am not|'m not|am unable|could not|couldn't|have no)|i'm (?:not|sorry|unable)"
    r"|(?:not|un)(?: entirely| quite| completely)? (?:sure|certain)\b(?! of)|as an ai|sorry)\b"
    r"|^(?:actually|wait|no,|hmm|correction)\b"
    r"|\b(?:there (?:is|are|was|were) no (?:known|such|specific|definitive|record)|it is (?:not|un)(?: well)? ?known"
    r"|(?:is|are|was|were) (?:not|un)(?: well| widely| publicly)? ?(?:known|documented)|depends on)\b",
    re.IGNORECASE,
)


def says_something(question: str, word: str) -> bool:
    """See `ChatTexts.says_something`."""
    return _stem(word) not in {_stem(it) for it in _WORD.findall(question)} and word.casefold() not in FUNCTION_WORDS


def hedges(sentence: str) -> bool:
    """See `ChatTexts.hedges`."""
    return _HEDGE.search(sentence.replace("\u2019", "'")) is not None


def _stem(word: str) -> str:
    """A word without the endings by which an answer's words may differ from those of its question."""
    return re.sub(r"(?<=\w{3})(?:'s|s|ed|d|ing)$", "", word.casefold())
