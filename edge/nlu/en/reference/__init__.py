"""Answers that are looked up: from an English question to the sentence that answers it. Pure.

How a thing is done is told by `how_to`. For facts, `asking.py` strips politeness, and the files `about_...` hold the
frames of questions. The tables of `tables.py` answer first, then the works that are installed: `entries.py` reads an
encyclopedia, `meanings.py` a dictionary. What is asked for a yes or a no is read by `kinds.py` ("is a spider an
insect"), `abilities.py` ("do penguins fly"), `comparisons.py` ("is the moon bigger than the Earth") and `claims.py`,
which compares what is claimed with what is looked up ("is Sydney the capital of Australia"). `going_on.py` reads what
goes on from a fact ("and of Spain").
"""

from collections.abc import Iterable, Iterator
from typing import Final

from edge.nlu.en.lazy_pattern import LazyPattern
from edge.nlu.en.reference.abilities import by_kind, parts_by_kind
from edge.nlu.en.reference.about_animals import ANIMAL_FRAMES
from edge.nlu.en.reference.about_dates import DATE_FRAMES
from edge.nlu.en.reference.about_languages import LANGUAGE_FRAMES
from edge.nlu.en.reference.about_makers import MAKER_FRAMES, MAKING
from edge.nlu.en.reference.about_names import NAME_FRAMES
from edge.nlu.en.reference.about_nature import NATURE_FRAMES
from edge.nlu.en.reference.about_places import PLACE_FRAMES
from edge.nlu.en.reference.about_reasons import REASON_FRAMES
from edge.nlu.en.reference.about_things import THING_FRAMES
from edge.nlu.en.reference.about_words import WORD_FRAMES
from edge.nlu.en.reference.asking import asked_by, bare_questions
from edge.nlu.en.reference.claims import claims, stated_as_question, verdict
from edge.nlu.en.reference.comparisons import compared
from edge.nlu.en.reference.entries import told
from edge.nlu.en.reference.going_on import questions_meant
from edge.nlu.en.reference.how_to import how_to
from edge.nlu.en.reference.kinds import of_a_kind, things_asked
from edge.nlu.en.reference.meanings import meaning, opposite, others
from edge.nlu.en.reference.tables import fact
from edge.nlu.en.reference.wording import MAX_CHARS, as_stated, singular
from edge.nlu.reference import ReferenceWorks

_FRAMES: Final = (
    *PLACE_FRAMES,
    *MAKER_FRAMES,
    *DATE_FRAMES,
    *NATURE_FRAMES,
    *THING_FRAMES,
    *ANIMAL_FRAMES,
    *NAME_FRAMES,
    *LANGUAGE_FRAMES,
    *REASON_FRAMES,
    *WORD_FRAMES,
)
_OF_WORDS: Final = frozenset({"meaning", "same", "opposite"})
_OF_ENTRIES: Final = frozenset({"person", "thing", "where", "when born", "when die", "when live"}) | MAKING
_OF_PROPER_NAMES: Final = frozenset({"where", "when born", "when die", "when live"}) | MAKING
"""What is asked of a name that is no word: "where is Las Vegas", unlike "where is the station"."""
_ASKS_WHETHER: Final = LazyPattern(r"(?:is|are|was|were|do|does|did|can|could|has|have) ")
_ARTICLE: Final = LazyPattern(r"^(?:an?|the|to) ")
_KIND: Final = LazyPattern(
    r"(?:the (?:play|books?|picture|film) "
    r"|(?:the )?(?:famous |great |chemical )?(?:city|town|village|island|country|state|volcano|mountain"
    r"|river|waterfall|element|metal|gas|planet|fjord|lake|castle|sea|novel|opera|ballet|painting"
    r"|poem|movie|song|symphony|sculpture|statue|story|musical|fairy tale|epic|series|company|theory) )"
    r"(?:of |called |named |known as )?(?P<name>.+)"
)
"""A name behind what it names: "the island of Bornholm". "Play the Beatles" names no play."""
_NAMED_KIND: Final = LazyPattern(
    r"(?P<name>.+) (?:museum|river|mountains?|desert|city|islands?|volcano|temple|cathedral|castle|falls|waterfall)"
)
"""A name before what it names: "the Prado museum"."""


def looked_up(text: str, works: ReferenceWorks | None, *, worldly: bool = True) -> str | None:
    """See `Language.looked_up`."""
    if len(text) > MAX_CHARS:
        return None
    if (answer := how_to(text)) is not None:
        return answer
    for said in (*bare_questions(text), *stated_as_question(text)):
        if (answer := _whether(said, works, worldly=worldly)) is not None:
            return answer
    return _told(text, works, worldly=worldly)


def _whether(question: str, works: ReferenceWorks | None, *, worldly: bool) -> str | None:
    """The answer to a question for a yes or a no."""
    if (figures := compared(question)) is not None:
        return figures
    if _ASKS_WHETHER.match(question) is None:
        return of_a_kind(question)
    if (stated := fact("whether", as_stated(question)) or of_a_kind(question) or by_kind(question)) is not None:
        return stated
    for claim in claims(question):
        sentence = _told(claim.question, None if claim.in_tables else works, worldly=worldly)
        answer = None if sentence is None else verdict(claim, sentence)
        if answer is not None:
            return answer
    return None


def _told(text: str, works: ReferenceWorks | None, *, worldly: bool) -> str | None:
    for relation, name in asked_by(_FRAMES, text):
        for called in _ways_to_call(name):
            if (sentence := fact(relation, called) or parts_by_kind(relation, called)) is not None:
                return sentence
        if works is None or not (worldly or (relation in _OF_PROPER_NAMES and not works.senses(name))):
            continue
        if (sentence := _from_works(relation, name, works)) is not None:
            return sentence
    return None


def facts_meant(text: str, question: str, reply: str) -> Iterable[str]:
    """See `Language.facts_meant`."""
    said = bare_questions(question)[-1]
    asked = [("kind", it) for it in things_asked(said)]
    asked += [it for claim in claims(said) for it in asked_by(_FRAMES, claim.question)]
    return questions_meant(text, asked or asked_by(_FRAMES, said), said, reply)


def _from_works(relation: str, name: str, works: ReferenceWorks) -> str | None:
    if relation in _OF_WORDS:
        return _of_a_word(relation, name, works)
    if relation not in _OF_ENTRIES:
        return None
    for called in _ways_to_call(name):
        plain = _ARTICLE.compiled.sub("", called)
        for one in dict.fromkeys((plain, singular(plain)) if relation == "thing" else (plain,)):
            if entries := works.entries(one):
                return told(relation, one, entries)
    return None


def _of_a_word(relation: str, said: str, works: ReferenceWorks) -> str | None:
    word = _ARTICLE.compiled.sub("", said)
    for called in dict.fromkeys((word, singular(word))):
        if senses := works.senses(called):
            match relation:
                case "same":
                    return others(called, senses)
                case "opposite":
                    return opposite(called, senses)
                case _:
                    return meaning(said if called == word else called, called, senses)
    return None


def _ways_to_call(name: str) -> Iterator[str]:
    yield name
    for pattern in (_KIND, _NAMED_KIND):
        if (found := pattern.fullmatch(name)) is not None:
            yield found["name"]
