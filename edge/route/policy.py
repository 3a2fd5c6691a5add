"""Chooses between a refusal, the model in the home and the cloud. Pure."""

from typing import Literal

from edge.events import Answerer
from edge.nlu import Question


def choose(
    question: Question,
    *,
    escalate: Literal["never", "hard", "always"],
    cloud_ready: bool,
    local_ready: bool,
    small_model: bool,
) -> tuple[Answerer, str]:
    """The answerer, where "home" means a refusal, and the reason. `small_model`: the one in the home is on the board.

    Reasons for the cloud: "asked-for-cloud", the kind of a hard question, "always", "no-local-model". For the model in
    the home: "open-question", and, if the cloud was asked for in vain, "cloud-not-allowed" and "cloud-not-ready". For a
    refusal: "cannot-know" for what no model in the home can answer, "not-understood" for what a small one is not asked.
    """
    if cloud_ready and escalate != "never":
        reason = _why_cloud(question, always=escalate == "always", local_ready=local_ready)
        if reason is not None:
            return "cloud", reason
    if question.refusal is not None:
        return "home", "cannot-know"
    if small_model and question.small_refusal is not None:
        return "home", "not-understood"
    if question.asks_for_cloud:
        return "llm", "cloud-not-allowed" if escalate == "never" else "cloud-not-ready"
    return "llm", "open-question"


def _why_cloud(question: Question, *, always: bool, local_ready: bool) -> str | None:
    if question.asks_for_cloud:
        return "asked-for-cloud"
    if question.hard is not None:
        return question.hard
    if question.refusal is not None:
        return None
    return "always" if always else None if local_ready else "no-local-model"
