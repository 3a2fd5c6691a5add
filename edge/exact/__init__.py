"""Answers to questions that can be computed. No language: the questions are intents, the replies those of a language.

Sizes are bounded: what would take long to compute or to say is refused in words.
"""

from collections.abc import Callable, Mapping
from typing import Final

from edge.events import Intent
from edge.exact.conversions import answer_conversion, answer_gas_mark
from edge.exact.number_facts import answer_comparison, answer_equation, answer_number_fact
from edge.exact.refusals import answer_refusal
from edge.exact.sums import answer_sum
from edge.nlu.exact_replies import ExactReplies

_ANSWERS: Final[Mapping[str, Callable[[Intent, ExactReplies], str]]] = {
    "EdgeCalculate": answer_sum,
    "EdgeCannotCompute": answer_refusal,
    "EdgeCompare": answer_comparison,
    "EdgeGasMark": answer_gas_mark,
    "EdgeNumberFact": answer_number_fact,
    "EdgeSolve": answer_equation,
}

INTENTS: Final = frozenset({*_ANSWERS, "EdgeConvert"})
"""The names of exact questions."""


class ExactAnswerer:
    """Answers exact questions in the words of a language."""

    def __init__(self, replies: ExactReplies, *, country: str | None = None) -> None:
        """`country` is an ISO 3166 code: whose gallons are meant. None: unknown."""
        self._replies = replies
        self._country = country

    def answer(self, intent: Intent) -> str:
        """The reply to an intent of `INTENTS`."""
        if intent.name == "EdgeConvert":
            return answer_conversion(intent, self._replies, self._country)
        return _ANSWERS[intent.name](intent, self._replies)
