"""What a text that is not a command asks for: its kind, and whether it is meant for the cloud.

The kind is found by a classifier that learned it from examples; `scripts/train_question_kinds.py` says from which.
"""

import functools
import re
from importlib import resources
from typing import Final

from edge.nlu.en.changing import changes, lasts
from edge.nlu.en.continuing import goes_on
from edge.nlu.en.grave import grave_kind, without_grave
from edge.nlu.en.hard import asks_for_thought, is_puzzle
from edge.nlu.en.normalise import normalise
from edge.nlu.en.refused_sums import is_sum
from edge.nlu.en.statements import statement
from edge.nlu.en.unknown_entities import ENTITY_NOUN
from edge.nlu.kind_classifier import KindClassifier, read_classifier
from edge.nlu.kinds import COMMANDS, EXACT, FIXED, FRESH, KINDS, OPEN, UNCLEAR, Kind, leaning
from edge.nlu.question import Question

LONG_WORDS = 40
"""A question of this length needs more than a small model."""

_PUZZLE_FROM: Final = 0.5
"""The least probability of a puzzle or a plan of a text that has numbers like a sum."""

_UNSURE: Final = 0.6
"""With a smaller probability of its kind, a text that has the form of a puzzle or a plan is one."""
_NEVER_HARD: Final = FIXED | FRESH | EXACT | UNCLEAR | {"home"}
"""Kinds that hold also in doubt."""

_LOOKED_AT = 1000
"""The number of characters searched, because patterns with gaps take quadratic time on a hostile text."""

_CLOUD = r"(?:the )?(?:cloud|chat ?gpt|gpt(?:[ -]?(?:\d+o?|four|mini))*|open ?ai|internet|web)\b"
_POLITE = r"(?:(?:please|hey|okay|ok|now|then|and|so|can you|could you|would you|will you)[ ,]+)*"
_ASKED_FIRST: Final = re.compile(
    rf"{_POLITE}(?:(?:ask|use|check with|let|have|try|consult|look on|search|check) {_CLOUD}[ ,:]*"
    r"(?:please )?(?:to |and |for |that )?|(?:search online for|look up online|google) )(?P<rest>.*)$",
    re.IGNORECASE,
)
_ASKED_LAST: Final = re.compile(
    r"(?P<rest>.+?)[ ,.;:?!]+(?:please[ ,]+)?(?:and )?(?:ask|use|using|with|according to|via|from|on) "
    rf"{_CLOUD}(?:[ ,]+please)?[.?!]?$",
    re.IGNORECASE,
)
_DRAWN: Final = re.compile(r"\b(?:roll|throw|cast|toss|flip)\b.{1,30}\b(?:die|dice|coins?|d\d+)\b", re.IGNORECASE)
_THING = (
    rf"(?:\w+ ){{0,2}}(?:{ENTITY_NOUN}|washing machine|washer|dishwasher|dryer|oven|fridge|freezer|kettle|kitchen"
    r"|nursery|(?:bed|bath|living|dining|family) ?room)s?\b"
)
_OF_THE_HOME: Final = re.compile(
    rf"\b(?:the|my|our|which|what|how many|any) {_THING}"
    r"|\bhow much (?:solar|electricity|energy|power|water)\b(?!.*\b(?:cost|price))"
    r"|\bthe (?:energy|electricity|power|gas|water) (?:usage|use|consumption) (?:today|now|yesterday|this \w+)\b",
    re.IGNORECASE,
)
_ASKS_FOR_STATE: Final = re.compile(
    r"(?:is|are|was|were|has|have|what colou?r (?:is|are)|how (?:warm|cold|hot|humid|bright|loud) (?:is|are)"
    r"|what(?:'s| is) the (?:temperature|humidity|brightness|status|state) (?:of|in))"
    rf" (?:the|my|our) (?:{_THING}|(?:hot tub|pool|attic|garage|basement|cellar|hallway|office)\b)",
    re.IGNORECASE,
)
"""What changes in the home, and what is so in it: no source outside could know that."""

_TEXT = (
    r"(?:message|note|card|toast|speech|poem|song|rhyme|haiku|limerick|letter|e-?mail|slogan|caption|title|name|story|joke"
    r"|riddle|greeting|invitation|advert|headline|motto|lullaby|verse|ode|eulogy)s?"
)
_WANTS_TEXT: Final = re.compile(
    r"(?:(?:please|hey|so|can you|could you|would you|will you|help me|i want you to|i'd like you to)[ ,]+)*"
    rf"(?:(?:write|compose|draft|make up|come up with|think of|think up|invent|suggest) (?:me |us )?(?!my\b|the\b)"
    rf"|(?:i|we) need )(?:an?|some|\d+) (?:[\w-]+ ){{0,5}}?{_TEXT} (?:for|about|of|on|to congratulate|to thank)\b",
    re.IGNORECASE,
)
"""Asks for a text to be written. A message to a person is a request to send one."""

