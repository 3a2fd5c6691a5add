"""Texts that wait to be said, spoken one after another by a background task."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from edge.errors import ControlError

MAX_WAITING_TEXTS = 10


@dataclass(slots=True, eq=False)
class Text:
    """A text to say. `over` is set when it was said, stopped or dropped."""

    text: str
    chime: bool = False
    stopped: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Texts:
    """A bounded queue. `speak` returns when its text is over."""

    def __init__(self, speak: Callable[[Text], Awaitable[None]]) -> None:
        self._speak = speak
        self._waiting: deque[Text] = deque()
        self._speaking: Text | None = None
        self._arrived = asyncio.Event()

    def add(self, text: Text) -> int:
        """Queue a text, and return how many wait. Raises `ControlError` "say-queue-full"."""
        if len(self._waiting) >= MAX_WAITING_TEXTS:
            raise ControlError(
                "say-queue-full", f"{MAX_WAITING_TEXTS} texts are already queued", "try again later, or stop them"
            )
        self._waiting.append(text)
        self._arrived.set()
        return len(self._waiting)

    def stop(self) -> None:
        """Drop the queued texts, and mark the one that is being said as stopped: the caller ends it."""
        for text in self._waiting:
            text.stopped = True
            text.over.set()
        self._waiting.clear()
        if self._speaking is not None:
            self._speaking.stopped = True

    async def run(self) -> None:
        """Speak what is queued, until cancelled."""
        while True:
            self._arrived.clear()
            while self._waiting:
                self._speaking = text = self._waiting.popleft()
                try:
                    if not text.stopped:
                        await self._speak(text)
                finally:
                    self._speaking = None
                    text.over.set()
            await self._arrived.wait()
