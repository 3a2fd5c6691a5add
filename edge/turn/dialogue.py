"""What the next turn may refer to: a question of the speaker's, and the last command. Each is forgotten in time."""

from dataclasses import replace
from typing import Final, Literal

from edge.events import ASK_CLOUD, NO_CONTEXT, Context, Intent, ReplySentence
from edge.exact import INTENTS as EXACT
from edge.runtime.clock import Clock

QUESTION_S = 30.0
"""An answer that comes later is a command of its own."""

LAST_S = 120.0
"""For so long "cancel that" and "make it twelve" refer to the last command."""

CONSENT_MINUTES: Final = 60

_REFERS_TO_NOTHING = frozenset(
    {
        ASK_CLOUD,
        "EdgeCode",
        "EdgeNotUnderstood",
        "EdgeRepeat",
        "EdgeStop",
        "EdgeSuggestion",
        "EdgeThanks",
        "EdgeUnsupported",
        "HassNevermind",
        "HassRespond",
    }
)


class Dialogue:
    """The context of one room's turns. Told about commands when they have been carried out."""

    def __init__(self, clock: Clock, *, consent_minutes: int = CONSENT_MINUTES) -> None:
        """`consent_minutes`: for how long the answer counts whether the cloud may be asked."""
        self._clock = clock
        self._consent: Literal["unasked", "yes", "no"] = "unasked"
        self._consent_at = clock.monotonic()
        self._consent_s = consent_minutes * 60.0
        self._context = NO_CONTEXT
        self._at = clock.monotonic()
        self._chatted_at: float | None = None
        self._asked_at = clock.monotonic()

    @property
    def context(self) -> Context:
        """What the next turn may refer to now."""
        now = self._clock.monotonic()
        consent = self._consent if now - self._consent_at <= self._consent_s else "unasked"
        referred = replace(self._referred(now), consent=consent)
        if self._context.asked is None or now - self._asked_at > LAST_S:
            return referred
        return replace(referred, asked=self._context.asked, asked_since=self._context.asked_since)

    def _referred(self, now: float) -> Context:
        chatting = self._chatted_at is not None and now - self._chatted_at <= LAST_S
        if now - self._at > LAST_S:
            return Context(chatting=chatting)
        if now - self._at > QUESTION_S:
            return Context(last=self._context.last, chatting=chatting, also=self._context.also)
        return replace(self._context, chatting=chatting)

    def acted(self, intent: Intent, reply: ReplySentence | None) -> None:
        """`intent` was carried out, with this reply; it may ask something."""
        before = self._context
        self._chatted_at = None
        if intent.name in EXACT:
            self._context = Context(last=before.last, also=before.also, asked=intent, asked_since=True)
            self._asked_at = self._clock.monotonic()
            return
        since = before.asked_since and intent.name in _REFERS_TO_NOTHING
        *also, intent = (intent, *intent.then)  # of several commands the last one is meant by "that"
        question = reply.question if reply is not None else None
        last = before.last if question is not None or intent.name in _REFERS_TO_NOTHING else intent
        chosen_from = before.question.choices if before.question is not None else ()
        others = tuple(choice for choice in chosen_from if choice[1] != intent)
        known = tuple(replace(it, then=()) for it in also)
        others = others if len(others) < len(chosen_from) else ()
        last = last and replace(last, then=())
        self._context = Context(question, last, others, also=known, asked=before.asked, asked_since=since)
        self._at = self._clock.monotonic()

    def consented(self, answer: Literal["yes", "no"]) -> None:
        """The user answered whether the cloud may be asked."""
        self._consent, self._consent_at = answer, self._clock.monotonic()

    def chatted(self) -> None:
        """A model was asked: the user did not answer the question."""
        self._context = Context(last=self._context.last)
        self._chatted_at = self._clock.monotonic()
