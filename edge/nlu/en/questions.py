"""Finds questions that are too hard for a small local model, and questions meant for the cloud. Pure patterns.

A small model answers everyday questions, but it knows few facts and no recent ones, and cannot reason at length. The
patterns describe its weak spots; every other question is an everyday one. A miss costs a weaker answer, a false hit
sends a text to the cloud that could have stayed local.
"""

import re
from typing import Final

from edge.nlu.en.open_questions import not_open
from edge.nlu.en.refused_questions import OF_SERVICES, refused_question
from edge.nlu.question import Question

LONG_WORDS = 40
"""Questions of this length are too hard for a small model."""

_LOOKED_AT = 1000
"""The number of characters searched, because patterns with gaps take quadratic time on a hostile text."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})", re.IGNORECASE)


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
_ABOUT: Final = re.compile(r"(?:about|on) ", re.IGNORECASE)

_HARD: Final = (
    (
        "translation",
        _any(
            r"translat\w+",
            r"how (?:do|would|can) (?:you|i|we) say\b",
            r"(?:in|into|to) (?:french|german|spanish|italian|portuguese|dutch|polish|turkish|russian|arabic|hindi"
            r"|chinese|mandarin|japanese|korean)[.?!]?$",
        ),
    ),
    (
        "code",
        _any(
            r"python (?:code|script|function|program)",
            r"(?:javascript|typescript|sql|regex|regular expression|html|css)\b",
            r"write (?:me )?(?:a |an |some )?(?:\w+ )?(?:code|program|script|function|query)\b",
            r"debug\b",
        ),
    ),
    (
        "maths",
        _any(
            r"(?:derivative|integral|factorial) of\b",
            r"prime numbers?\b",
            r"solve (?:for|the|this|[a-z\d])",
            r"equation\b",
        ),
    ),
    (
        "fresh-knowledge",
        _any(
            r"(?:news|headlines?|weather|forecast)\b",
            r"(?:stocks?|share price|stock market|bitcoin|exchange rate|interest rates?|inflation)\b",
            r"how much (?:is|are|does|do) .*(?:cost|worth|today|now|ticket|phone|car|house|gas|petrol|gold|flight)",
            r"(?:scores?|standings|playoffs?)\b",
            r"who(?:'s| is| has|) (?:won|winning|win|playing)\b",
            r"did .+ (?:win|lose|beat)\b",
            r"(?:latest|newest|most recent|recently|breaking|trending|upcoming)\b",
            r"(?:current|currently|right now|these days|nowadays)\b",
            r"(?:elections?|traffic)\b",
            r"flight [a-z]* ?\d",
            r"(?:is|are) .+ open (?:now|today|tonight|tomorrow|on \w+day)\b",
            r"(?:this|last|next) (?:week|month|year|season)\b",
            r"(?:yesterday's|last night's)",
            r"20(?:2[4-9]|[3-9]\d)\b",
            r"who(?:'s| is) the (?:new |acting )?(?:president|prime minister|chancellor|king|queen|pope|mayor|governor"
            r"|ceo|head|champion|leader|manager|coach)\b",
            r"release date\b",
            r"(?:comes?|coming) out (?:next|on|in|this)\b",
            r"on (?:tv|netflix)\b",
            r"in (?:the )?(?:cinemas?|theaters?)\b",
        ),
    ),
    (
        "world-knowledge",
        _any(
            r"(?:population|history|currency) of\b",
            r"how many people\b",
            r"(?:net worth|gdp|biography)\b",
            r"(?:what|which) year (?:was|were|did)\b",
            r"when (?:was|were|did) (?!i\b|we\b|you\b)",
            r"who (?:invented|discovered|founded|directed|composed|designed|starred|sang|sings|played|plays)\b",
            r"how (?:tall|high|deep|old|far|fast|long|big|heavy) (?:is|was|are) (?!it\b|this\b|that\b|you\b)\w",
            r"(?:tallest|largest|biggest|longest|highest|deepest|fastest|oldest|richest)\b",
        ),
    ),
    (
        "writing",
        _any(
            r"write (?:me |us |my )?(?:a|an|some|my)\b",
            r"(?:compose|draft) (?:a|an|my)\b",
            r"(?:essay|cover letter|haiku|sonnet|limerick|blog post)\b",
            r"(?:proofread|rewrite|rephrase)\b",
        ),
    ),
    (
        "long-reasoning",
        _any(
            r"step[ -]by[ -]step\b",
            r"in (?:more |great )?detail\b",
            r"pros and cons\b",
            r"advantages and disadvantages\b",
            r"(?:compare|comparison|analy[sz]e|brainstorm|itinerary)\b",
            r"summar(?:i[sz]e|y of)\b",
            r"(?:meal|workout|training|travel|study) plan\b",
            r"plan (?:a|an|my|our|me) \w",
            r"prove that\b",
            r"how (?:many|much|long|far) .+ if ",
            r"if .+ how (?:many|much|long|far)\b",
            r"what would happen if\b",
        ),
    ),
)


def question(text: str, *, chatting: bool = False) -> Question:
    """See `Language.question`.

    Kinds of hard questions: "translation", "code", "maths", "fresh-knowledge", "world-knowledge", "writing",
    "long-reasoning", "long-text".
    """
    asked, text = _asked_for_cloud(" ".join(text.split()))
    looked_at = text[:_LOOKED_AT]
    refusal = refused_question(looked_at)
    if refusal is None:
        hard = _why_hard(text)
    elif refusal in OF_SERVICES:
        hard = "fresh-knowledge"
    else:
        hard = None
    return Question(text, asked, hard, refusal, not_open(looked_at, chatting=chatting))


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


def _why_hard(text: str) -> str | None:
    looked_at = text[:_LOOKED_AT]
    for reason, pattern in _HARD:
        if pattern.search(looked_at):
            return reason
    return "long-text" if len(text.split()) >= LONG_WORDS else None
