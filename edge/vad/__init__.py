"""The probability of speech in each frame, nothing more."""

from typing import Protocol

from edge.events import AudioFrame


class VadStream(Protocol):
    """The detector's memory of one stretch of audio."""

    def feed(self, frame: AudioFrame) -> float:
        """The probability, 0 to 1, that this frame is speech. Blocks for about 0.2 ms."""
        ...


class Vad(Protocol):
    """A loaded detector, able to listen to any number of streams."""

    def stream(self) -> VadStream:
        """Begin a stretch of audio."""
        ...
