"""Answers sums."""

from edge.events import Intent
from edge.exact.expression import NotationError, evaluate, read
from edge.exact.functions import NoResultError
from edge.nlu.exact_replies import ExactReplies


def answer_sum(intent: Intent, replies: ExactReplies) -> str:
    """EdgeCalculate: `expression` is in the notation and `said` in words; the other slots are those of the reply."""
    slots = intent.slots
    try:
        result = evaluate(read(str(slots["expression"])))
    except NotationError:
        return replies.no_answer("not-understood")
    except NoResultError as none:
        return replies.no_answer(none.reason)
    return replies.calculated(
        str(slots["said"]),
        result.value,
        exact=result.exact,
        money=str(slots.get("money", "")),
        form=str(slots.get("form", "")),
        unit=str(slots.get("unit", "")),
        each="each" in slots,
    )
