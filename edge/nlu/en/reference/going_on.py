"""Questions that go on from a fact that was looked up: "and of Spain", "when was he born". Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.asking import Asked, bare_questions
from edge.nlu.en.reference.wording import MAX_CHARS
from edge.runtime.folding import folded

_MOST: Final = 8
"""How many questions a text may mean; each is looked up."""

_OTHER: Final = LazyPattern(
    r"(?:(?:ok|okay|so|but|no|sorry|oh) )*"
    r"(?:(?:and |or )?(?:what|how) about|and(?: then)?|or|(?:and )?(?:the )?same for|i meant?)"
    r" (?:(?:of|in|for|on|to|about|by|from) )?(?:an? |the )?(?P<new>.+?)(?: then| too| as well| please)*"
)
_ASKS: Final = LazyPattern(
    r"(?:what|who|when|where|which|how|is|are|was|were|did|do|does|can|tell|on|in) .+|why|how|when|where|who"
)
_ATTRIBUTE: Final = LazyPattern(r"(?:its|his|her|their) (?P<of>.+)")
_PRONOUN: Final = LazyPattern(r"\b(?P<it>it|its|he|him|his|she|her|they|them|their|there|that|this)\b")
_IT: Final = LazyPattern(r"(?:.* )?(?:it|its|that|this|they|them|their)(?: .*)?")
_THERE: Final = LazyPattern(r"\b(?:in |over )?there\b")
_OWN: Final = frozenset({"its", "his", "their"})
_OF_PERSONS: Final = frozenset({"he", "him", "his", "she", "her"})
_WHEN_THAT: Final = LazyPattern(r"(?:when|(?:in )?(?:what|which) year) (?:was|did) (?:that|it|this)(?: happen)?")
_WHO_DID: Final = LazyPattern(r"who (?:first )?(?P<did>\w+) (?P<s>.+)")
_DONE: Final = {"wrote": "written"}
"""The participles of the verbs of makers that differ from their past tense."""

_TOLD_OF_ANOTHER: Final = frozenset({"capital", "capital of what", "named", "river through", "element"})
"""Relations whose answer names what "it" then means: after "the capital of Kenya is Nairobi" that is Nairobi."""

_NAME: Final = re.compile(
    r"[A-Z\u00c0-\u00de][\w.'\u2019-]*"
    r"(?:(?: (?:of|da|de|del|di|van|von|der|den|the|la|le))* [A-Z\u00c0-\u00de][\w.'\u2019-]*)*"
)
_SUBJECT: Final = re.compile(r"(?:The |An? )?(?P<name>\w.{0,40}?) (?:is|are|was|were|has|have|lies?|makes?) ")
_SUPERLATIVE: Final = re.compile(r"\w+est|first|last|second \w+est")


def questions_meant(text: str, asked: Iterable[Asked], question: str, reply: str) -> Iterable[str]:
    """See `Language.facts_meant`. `asked` is what the question before asked for."""
    if len(text) > MAX_CHARS:
        return ()
    known = [(relation, name) for relation, name in asked if f" {name} " in f" {question} "]
    if not known:
        return ()
    relation, name = min(known, key=lambda it: len(it[1]))
    return islice(dict.fromkeys(_meant(text, relation, name, question, reply)), _MOST)


def _meant(text: str, relation: str, name: str, question: str, reply: str) -> Iterator[str]:
    other = _OTHER.fullmatch(folded(text))
    if other is not None and _ASKS.fullmatch(other["new"]) is None:
        yield from _of_another(other["new"], name, question)
        if (attribute := _ATTRIBUTE.fullmatch(other["new"])) is not None:
            yield f"what is the {attribute['of']} of {name}"
        else:
            yield f"what is the {other['new']} of {name}"
        return
    said = bare_questions(text)[0]
    if _WHEN_THAT.fullmatch(said) is not None and (did := _WHO_DID.fullmatch(question)) is not None:
        yield f"when was {did['s']} {_DONE.get(did['did'], did['did'])}"
    pronoun = _PRONOUN.search(said)
    if pronoun is not None:
        first_told = pronoun["it"] in _OF_PERSONS or relation in _TOLD_OF_ANOTHER
        told = _told(reply, name)
        for one in (*told, name) if first_told else (name, *told):
            yield from _with_name(said, pronoun["it"], one)


def _of_another(new: str, name: str, question: str) -> Iterator[str]:
    """The same question, of something else."""
    yield _replaced(question, name, new)
    words = name.split()
    begins = _SUPERLATIVE.match(" ".join(words[words[0] in {"the", "a", "an"} :]))
    if begins is not None and _SUPERLATIVE.fullmatch(new):
        yield _replaced(question, begins[0], new)
    elif len(words) > 1:
        yield _replaced(question, name, " ".join([*words[:-1], new]))


def _replaced(question: str, old: str, new: str) -> str:
    before, _, after = f" {question} ".rpartition(f" {old} ")
    return f"{before} {new} {after}".strip()


def _with_name(said: str, pronoun: str, name: str) -> Iterator[str]:
    """The text with a name in place of its pronoun."""
    if (there := _THERE.search(said)) is not None:
        yield f"{said[: there.start()]}in {name}{said[there.end() :]}"
        return
    if pronoun in _OWN or (pronoun == "her" and not said.endswith(" her")):
        yield re.sub(rf"\b{pronoun}\b", lambda _: f"{name}'s", said, count=1)
        return
    yield re.sub(rf"\b{pronoun}\b", lambda _: name, said, count=1)


def _told(reply: str, name: str) -> Sequence[str]:
    """What a reply tells of beside the name that was asked for: its subject, then proper names in order."""
    first = _SUBJECT.match(reply)
    found = [first["name"]] if first is not None else []
    found += (it.group().rstrip(".'") for it in _NAME.finditer(reply))
    return [it for it in dict.fromkeys(map(folded, found)) if it not in {name, "the", "a", "an", "in"}]
