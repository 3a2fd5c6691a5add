"""Whether a text is about the health of a person of the home, in English. Pure."""

import re
from typing import Final

from edge.nlu.en.privacy.sentence import Sentence
from edge.nlu.en.privacy.words import POSSESSIVES, WORDS

_TROUBLES: Final = WORDS["health_troubles"]
"""Words that are about a health matter wherever a person is in the same text."""
_ENDINGS: Final = re.compile(
    r"\w{3,}(?:itis|osis|aemia|emia|algia|ectomy|cillin|mycin|zepam|oxetine|prazole|sartan|statin|thyroid|uria|plegia)s?"
)
"""Endings of illnesses, operations and substances (INN stems of the WHO)."""
_NO_ILLNESS: Final = frozenset(
    {"diagnosis", "osmosis", "metamorphosis", "photosynthesis", "academia", "bohemia", "symbiosis"}
)
_BODY: Final = WORDS["health_body"]
_HURTS: Final = WORDS["health_hurts"]
_NOT_BODY: Final = WORDS["health_not_body"]
_NOT_BEFORE_BODY: Final = WORDS["health_not_before_body"]
_STATES: Final = re.compile(
    r" (?:am|is|are|was|were|be|been|being|feel|feels|feeling|felt|get|gets|getting|got|look|looks|always) "
    r"(?:\w+ ){0,3}?(?:sick|ill|unwell|poorly|tired|exhausted|weak|shaky|stressed|drunk|numb|blind|deaf|dehydrated|low"
    r"|hopeless|worthless|depressed|in pain|in hospital|dead inside|hearing voices)(?! of\b) "
)
_FACTS: Final = re.compile(
    r" (?:have|has|had|having|caught|got|catch|getting|with|keeps? getting) (?:\w+ ){0,3}?"
    r"(?:cold|temperature|bug|pain|pains|lump|condition|disease|illness|disorder|virus|attack|bite|burn|operation"
    r"|accident|test results?|sore \w+|broken \w+|high blood) "
    r"|(?:can|could|do|did|will) not (?:\w+ )?"
    r"(?:sleep|breathe|eat anything|stop eating|keep food down|feel my|see properly|get out of bed)"
    r"|trouble sleeping|throw(?:ing|s)? up|threw up|lose weight|losing weight|gain(?:ing)? weight|kill myself"
    r"|end my life|hurt(?:ing)? myself|cut(?:ting)? myself|want to die|wets? the bed|missed (?:my|her) period"
    r"|late period"
    r"|(?:should|must|do|does|need to|have to) (?:\w+ ){0,2}(?:see|go to|call|visit) (?:a|the|my) "
    r"(?:doctor|gp|hospital|dentist|er)"
    r"|(?:doctor|gp|consultant|dentist|nurse) (?:said|says|told|thinks|found|gave|put|wants)"
    r"|blood (?:pressure|sugar|test|tests|type|count)|heart (?:rate|attack|beat)|mental health"
    r"|test (?:came back|was|is) (?:positive|negative)|wrong with (?:me|him|her|us)|skips? a beat|keeps? forgetting"
    r"|memory loss|(?:stopped|stop|start|started|taking|take|takes|took|forgot) (?:\w+ ){0,2}"
    r"(?:medicine|pills?|tablets?|drugs|capsules?)"
)
_OWN: Final = WORDS["health_own"]
_OWNERS: Final = POSSESSIVES | {"his", "her", "their", "s"}


def is_health(sentence: Sentence) -> bool:
    """Whether a person of the home or around is ill, treated, pregnant, or asks for help with a body."""
    if not sentence.about_person:
        return False
    if any(word in _TROUBLES or (_ENDINGS.fullmatch(word) and word not in _NO_ILLNESS) for word in sentence.told):
        return True
    if _STATES.search(sentence.plain) or _FACTS.search(sentence.plain):
        return True
    return sentence.owns(_OWN, owners=_OWNERS, distance=2) or _body_hurts(sentence)


def _body_hurts(sentence: Sentence) -> bool:
    words = sentence.words
    if _HURTS.isdisjoint(words):
        return False
    for at, word in enumerate(words):
        if word not in _BODY or (at + 1 < len(words) and words[at + 1] in _NOT_BODY):
            continue
        before = words[max(0, at - 3) : at]
        if not _OWNERS.isdisjoint(before) and _NOT_BEFORE_BODY.isdisjoint(before):
            return True
    return False
