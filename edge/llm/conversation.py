"""What a chat model is told: who it is, what was said before, and the question. Pure, with an injected clock.

The head of every prompt is the same bytes (system prompt and examples), so that a model on the board computes it once;
what changes (the clock, the room) stands in the last message, and only when the question is about it: a small model
answers "It is Monday" to everything when it is told the day.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from edge.llm import Message
from edge.runtime.clock import Clock

SYSTEM_PROMPT: Final = (
    "You are a smart speaker in a home. Your answers are spoken aloud. "
    "Answer in one or two short, plain, complete sentences."
)

_EXAMPLES: Final = (
    ("Are you there?", "Yes, I am here and listening."),
    ("Who painted the Mona Lisa?", "Leonardo da Vinci painted the Mona Lisa."),
    (
        "How do I make tea?",
        "Pour boiling water over a tea bag and wait about four minutes. Then take the bag out and enjoy.",
    ),
    ("What can you do?", "I can answer questions, set timers, tell you the time and control your home."),
    ("What is a rainbow?", "A rainbow is sunlight that raindrops bend and split into its colors."),
    ("Tell me a joke.", "Why did the scarecrow win a prize? Because he was outstanding in his field."),
)
"""Small models follow examples, not instructions: with these, SmolLM2-135M ends its answers after a sentence or two
instead of writing Markdown until it is stopped. They cost nothing at run time, being part of the cached head."""

_ABOUT_NOW: Final = re.compile(
    r"\b(now|today|tonight|tomorrow|yesterday|currently|morning|afternoon|evening|night|noon|midnight|weekend"
    r"|time|date|clock|day|week|month|year|season|late|early|age|old"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
    re.IGNORECASE,
)
_ABOUT_HERE: Final = re.compile(r"\b(here|room|where (am i|are we|are you))\b", re.IGNORECASE)

# Not strftime: its names follow the locale.
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_QUESTION_MEMORY_LIMIT = 2000
"""Characters of one remembered question or reply."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    question: str
    reply: str
    at: float
    shared: bool


class Conversation:
    """The memory of what was said, at most `turns` exchanges of the last `minutes`."""

    def __init__(self, *, turns: int, minutes: float, clock: Clock, area: str | None = None) -> None:
        self._exchanges: deque[_Exchange] = deque(maxlen=turns)
        self._seconds = minutes * 60
        self._clock = clock
        self._area = area

    def messages(self, question: str) -> tuple[Message, ...]:
        """The prompt for a question: the fixed head, the remembered exchanges, then what changes with the question."""
        return (*self.head(), self._last_message(question))

    def messages_for_cloud(self, question: str) -> tuple[Message, ...]:
        """The prompt for an endpoint away from home: of what was said before only what it was told already."""
        self._forget_old()
        spoken = ((e.question, e.reply) for e in self._exchanges if e.shared)
        return (Message("system", SYSTEM_PROMPT), *_as_messages(spoken), self._last_message(question))

    def head(self) -> tuple[Message, ...]:
        """What the next prompt begins with, for `ChatEndpoint.warm`."""
        self._forget_old()
        spoken = ((e.question, e.reply) for e in self._exchanges)
        return (Message("system", SYSTEM_PROMPT), *_as_messages(_EXAMPLES), *_as_messages(spoken))

    def remember(self, question: str, reply: str, *, shared: bool = False) -> None:
        """Keep a committed exchange. `reply` is what was spoken of it; an exchange without a reply is not kept.

        `shared` exchanges were with the cloud, which may be told of them again.
        """
        question, reply = " ".join(question.split()), " ".join(reply.split())
        if question and reply:
            limit = _QUESTION_MEMORY_LIMIT
            self._exchanges.append(_Exchange(question[:limit], reply[:limit], self._clock.monotonic(), shared))

    def forget(self) -> None:
        """Begin anew."""
        self._exchanges.clear()

    def _forget_old(self) -> None:
        oldest = self._clock.monotonic() - self._seconds
        while self._exchanges and self._exchanges[0].at < oldest:
            self._exchanges.popleft()

    def _last_message(self, question: str) -> Message:
        question = " ".join(question.split())
        note = self._note(question)
        return Message("user", f"{question} {note}" if note else question)

    def _note(self, question: str) -> str:
        facts = []
        if _ABOUT_NOW.search(question):
            facts.append(f"It is {_spoken_time(self._clock.now())}.")
        if self._area and _ABOUT_HERE.search(question):
            facts.append(f"You are in the {self._area}.")
        return f"({' '.join(facts)})" if facts else ""


def _as_messages(exchanges: Iterable[tuple[str, str]]) -> tuple[Message, ...]:
    return tuple(
        message for question, reply in exchanges for message in (Message("user", question), Message("assistant", reply))
    )


def _spoken_time(now: datetime) -> str:
    hour = now.hour % 12 or 12
    half = "AM" if now.hour < 12 else "PM"  # noqa: PLR2004 - noon
    return f"{_DAYS[now.weekday()]}, {_MONTHS[now.month - 1]} {now.day}, {now.year}, {hour}:{now.minute:02} {half}"
