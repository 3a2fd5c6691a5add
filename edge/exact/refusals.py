"""Says why a question that looks exact has no exact answer."""

from typing import cast

from edge.events import Intent
from edge.nlu.exact_replies import ExactReplies, WhyNot


def answer_refusal(intent: Intent, replies: ExactReplies) -> str:
    """EdgeCannotCompute: `why`, one of `WhyNot`."""
    return replies.why_not(cast("WhyNot", intent.slots["why"]))
