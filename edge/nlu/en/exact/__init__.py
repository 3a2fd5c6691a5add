"""Questions whose answer can be computed: from an English text to an intent of `edge.exact`. Pure.

`tokens.py` brings numbers, signs and money into one spelling, `lead.py` strips politeness, and the files behind them
read one kind of question each. A text must be understood as a whole: what is left over makes it another question.
"""

import re
from dataclasses import replace
from typing import Final

from edge.events import Intent
from edge.nlu.en.exact.any_order import any_order
from edge.nlu.en.exact.chance_questions import chance_question
from edge.nlu.en.exact.comparisons import comparison
from edge.nlu.en.exact.conversions import conversion
from edge.nlu.en.exact.going_on import texts_meant
from edge.nlu.en.exact.lead import bare, direct
from edge.nlu.en.exact.quantity_sums import quantity_sum
from edge.nlu.en.exact.sum_questions import sum_question
from edge.nlu.en.exact.tokens import canonical
from edge.nlu.en.exact.told import folded
from edge.nlu.en.exact.when import when_question
from edge.nlu.en.exact.word_questions import word_question

_MAX_CHARS = 200
"""Longer texts are no questions of this kind."""
_COMMA: Final = re.compile(r" , (?!\d)")
"""Between the parts of a question, not between numbers."""
_CORRECTS: Final = re.compile(r"^(?:(?:no|sorry|wait|actually|oops|i (?:meant|mean|said))[ ,]+)+(?:make (?:it|that) )?")
"""What begins a correction of the question before: "no, I meant Paris" asks what "what about Paris" does."""
_REMINDS: Final = re.compile(
    r"(?:\w+ ){0,3}remind (?:me|us)\b(?!.*\b(?:what|when|which|how|who|date|day is|weekday)\b)"
)
"""Wants a reminder, and nothing to be told."""
_QUESTION: Final = "question"
"""The slot with the question itself in one spelling, for what says only how it differs."""


def exact_question(text: str, last: Intent | None) -> Intent | None:
    """See `Language.exact_question`."""
    if len(text) > _MAX_CHARS:
        return None
    said = canonical(text)
    if _REMINDS.match(said):
        return None
    before = "" if last is None else str(last.slots.get(_QUESTION, ""))
    asked = bare(said)
    alike = filter(None, (direct(asked), _COMMA.sub(" ", asked), folded(asked)))
    corrected = _CORRECTS.sub("what about ", said) if before else said
    meant = (asked, *alike, corrected, *(texts_meant(corrected, before) if before else ()))
    for question in meant:
        intent = _read(question, last)
        if intent is not None:
            return replace(intent, slots={**intent.slots, _QUESTION: question})
    return None


def _read(question: str, last: Intent | None) -> Intent | None:
    return (
        chance_question(question)
        or word_question(question, last)
        or when_question(question, last)
        or conversion(question, last)
        or comparison(question)
        or sum_question(question, last)
        or quantity_sum(question)
        or any_order(question)
    )
