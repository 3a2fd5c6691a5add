"""Decides who answers a text: the first rule that holds. Pure.

The rules stand in one table, so that their order can be read, explained and tested; docs/answers.md shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from edge.events import CloudState
from edge.nlu.kinds import COMMANDS, FIXED, FRESH, OPEN, OURS, Kind
from edge.settings import Escalate

Consent = Literal["unasked", "yes", "no"]
"""What the user answered when the speaker asked whether it may ask the cloud, as long as that is remembered."""

Local = Literal["none", "unfit", "fit"]
"""Whether there is a model in the home, and whether it is fit for the kind of question."""

Answers = Literal["home", "exact", "llm", "cloud", "ask"]
"""Who answers. "home" is a command, a fixed reply or a refusal, "exact" computes or looks up, "ask" asks the user
whether the cloud may be asked."""

Understood = Literal["no", "command", "computed", "looked-up"]
"""Whether a sentence of the grammar matched, a question that can be computed was read, or its answer was found."""

Need = Literal["command", "computed", "looked-up", "fixed", "action", "exact", "ours", "fresh", "open", "unclear"]
"""What a text needs: kinds that are treated alike."""


@dataclass(frozen=True, slots=True)
class Features:
    """Everything that the decision depends on.

    `private`: the text holds something that is never
    sent. `asks_for_cloud`: the user said so.
    """

    understood: Understood
    kind: Kind
    private: bool
    asks_for_cloud: bool
    mode: Escalate
    consent: Consent
    cloud: CloudState
    local: Local

    @property
    def need(self) -> Need:
        """What the text needs."""
        return need_of(self.kind) if self.understood == "no" else self.understood

    @property
    def may_send(self) -> bool:
        """Whether the text could go to the cloud at all."""
        return self.mode != "never" and self.cloud == "ready" and not self.private

    @property
    def allowed(self) -> bool:
        """Whether the cloud may be asked without asking the user first."""
        return self.may_send and (self.mode != "ask" or self.consent == "yes")

    @property
    def needs_cloud(self) -> bool:
        """Whether the home cannot answer."""
        return self.need == "fresh" or (self.need == "open" and self.local != "fit")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. `reason` is a stable word for records; `when` explains it to the owner."""

    reason: str
    answers: Answers
    when: str
    holds: Callable[[Features], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers and why, and who would answer otherwise: if the cloud fails, the runner-up takes its place."""

    answers: Answers
    reason: str
    runner_up: Answers
    runner_up_reason: str


def _answered_at_home(features: Features) -> bool:
    """Whether the model in the home is asked. Where there is none, it says so itself."""
    if features.need == "open":
        return features.local != "unfit"
    return features.need == "unclear" and features.local == "fit"


RULES: Final = (
    Rule("intent", "home", "a command", lambda it: it.need == "command"),
    Rule("exact-question", "exact", "something that can be computed", lambda it: it.need == "computed"),
    Rule(
        "fixed-reply",
        "home",
        "an emergency, a code, or a question about this speaker that has one true answer",
        lambda it: it.need == "fixed",
    ),
    Rule("not-understood", "home", "a calculation that could not be read", lambda it: it.need == "exact"),
    Rule(
        "asked-for-cloud",
        "cloud",
        "you asked for the cloud, and it may be asked",
        lambda it: it.asks_for_cloud and it.may_send,
    ),
    Rule("looked-up", "exact", "a fact that can be looked up on the board", lambda it: it.need == "looked-up"),
    Rule("not-understood", "home", "a command that no sentence matches", lambda it: it.need == "action"),
    Rule("cannot-know", "home", "only your home, you, or this speaker could know it", lambda it: it.need == "ours"),
    Rule(
        "fresh-knowledge",
        "cloud",
        "the answer changes, and the cloud may be asked",
        lambda it: it.need == "fresh" and it.allowed,
    ),
    Rule(
        "cloud-preferred",
        "cloud",
        'any other question with `escalate = "prefer"`',
        lambda it: it.mode == "prefer" and it.may_send,
    ),
    Rule(
        "hard-question",
        "cloud",
        "no model in the home is fit for it, and the cloud may be asked",
        lambda it: it.needs_cloud and it.allowed,
    ),
    Rule(
        "ask-first",
        "ask",
        'the cloud would be needed, with `escalate = "ask"`, and you have not answered yet',
        lambda it: it.needs_cloud and it.may_send and it.mode == "ask" and it.consent == "unasked",
    ),
    Rule(
        "private",
        "home",
        "only the cloud could answer, and it holds something that is never sent",
        lambda it: it.private and it.needs_cloud and it.mode != "never" and it.cloud == "ready",
    ),
    Rule(
        "cloud-not-allowed",
        "llm",
        "you asked for the cloud, which must not be asked; the model in the home is fit for it",
        lambda it: it.asks_for_cloud and _answered_at_home(it) and (it.mode == "never" or it.cloud == "ready"),
    ),
    Rule(
        "cloud-not-ready",
        "llm",
        "you asked for the cloud, which cannot be asked now; the model in the home is fit for it",
        lambda it: it.asks_for_cloud and _answered_at_home(it),
    ),
    Rule("open-question", "llm", "the model in the home is fit for it", _answered_at_home),
    Rule("cannot-know", "home", "the answer changes, and the cloud is not asked", lambda it: it.need == "fresh"),
    Rule("no-fit-model", "home", "no model that may be asked is fit for it", lambda it: it.need == "open"),
    Rule("not-understood", "home", "everything else", lambda _: True),
)
"""In order: the first that holds decides."""


def need_of(kind: Kind) -> Need:
    """What a text of this kind needs, unless it was understood as a command."""
    if kind in FIXED:
        return "fixed"
    if kind in COMMANDS:
        return "action"
    if kind in OURS:
        return "ours"
    if kind in FRESH:
        return "fresh"
    if kind in OPEN:
        return "open"
    return "exact" if kind == "exact" else "unclear"


def decide(features: Features) -> Choice:
    """Who answers: the first rule that holds. The runner-up is the next one with another answerer but asking."""
    holding = [rule for rule in RULES if rule.holds(features)]
    chosen = holding[0]
    other = next((it for it in holding if it.answers not in {chosen.answers, "ask"}), chosen)
    return Choice(chosen.answers, chosen.reason, other.answers, other.reason)
