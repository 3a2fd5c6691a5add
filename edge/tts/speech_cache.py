"""A least-recently-used cache of speech."""

from collections import OrderedDict

from edge.events import Speech


class SpeechCache:
    """Holds at most `seconds` of speech and evicts the least recently used; does not hold longer speech at all."""

    def __init__(self, seconds: float) -> None:
        self._limit_ms = seconds * 1000
        self._held_ms = 0.0
        self._speech: OrderedDict[str, Speech] = OrderedDict()

    @property
    def full(self) -> bool:
        """Nine tenths are in use: filling the cache further ahead of time would evict recent entries."""
        return self._held_ms >= 0.9 * self._limit_ms

    def get(self, text: str) -> Speech | None:
        """The cached speech of a text, or None."""
        speech = self._speech.get(text)
        if speech is not None:
            self._speech.move_to_end(text)
        return speech

    def put(self, text: str, speech: Speech) -> None:
        """Cache the speech of a text."""
        if speech.duration_ms > self._limit_ms:
            return
        old = self._speech.pop(text, None)
        self._held_ms += speech.duration_ms - (old.duration_ms if old else 0)
        self._speech[text] = speech
        while self._held_ms > self._limit_ms:
            _, oldest = self._speech.popitem(last=False)
            self._held_ms -= oldest.duration_ms
