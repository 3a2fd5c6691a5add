"""What the next turn may refer to: a question of the speaker's, and the last command. Each is forgotten in time."""

from edge.events import NO_CONTEXT, Context, Intent, ReplySentence
from edge.runtime.clock import Clock

QUESTION_S = 30.0
"""An answer that comes later is a command of its own."""

LAST_S = 120.0
"""For so long "cancel that" and "make it twelve" refer to the last command."""

_REFERS_TO_NOTHING = frozenset({"EdgeRepeat", "EdgeStop", "EdgeThanks", "HassNevermind"})


class Dialogue:
    """The context of one room's turns. Told about commands when they have been carried out."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._context = NO_CONTEXT
        self._at = clock.monotonic()

    @property
    def context(self) -> Context:
        """What the next turn may refer to now."""
        age_s = self._clock.monotonic() - self._at
        if age_s > LAST_S:
            return NO_CONTEXT
        if age_s > QUESTION_S:
            return Context(last=self._context.last)
        return self._context

    def acted(self, intent: Intent, reply: ReplySentence | None) -> None:
        """`intent` was carried out, with this reply; it may ask something."""
        before = self._context
        intent = intent.then[-1] if intent.then else intent  # of several commands the last one is meant by "that"
        question = reply.question if reply is not None else None
        last = before.last if question is not None or intent.name in _REFERS_TO_NOTHING else intent
        chosen_from = before.question.choices if before.question is not None else ()
        others = tuple(choice for choice in chosen_from if choice[1] != intent)
        self._context = Context(question, last, others if len(others) < len(chosen_from) else ())
        self._at = self._clock.monotonic()

    def forget_question(self) -> None:
        """The user asked something else instead of answering."""
        self._context = Context(last=self._context.last)
