"""Whether a text is about the health of a person of the home, in English. Pure."""

import re
from typing import Final

from edge.nlu.en.privacy.sentence import Sentence, either
from edge.nlu.en.privacy.words import POSSESSIVES, WORDS

_TROUBLES: Final = WORDS["health_troubles"]
"""Words that are about a health matter wherever a person is in the same text."""
_ENDINGS: Final = re.compile(
    r"\w{3,}(?:itis|osis|aemia|emia|algia|ectomy|cillin|mycin|zepam|oxetine|traline|azole|gabalin|triptan|formin|olol|sartan|statin|thyroid|uria|plegia)s?"
)
"""Endings of illnesses, operations and substances (INN stems of the WHO)."""
_NO_ILLNESS: Final = frozenset(
    {"diagnosis", "osmosis", "metamorphosis", "photosynthesis", "academia", "bohemia", "symbiosis"}
)
_BODY: Final = WORDS["health_body"]
_HURTS: Final = WORDS["health_hurts"]
_NOT_BODY: Final = WORDS["health_not_body"]
_NOT_BEFORE_BODY: Final = WORDS["health_not_before_body"]
_LOOKS: Final = WORDS["health_looks"]
"""With these, a part of the body is dressed, painted or washed."""
_STATES: Final = either(
    r"(?:am|is|are|was|were|be|been|being|feel|feels|feeling|felt|get|gets|getting|got|look|looks|always) "
    r"(?:\w+ ){0,3}?(?:sick|ill|unwell|poorly|tired|exhausted|weak|shaky|stressed|drunk|numb|blind|deaf"
    r"|dehydrated|hopeless|worthless|depressed|in pain|in hospital|dead inside|hearing voices)(?! of\b)",
)
_FACTS: Final = either(
    r"(?:have|has|had|having|caught|got|catch|getting|with|keeps? getting) (?:\w+ ){0,3}?(?:cold|temperature"
    r"|bug|pain|pains|lump|condition|disease|illness|disorder|virus|attack|bite|burn|operation|accident|test "
    r"results?|sore \w+|broken \w+|high blood)",
    r"(?:can|could|do|did|will) not (?:\w+ )?(?:sleep|breathe|eat anything|stop eating|keep food down|feel my"
    r"|see properly|get out of bed)",
    r"trouble sleeping",
    r"throw(?:ing|s)? up",
    r"threw up",
    r"lose weight",
    r"losing weight",
    r"gain(?:ing)? weight",
    r"wets? the bed",
    r"kill myself",
    r"end my life",
    r"(?:hurt|hurts|hurting|cut|cuts|cutting|harm|harms|harming) (?:my|him|her|them)sel(?:f|ves)",
    r"want to die",
    r"better off dead",
    r"(?:point|reason) (?:of|in|to) (?:living|live|going on)",
    r"(?:hear|hears|hearing) voices",
    r"can not stop \w+ing",
    r"missed (?:my|her) period",
    r"late period",
    r"(?:in|into|had) labou?r",
    r"trying for a baby",
    r"(?:should|must|do|does|need to|have to) (?:\w+ ){0,2}(?:see|go to|call|visit) (?:a|the|my) (?:doctor|gp"
    r"|hospital|dentist|er)",
    r"(?:doctor|gp|consultant|dentist|nurse) (?:said|says|told|thinks|found|gave|put|wants)",
    r"blood (?:pressure|sugar|test|tests|type|count)",
    r"heart (?:rate|attack|beat)",
    r"mental health",
    r"side effects",
    r"test (?:came back|was|is) (?:positive|negative)",
    r"wrong with (?:me|him|her|us)",
    r"skips? a beat",
    r"keeps? forgetting",
    r"memory loss",
    r"food poisoning",
    r"feel(?:s|ing)? (?:so )?low",
    r"(?:had|has|have) a fall",
    r"fell (?:off|down|over|from|on|out)",
    r"hit (?:my|his|her) head",
    r"passed out",
    r"blacked out",
    r"took something",
    r"units of alcohol",
    r"drinks? too much",
    r"lost (?:\w+ ){1,2}(?:kilos?|pounds|kg|stone|weight)",
    r"(?:will|can|does|would) not wake",
    r"(?:my \w+|he|she) (?:can|does|do|could|did) not (?:remember|walk|talk|speak|move|swallow|hear|recogni[sz]e)",
    r"why (?:am|is|are|do|does) (?:i|he|she|my \w+) (?:\w+ ){1,3}?(?:always|all the time|constantly|lately|so much)",
    r"why (?:am|is|are|do|does) (?:i|he|she|my \w+) (?:always|constantly|so) \w+",
    r"(?:been|feel|feels|feeling|am|is|are) (?:\w+ )?(?:down|sad|unhappy|miserable|lonely|upset|suicidal|angry all)",
    r"(?:quit|quitting|stop|stopping|give up|giving up) (?:smoking|drinking|vaping|gambling)",
    r"(?:slept|sleep|sleeping) (?:\w+ ){0,3}?hours",
    r"hours of sleep",
    r"(?:drank|ate|swallowed|took) (?:\w+ )?(?:bleach|poison|detergent|battery|berries)",
    r"(?:losing|loses|lost|keeps? losing) (?:my|his|her) (?:balance|hair|voice|sight|hearing|memory|appetite)",
    r"(?:sick|ill|up) (?:all night|twice|again|this morning|since)(?! (?:with|reading|watching|playing|gaming|for))",
    r"(?:stopped|stop|start|started|taking|take|takes|took|forgot|skip|skipped) (?:\w+ ){0,2}(?:medicine|pills?"
    r"|tablets?|drugs|capsules?)",
)
_PARTS: Final = "|".join(sorted(_BODY))
_TREATED: Final = either(
    rf"(?:{_PARTS}) (?:replacement|surgery|operation|transplant|infection|injury|pain|pains|ache|cancer|disease"
    r"|condition|attack|failure|implant|reduction|removal|extraction|graft|test|exam)",
    rf"(?:broke|hurt|injured|twisted|cut|burned|burnt|bruised|pulled) (?:my|a|an|his|her) (?:{_PARTS})",
    rf"(?:broken|fractured|sprained|torn|pulled|bruised|swollen|sore|infected|dislocated) (?:{_PARTS})",
)
_VALUE: Final = either(
    r"(?:pulse|heart ?rate|blood pressure|blood sugar|temperature|fever|cholesterol|bmi|glucose|oxygen"
    r"|saturation|iron|hemoglobin|haemoglobin|psa|weight) (?:level )?(?:of|is|at|was) (?:\d+|\w+ty|\w+ "
    r"(?:hundred|point|over))",
)
"""A measured value, which belongs to a person: "is a blood pressure of 160 too high"."""
_WITH_ADJECTIVE: Final = {"back": 1, "head": 1, "face": 1, "hand": 1, "body": 1}
"""How far "my" may stand before words that mean other things too."""
_OVEN: Final = either(
    r"oven",
    r"water",
    r"room",
    r"sun",
    r"moon",
    r"earth",
    r"planet",
    r"star",
    r"melting",
    r"boiling",
    r"outside",
    r"degrees in",
)
"""With these, a temperature or a rate is not a person's."""
_OWN: Final = WORDS["health_own"]
_OWNERS: Final = POSSESSIVES | {"his", "her", "their", "s"}


