"""Speech to text."""

from typing import Protocol

from edge.events import Samples, Transcript


class SttStream(Protocol):
    """One utterance. Calls block: run them on the engine's worker."""

    def feed(self, samples: Samples) -> None:
        """Append audio (16 kHz, any length). Cheap: whole-utterance engines only store it."""
        ...

    def partial(self) -> Transcript | None:
        """What has been said so far; None when there is nothing new to say."""
        ...

    def finish(self) -> Transcript:
        """What was said. The stream is over."""
        ...


class Stt(Protocol):
    """A loaded recogniser; a stream is one utterance."""

    name: str

    def stream(self) -> SttStream:
        """Begin an utterance."""
        ...
