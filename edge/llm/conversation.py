"""The prompt of a chat model: its role, the conversation so far, and the question. Pure, with an injected clock.

The beginning of every prompt is the same bytes (system prompt and examples), so that a model on the board computes it
once. Variable parts (time, room) are in the last message, and only if the question is about them. A small model is told
neither the time nor the jokes and stories that it has written: it would answer everything with "It is Monday", or with
another joke.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from edge.llm import Message
from edge.nlu.chat_texts import ChatTexts
from edge.runtime.clock import Clock
from edge.settings import CloudMemory

_QUESTION_MEMORY_LIMIT = 2000
"""Maximum characters of one remembered question or reply."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    question: str
    reply: str
    at: float
    shared: bool
    creative: bool


class Conversation:
    """Remembers at most `turns` exchanges of the last `minutes`. `small`: the model in the home is a small one.

    The model in the home is told of all of them, the cloud of what `cloud_memory` says: none, those that it took part
    in, or all.
    """

    def __init__(
        self,
        texts: ChatTexts,
        *,
        turns: int,
        minutes: float,
        clock: Clock,
        area: str | None = None,
        small: bool = False,
        cloud_memory: CloudMemory = "cloud",
    ) -> None:
        self._texts = texts
        self._exchanges: deque[_Exchange] = deque(maxlen=turns)
        self._seconds = minutes * 60
        self._clock = clock
        self._area = area
        self._small = small
        self._cloud_memory = cloud_memory

    def messages(self, question: str) -> tuple[Message, ...]:
        """The prompt for a question: the fixed beginning, the remembered exchanges, then the variable parts."""
        return (*self.head(), self._last_message(question, plain=self._small))

    def messages_for_cloud(self, question: str) -> tuple[Message, ...]:
        """The prompt for the cloud: with those earlier exchanges that it may know of, in their order.

        The variable parts stand at its head, because they are ours: what the user said may be changed before it is
        sent.
        """
        self._forget_old()
        known = [e for e in self._exchanges if e.shared or self._cloud_memory == "all"]
        spoken = ((e.question, e.reply) for e in known if self._cloud_memory != "none")
        question = " ".join(question.split())
        note = self._texts.note(question, self._clock.now(), self._area)
        head = f"{self._texts.system_prompt} {note}" if note else self._texts.system_prompt
        return (Message("system", head), *_as_messages(spoken), Message("user", question))

    def head(self) -> tuple[Message, ...]:
        """The beginning of the next prompt, for `ChatEndpoint.warm`."""
        self._forget_old()
        spoken = ((e.question, e.reply) for e in self._exchanges if not (self._small and e.creative))
        return (*opening(self._texts), *_as_messages(spoken))

    def remember(self, question: str, reply: str, *, shared: bool = False, creative: bool = False) -> None:
        """Keep a committed exchange. `reply` is what was spoken of it; an exchange without a reply is not kept.

        `shared` exchanges were with the cloud, which may be told of them again. The reply to a `creative` one is a text
        that was made up.
        """
        question, reply = " ".join(question.split()), " ".join(reply.split())
        if question and reply:
            limit = _QUESTION_MEMORY_LIMIT
            self._exchanges.append(
                _Exchange(question[:limit], reply[:limit], self._clock.monotonic(), shared, creative)
            )

    def forget(self) -> None:
        """Forget the conversation."""
        self._exchanges.clear()

    def _forget_old(self) -> None:
        oldest = self._clock.monotonic() - self._seconds
        while self._exchanges and self._exchanges[0].at < oldest:
            self._exchanges.popleft()

    def _last_message(self, question: str, *, plain: bool = False) -> Message:
        question = " ".join(question.split())
        note = "" if plain else self._texts.note(question, self._clock.now(), self._area)
        return Message("user", f"{question} {note}" if note else question)


def opening(texts: ChatTexts) -> tuple[Message, ...]:
    """The beginning of every prompt for the model in the home, before anything was said."""
    return (Message("system", texts.system_prompt), *_as_messages(texts.examples))


def _as_messages(exchanges: Iterable[tuple[str, str]]) -> tuple[Message, ...]:
    return tuple(
        message for question, reply in exchanges for message in (Message("user", question), Message("assistant", reply))
    )
