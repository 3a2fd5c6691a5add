"""Answers to questions that can be computed. No language: the questions are intents, the replies those of a language.

Sizes are bounded: what would take long to compute or to say is refused in words.
"""

from collections.abc import Callable, Mapping
from typing import Final

from edge.events import Intent
from edge.exact.number_facts import answer_comparison, answer_equation, answer_number_fact
from edge.exact.refusals import answer_refusal
from edge.exact.sums import answer_sum
from edge.nlu.exact_replies import ExactReplies

_ANSWERS: Final[Mapping[str, Callable[[Intent, ExactReplies], str]]] = {
    "EdgeCalculate": answer_sum,
    "EdgeCannotCompute": answer_refusal,
    "EdgeCompare": answer_comparison,
    "EdgeNumberFact": answer_number_fact,
    "EdgeSolve": answer_equation,
}

INTENTS: Final = frozenset(_ANSWERS)
"""The names of exact questions."""


class ExactAnswerer:
    """Answers exact questions in the words of a language."""

    def __init__(self, replies: ExactReplies) -> None:
        self._replies = replies

    def answer(self, intent: Intent) -> str:
        """The reply to an intent of `INTENTS`."""
        return _ANSWERS[intent.name](intent, self._replies)
