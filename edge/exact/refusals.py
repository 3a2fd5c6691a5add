"""Says why a question that looks exact has no exact answer."""

from edge.events import Intent
from edge.nlu.exact_replies import ExactReplies


def answer_refusal(intent: Intent, replies: ExactReplies) -> str:
    """EdgeCannotCompute: `why`, one of `WhyNot`."""
    return replies.why_not(str(intent.slots["why"]))
