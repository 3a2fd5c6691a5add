"""Chooses between the model on the board and the cloud. Pure."""

from typing import Literal

from edge.events import Answerer
from edge.nlu import Question


def choose(
    question: Question, *, escalate: Literal["never", "hard", "always"], cloud_ready: bool, local_ready: bool
) -> tuple[Answerer, str]:
    """The answerer ("llm" or "cloud") and the reason.

    Reasons for the cloud: "asked-for-cloud", the kind of a hard question, "always", "no-local-model". For the model on
    the board: "open-question", and, if the cloud was asked for in vain, "cloud-not-allowed" and "cloud-not-ready".
    """
    asked = question.asks_for_cloud
    if escalate == "never":
        return "llm", "cloud-not-allowed" if asked else "open-question"
    if not cloud_ready:
        return "llm", "cloud-not-ready" if asked else "open-question"
    if asked:
        return "cloud", "asked-for-cloud"
    if question.hard is not None:
        return "cloud", question.hard
    if escalate == "always":
        return "cloud", "always"
    return ("llm", "open-question") if local_ready else ("cloud", "no-local-model")