_ASKS_WHO_IS_IN: Final = re.compile(
    r"(?:is|are) (?!it\b|this\b|that\b|there\b|you\b|the\b)(?:\w+(?: and \w+)?|(?:my|our) \w+)"
    r" (?:already |still |back )?(?:in|out|home|at home|back|here|awake|asleep|up)(?: yet| now| already)?[.?!]?",
    re.IGNORECASE,
)
"""Asks whether a member of the household is in."""

_FACTS: Final = frozenset({"world", "definition", "how-to"})
_MISTAKEN: Final = FRESH | EXACT | {"itself", "settings"}
"""What questions about the world are taken for. What is said of the home and its people is left to the classifier."""

_HOW = r"(?:(?:so|and|um|okay|hey|please)[ ,]+)?how (?:do|can|could|would|should) (?:i|you|we|one) "
_ASKS_HOW: Final = re.compile(_HOW, re.IGNORECASE)
_ASKS_METHOD: Final = re.compile(
    rf"{_HOW}(?:calculate|compute|work out|figure out|find|determine|measure|solve)\b(?!.*\d)", re.IGNORECASE
)
"""Asks how something is computed and gives no numbers: there is nothing to compute."""
_NO_WISH: Final = COMMANDS - {"settings"}
"""Kinds of wishes that "how do I ..." only asks about; only this speaker can say how it is set."""

_ONLY_HOW_MUCH: Final = re.compile(
    r"(?:and )?(?:(?:just|only|a (?:bit|little|lot|touch|tad)|some|much|even|slightly|any) )*(?:more|less)"
    r"(?: (?:please|than that))?[.!?]?",
    re.IGNORECASE,
)
"""Says how much, and not of what."""

_ABOUT: Final = re.compile(r"(?:about|on) ", re.IGNORECASE)


def question(text: str, *, chatting: bool = False) -> Question:
    """See `Language.question`."""
    asked, text = _asked_for_cloud(" ".join(text.split()))
    looked_at = text[:_LOOKED_AT]
    if (grave := grave_kind(looked_at)) is not None:
        return Question(text, asked, grave)
    normalised = normalise(looked_at)
    asks_method = _ASKS_METHOD.match(normalised) is not None
    found = dict(zip(KINDS, _classifier().probabilities(looked_at).tolist(), strict=True))
    wants_sum = not asks_method and is_sum(looked_at.casefold().replace("\u2019", "'"), normalised)
    for_thought = asks_for_thought(looked_at)
    if (wants_sum and not for_thought and found["reasoning"] < _PUZZLE_FROM) or _DRAWN.search(looked_at):
        return Question(text, asked, "exact")
    kind, probability = leaning(without_grave(looked_at, found))
    kind = _by_form("how-to" if kind == "exact" and asks_method else kind, looked_at, normalised)
    if chatting and kind not in FRESH | FIXED and goes_on(looked_at):
        return Question(text, asked, "world")
    in_doubt = probability < _UNSURE and kind not in _NEVER_HARD
    is_hard = for_thought or len(text.split()) >= LONG_WORDS or (kind != "creative" and is_puzzle(normalised))
    if is_hard and (kind in OPEN or in_doubt or (for_thought and kind == "exact")):
        kind = "reasoning"
    return Question(text, asked, kind, probability, statement(looked_at))


def _by_form(kind: Kind, text: str, normalised: str) -> Kind:
    """The kind, or another one where the form of the question says so. `normalised` has digits for numbers."""
    if kind in _NO_WISH and _ASKS_HOW.match(text):
        kind = "how-to"
    if kind in _FACTS and changes(text):
        kind = "news"
    elif kind in _MISTAKEN and lasts(normalised):
        kind = "world"
    if (kind in FRESH and _OF_THE_HOME.search(text)) or (kind in OPEN and _ASKS_FOR_STATE.match(text)):
        return "home"
    if kind not in FIXED and _WANTS_TEXT.match(text):
        return "creative"
    if kind in FRESH and _ASKS_WHO_IS_IN.fullmatch(text):
        return "personal"
    return "fragment" if _ONLY_HOW_MUCH.fullmatch(text) else kind


@functools.cache
def _classifier() -> KindClassifier:
    """Two megabytes, read at the first question."""
    return read_classifier(resources.files(__package__) / "question_kinds.npz")


def _asked_for_cloud(text: str) -> tuple[bool, str]:
    found = _ASKED_FIRST.match(text) or (_ASKED_LAST.match(text) if len(text) <= _LOOKED_AT else None)
    if found is None:
        return False, text
    rest = found["rest"].strip(" ,:;")
    if not any(c.isalnum() for c in rest):
        return False, text  # without a question, the text itself is the question
    if about := _ABOUT.match(rest):
        rest = f"tell me about {rest[about.end() :]}"
    return True, rest[0].upper() + rest[1:]
