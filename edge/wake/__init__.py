"""Wake-word detection: several words at once, each with its threshold."""

from typing import Protocol

from edge.events import AudioFrame, WakeDetected


class WakeDetector(Protocol):
    """Listens to every frame. Calls block: run them on a worker."""

    words: tuple[str, ...]

    def feed(self, frame: AudioFrame) -> list[WakeDetected]:
        """Take the next frame, return the words that have just been detected (edge-triggered)."""
        ...

    def reset(self) -> None:
        """Forget the audio so far: after a gap."""
        ...