def is_health(sentence: Sentence) -> bool:
    """Whether a person of the home or around is ill, treated, pregnant, or asks for help with a body."""
    if _VALUE.search(sentence.plain) and not _OVEN.search(sentence.plain):
        return True
    if not sentence.about_person:
        return False
    if not _TROUBLES.isdisjoint(sentence.stems) or any(map(_is_term, sentence.told)):
        return True
    if sentence.has_person and _STATES.search(sentence.plain):  # "my sauce looks tired"
        return True
    if any(it.search(sentence.plain) for it in (_FACTS, _TREATED)):
        return True
    return sentence.owns(_OWN, owners=_OWNERS, distance=2) or _names_body(sentence)


def _is_term(word: str) -> bool:
    return bool(_ENDINGS.fullmatch(word)) and word not in _NO_ILLNESS


def _names_body(sentence: Sentence) -> bool:
    """Whether a person's part of the body hurts, or is asked about for another reason than its looks."""
    words = sentence.words
    hurts = not _HURTS.isdisjoint(words)
    if not hurts and not _LOOKS.isdisjoint(words):
        return False
    owners = POSSESSIVES if sentence.has_pet else _OWNERS
    for at, word in enumerate(words):
        if word not in _BODY or (at + 1 < len(words) and words[at + 1] in _NOT_BODY):
            continue
        before = words[max(0, at - (3 if hurts else _WITH_ADJECTIVE.get(word, 2))) : at]
        if not owners.isdisjoint(before) and _NOT_BEFORE_BODY.isdisjoint(before):
            return True
    return False
